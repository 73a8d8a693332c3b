"""What it would take to fund an operation that is not funded, without taking anything from the others.

The operation is made mandatory, every operation keeps what the plan gives it, and budgets, envelopes and the
operation's own negotiable rules and amounts give way by as little as possible in total: see ``relaxation``.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from allocator.allocation import Allocation
from allocator.compilation import Compilation, compile_scenario
from allocator.engines import Engine
from allocator.explanation.conflict import Conflict, Search
from allocator.explanation.relaxation import Option, options
from allocator.explanation.requirement import Kind, Requirement, requirements
from allocator.program.program import Program, Rows, assemble, rows_of
from scenarios.document import Scenario

APART = 40
"""Requirements that contradict each other, up to which what bears on other operations is told apart, one by one."""

_PURSES = (Kind.COMMITMENT_BUDGET, Kind.PAYMENT_BUDGET, Kind.ENVELOPE)

_KEPT = "kept"
"""Family of the rows by which operations funded in part get no less."""


def unlock(scenario: Scenario, allocation: Allocation, operation: str, engine: Engine) -> tuple[Option, ...]:
    """Return distinct ways to fund an operation entirely, the cheapest first; none when no negotiable change is enough.

    Operations entirely funded in ``allocation`` stay so, in every option. Raises KeyError when the scenario has no such
    operation, ValueError when it is already entirely funded.
    """
    if is_funded(scenario, allocation, operation):
        raise ValueError(f"{operation} is entirely funded")
    held, compilation = wanting(scenario, allocation, operation)
    giving = [one for one in requirements(compilation.program) if one.negotiable and _bears(one, operation)]
    return options(held, compilation, giving, engine)


def obstacle(scenario: Scenario, allocation: Allocation, operation: str, engine: Engine) -> Conflict | None:
    """Return what keeps an operation from being entirely funded without taking anything from the others.

    When many requirements contradict each other, those that bear on other operations are one, ``Kind.OTHERS``.
    None when it is funded already, or when nothing but the order of the goals keeps it from being so.
    """
    if is_funded(scenario, allocation, operation):
        return None
    _held, compilation = wanting(scenario, allocation, operation)
    asked = requirements(compilation.program)
    search = Search(compilation, asked, engine)
    found = search.contradiction()
    if found is not None and len(found.ranks) > APART:
        search = Search(compilation, together(compilation.program, asked, operation), engine)
        found = search.contradiction()
    return None if found is None else search.minimal(found)


def is_funded(scenario: Scenario, allocation: Allocation, operation: str) -> bool:
    """Tell whether an operation is entirely funded. Raises KeyError when the scenario has no such operation."""
    to_fund = {line.code: line.to_fund for line in scenario.operations}
    return _funded(allocation)[operation] >= to_fund[operation]


def _funded(allocation: Allocation) -> Counter[str]:
    funded: Counter[str] = Counter()
    for launch in allocation.launches:
        funded[launch.operation] += launch.funded
    return funded


def wanting(scenario: Scenario, allocation: Allocation, operation: str) -> tuple[Scenario, Compilation]:
    """Return the scenario where the operation has to be funded beside the others, and what it must meet."""
    funded = _funded(allocation)
    held = _held(scenario, funded, operation)
    # The goals say nothing of what it takes: without them the program has no column but those of the plan.
    return held, _keeping(compile_scenario(held.model_copy(update={"goals": ()})), funded)


def _bears(requirement: Requirement, operation: str) -> bool:
    """Tell whether a requirement may be moved for an operation: budgets, envelopes, its own rules and amounts."""
    if requirement.kind in (Kind.RULE, Kind.LOCK):
        return operation in requirement.codes[1:]
    return True


def together(program: Program, asked: Sequence[Requirement], operation: str) -> list[Requirement]:
    """Return the requirements, those that bear on other operations only being one, with what they keep in part."""
    apart = [one for one in asked if _is_common(one) or operation in one.codes]
    rows = {row for one in asked if one not in apart for row in one.rows}
    first = 0
    for group in program.row_groups:
        if group.family == _KEPT:
            rows.update(range(first, first + len(group)))
        first += len(group)
    return [*apart, *([Requirement(Kind.OTHERS, (), tuple(sorted(rows)), negotiable=False)] if rows else [])]


def _is_common(requirement: Requirement) -> bool:
    """Tell whether a requirement bears on several operations: a purse, an envelope, a rule on a total."""
    return requirement.kind in _PURSES or (requirement.kind is Kind.RULE and len(requirement.codes) == 1)


def _held(scenario: Scenario, funded: Mapping[str, int], operation: str) -> Scenario:
    """Return the scenario where the operation, and every one entirely funded today, has to be funded."""
    kept = tuple(
        line.model_copy(update={"mandatory": line.code == operation or funded[line.code] == line.to_fund})
        for line in scenario.operations
    )
    return scenario.model_copy(update={"operations": kept})


def _keeping(compilation: Compilation, funded: Mapping[str, int]) -> Compilation:
    """Add that operations funded in part get no less than today."""
    program, frame = compilation.program, compilation.layout.frame
    groups = [*program.row_groups, *_parts(compilation, funded)]
    return replace(compilation, program=assemble(frame, program.column_groups, groups))


def _parts(compilation: Compilation, funded: Mapping[str, int]) -> Iterator[Rows]:
    frame = compilation.layout.frame
    for rank, operation in enumerate(frame.operations):
        cents = funded[operation.code]
        if not operation.mandatory and cents:
            launches = np.flatnonzero(frame.launch_operation == rank)
            names = (np.array([operation.code], dtype=object),)
            terms = [(np.zeros(len(launches), dtype=np.int64), compilation.layout.share(launches), -operation.to_fund)]
            yield rows_of(_KEPT, names, terms, -cents)
