"""The reform question: one scenario under two laws, what each operation, partner and commune wins or loses, and why.

Everything but the law must be the same: the two documents may only differ by what ``LAW_FIELDS`` names. Both are
resolved and allocated as any scenario, so both plans are verified; the differences are in whole cents and balance.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from allocator.allocation import Allocation
from allocator.solve.allocate import allocate
from scenarios.document import Scenario
from scenarios.document.index import Index
from scenarios.formats import check
from scenarios.rulebooks import LawLine, in_force, law_hash, listing

LAW_FIELDS: Mapping[str, frozenset[str]] = {
    "scenario": frozenset({"code", "title", "description", "reference_date", "rulebooks"}),
    "operations": frozenset({"decision_date"}),
    "communes": frozenset({"anru_class", "anru_class_year", "anru_bonus"}),
}
"""What two documents may differ by: fields of the header, and of the rows of two tables."""

Plan = Callable[[Scenario], Allocation]
"""How a resolved scenario is allocated."""


class NotSameScenarioError(ValueError):
    """Two documents that differ by more than their law; ``tables`` names what else differs."""

    def __init__(self, tables: tuple[str, ...]) -> None:
        self.tables = tables
        super().__init__(f"differ by more than the law: {', '.join(tables)}")


@dataclass(frozen=True)
class Change:
    """An amount under each law, in cents."""

    before: int = 0
    after: int = 0

    @property
    def difference(self) -> int:
        """What the second law adds, negative for what it takes away."""
        return self.after - self.before

    def __add__(self, other: "Change") -> "Change":
        return Change(self.before + other.before, self.after + other.after)


@dataclass(frozen=True)
class FundingChange:
    """What an operation, or the operations of a commune, receive: ``own`` is the share of the owners themselves."""

    code: str
    label: str
    funded: Change
    own: Change

    @property
    def aid(self) -> Change:
        """What partners other than the owner bring."""
        return Change(self.funded.before - self.own.before, self.funded.after - self.own.after)

    @property
    def gain(self) -> int:
        """Positive when more aid comes, or as much aid for more funded; negative for the contrary; else zero."""
        return self.aid.difference or self.funded.difference


@dataclass(frozen=True)
class PartnerChange:
    """What a partner commits; ``own`` is the part that goes to the operations it owns."""

    code: str
    label: str
    committed: Change
    own: Change

    @property
    def aid(self) -> Change:
        """What it brings to the operations of others."""
        return Change(self.committed.before - self.own.before, self.committed.after - self.own.after)

    @property
    def gain(self) -> int:
        """Positive when the partner commits less."""
        return -self.committed.difference


@dataclass(frozen=True)
class CellChange:
    """What one partner commits to one operation."""

    operation: str
    partner: str
    committed: Change


@dataclass(frozen=True)
class LawChange:
    """An entry of a rulebook that does not say the same on some operations; a side that says nothing is None.

    The lines have no operations and no rule code of their own: ``operations`` are those where they replace each other.
    """

    before: LawLine | None
    after: LawLine | None
    operations: tuple[str, ...]

    @property
    def responsible(self) -> LawLine:
        """The line whose text makes the difference: that of the second law, else that which no longer applies."""
        line = self.after or self.before
        if line is None:
            raise ValueError("a change of law without law")
        return line


@dataclass(frozen=True)
class Side:
    """One law: the document, the day of its law, the hash of its law, and the plan it gives."""

    scenario: Scenario
    law: tuple[LawLine, ...]
    law_hash: str
    allocation: Allocation

    @property
    def reference_date(self) -> date:
        """Day whose law applies to the operations without a day of their own."""
        return self.scenario.reference_date


@dataclass(frozen=True)
class Comparison:
    """One scenario under two laws. Lists hold what differs only, sorted by code; ``total`` holds everything."""

    before: Side
    after: Side
    total: FundingChange
    operations: tuple[FundingChange, ...]
    partners: tuple[PartnerChange, ...]
    communes: tuple[FundingChange, ...]
    cells: tuple[CellChange, ...]
    law: tuple[LawChange, ...]

    @property
    def empty(self) -> bool:
        """Tell whether the two laws say the same and give the same amounts."""
        return not (self.operations or self.partners or self.communes or self.cells or self.law)


def under(
    scenario: Scenario, *, reference_date: date | None = None, rulebooks: Mapping[str, str] | None = None
) -> Scenario:
    """Return the same scenario under another law: at another reference date, or with rulebooks replaced by others.

    ``rulebooks`` maps the code of a rulebook employed to the code of the one that replaces it. Operations that have
    a decision date keep it. Raises ScenarioError when the scenario cannot be used under that law.
    """
    update: dict[str, Any] = {}
    if reference_date is not None:
        update["reference_date"] = reference_date
    if rulebooks:
        update["rulebooks"] = tuple(
            use.model_copy(update={"rulebook": rulebooks.get(use.rulebook, use.rulebook)}) for use in scenario.rulebooks
        )
    changed = scenario.model_copy(update=update)
    check(changed)
    return changed


def side(scenario: Scenario, plan: Plan = allocate) -> Side:
    """Resolve and allocate a scenario. Raises ScenarioError, and what ``allocate`` raises when no plan exists."""
    return Side(scenario, listing(scenario), law_hash(scenario), plan(in_force(scenario)))


def compare_laws(scenario: Scenario, other: Scenario) -> Comparison:
    """Allocate a scenario under two laws and compare. Raises NotSameScenarioError, and what ``side`` raises."""
    require_same(scenario, other)
    return compare_sides(side(scenario), side(other))


def require_same(scenario: Scenario, other: Scenario) -> None:
    """Raise NotSameScenarioError unless two documents differ by their law only, whatever the order of their rows."""
    differing = tuple(
        name
        for name in Scenario.model_fields
        if name not in LAW_FIELDS["scenario"] and _without_law(scenario, name) != _without_law(other, name)
    )
    if differing:
        raise NotSameScenarioError(differing)


def compare_sides(before: Side, after: Side) -> Comparison:
    """Compare two plans of the same scenario, cent by cent. The sides must pass ``require_same``."""
    index = Index(before.scenario)
    cells = _cells(before.allocation, after.allocation)
    owner = {operation.code: operation.owner for operation in before.scenario.operations}
    commune = {operation.code: operation.commune for operation in before.scenario.operations}
    by_operation = _received(cells, owner, lambda cell: cell.operation)
    by_commune = _received(cells, owner, lambda cell: commune[cell.operation])
    whole = _received(cells, owner, lambda _cell: "")
    return Comparison(
        before=before,
        after=after,
        total=whole.get("", FundingChange("", "", Change(), Change())),
        operations=_differing(by_operation, {code: line.label for code, line in index.operations.items()}),
        partners=_partners(cells, owner, {code: line.label for code, line in index.partners.items()}),
        communes=_differing(by_commune, {code: line.label for code, line in index.communes.items()}),
        cells=tuple(cell for cell in cells if cell.committed.difference),
        law=_law_changes(before.law, after.law),
    )


def _without_law(scenario: Scenario, name: str) -> Any:
    rows = getattr(scenario, name)
    if not isinstance(rows, tuple) or name == "goals":
        return rows
    law = LAW_FIELDS.get(name, frozenset())
    return sorted(repr(sorted(row.model_dump(exclude=law).items())) for row in rows)


def _cells(before: Allocation, after: Allocation) -> list[CellChange]:
    """Return every operation and partner with an amount under one law at least, all starting years together."""
    found: dict[tuple[str, str], Change] = defaultdict(Change)
    for line in before.commitments:
        found[line.operation, line.partner] += Change(before=line.amount)
    for line in after.commitments:
        found[line.operation, line.partner] += Change(after=line.amount)
    return [CellChange(*key, found[key]) for key in sorted(found)]


def _received(
    cells: Iterable[CellChange], owner: Mapping[str, str], key: Callable[[CellChange], str]
) -> dict[str, FundingChange]:
    found: dict[str, FundingChange] = {}
    for cell in cells:
        code = key(cell)
        line = found.get(code, FundingChange(code, "", Change(), Change()))
        own = cell.committed if owner[cell.operation] == cell.partner else Change()
        found[code] = replace(line, funded=line.funded + cell.committed, own=line.own + own)
    return found


def _partners(
    cells: Iterable[CellChange], owner: Mapping[str, str], labels: Mapping[str, str]
) -> tuple[PartnerChange, ...]:
    found: dict[str, PartnerChange] = {}
    for cell in cells:
        line = found.get(cell.partner, PartnerChange(cell.partner, labels[cell.partner], Change(), Change()))
        own = cell.committed if owner[cell.operation] == cell.partner else Change()
        found[cell.partner] = replace(line, committed=line.committed + cell.committed, own=line.own + own)
    changed = (line for line in found.values() if line.committed.difference or line.own.difference)
    return tuple(sorted(changed, key=lambda line: line.code))


def _differing(lines: Mapping[str, FundingChange], labels: Mapping[str, str]) -> tuple[FundingChange, ...]:
    return tuple(
        replace(line, label=labels[code])
        for code, line in sorted(lines.items())
        if line.funded.difference or line.own.difference
    )


def _law_changes(before: Iterable[LawLine], after: Iterable[LawLine]) -> tuple[LawChange, ...]:
    """Return the lines that replace each other, with the operations where they do."""
    sides = _by_operation(before), _by_operation(after)
    operations: dict[tuple[LawLine | None, LawLine | None], list[str]] = defaultdict(list)
    for key in sorted({*sides[0], *sides[1]}):
        one, other = sides[0].get(key), sides[1].get(key)
        if one != other:
            operations[one, other].append(key[-1])
    return tuple(LawChange(*lines, tuple(codes)) for lines, codes in operations.items())


def _by_operation(lines: Iterable[LawLine]) -> dict[tuple[str, str, str, str], LawLine]:
    return {
        (line.rulebook, line.entry, line.partner, operation): replace(line, rule="", operations=())
        for line in lines
        for operation in line.operations
    }
