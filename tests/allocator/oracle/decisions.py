"""Every combination of whole decisions of a small committee: what is launched when, and who takes part."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from scenarios.document import GoalKind
from tests.allocator.oracle.reading import Cell, Reading
from tests.allocator.oracle.together import counted, exclusions, tickets


@dataclass(frozen=True)
class Decisions:
    """The start year of whole operations (None: not launched), and whether partners free to take part do so.

    ``stopped``: operations of which nothing is launched, because they exclude others; ``absent``: partners that bring
    nothing to an operation, because a rule counts those that do or asks a ticket of them.
    """

    starts: dict[str, int | None]
    presences: dict[Cell, bool]
    stopped: frozenset[str] = frozenset()
    absent: frozenset[tuple[str, str]] = frozenset()

    def bringing(self, reading: Reading) -> set[tuple[str, str]]:
        """Give the pairs of an operation and of a partner, not its owner, that may bring it something."""
        launched = reading.operations.keys() - self.stopped
        return {(code, name) for code in launched for name in _others(reading, code)} - self.absent


def decisions(reading: Reading) -> Iterator[Decisions]:
    """Give every combination of whole decisions; a launch is refused to mandatory operations nowhere."""
    whole = [operation for operation in reading.operations.values() if not operation.divisible]
    choices: list[list[int | None]] = [[*op.starts] if op.mandatory else [None, *op.starts] for op in whole]
    for chosen in product(*choices):
        starts = {operation.code: start for operation, start in zip(whole, chosen, strict=True)}
        for launched in _launched(reading, starts):
            stopped = frozenset(reading.operations.keys() - launched)
            for absent in _absences(reading, launched):
                cells = [
                    (code, partner, start)
                    for code, partner, start in reading.cells()
                    if reading.decides_presence(code, partner) and starts.get(code, start) == start
                ]
                free = [cell for cell in cells if cell[0] not in stopped and cell[:2] not in absent]
                for flags in product((False, True), repeat=len(free)):
                    presences = {**dict.fromkeys(cells, False), **dict(zip(free, flags, strict=True))}
                    yield Decisions(starts, presences, stopped, absent)


def _launched(reading: Reading, starts: dict[str, int | None]) -> Iterator[set[str]]:
    """Give the sets of operations that may be launched, even in part, where one at most of each group is."""
    groups = exclusions(reading)
    held = set().union(*groups)
    divisible = [code for code, line in reading.operations.items() if line.divisible and code in held]
    sure = {code for code in reading.operations if code not in divisible and starts.get(code, 0) is not None}
    for flags in product((False, True), repeat=len(divisible)):
        launched = sure | {code for code, flag in zip(divisible, flags, strict=True) if flag}
        if all(len(launched & group) <= 1 for group in groups):
            yield launched


def _absences(reading: Reading, launched: set[str]) -> Iterator[frozenset[tuple[str, str]]]:
    """Give the sets of partners that bring nothing to operations, so that no rule counts too many of the others."""
    counts = [
        (code, *limited)
        for code in launched for rule in reading.document.rules
        if reading.binds(rule, code) and (limited := counted(reading, rule, code)) is not None
        and len(limited[0]) > limited[1]
    ]  # fmt: skip
    pairs = {(code, name) for code, names, _ in counts for name in names}
    pairs |= {(code, name) for code in launched for name in tickets(reading, code)}
    if any(goal.kind is GoalKind.FEWEST_PARTNERS for goal in reading.document.goals):
        pairs |= {(code, name) for code in launched for name in _others(reading, code)}
    ordered = sorted(pairs)
    for flags in product((False, True), repeat=len(ordered)):
        absent = frozenset(pair for pair, flag in zip(ordered, flags, strict=True) if flag)
        if all(sum((code, name) not in absent for name in names) <= most for code, names, most in counts):
            yield absent


def _others(reading: Reading, code: str) -> list[str]:
    return [name for name in reading.funders(code) if name != reading.operations[code].owner]
