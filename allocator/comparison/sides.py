"""Two scenarios with their plans, whether to solve or already signed, and the whole of what differs between them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from allocator.allocation import Allocation
from allocator.comparison.documents import RowChange, compare_documents
from allocator.comparison.plans import PlanChanges, compare_plans
from scenarios.document import Scenario
from scenarios.rulebooks import LawLine


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
    """One side: the document, its law, the hash of its law, and its plan."""

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
    """Two sides, what differs in their inputs, in their law, and in their plans."""

    before: Side
    after: Side
    inputs: tuple[RowChange, ...]
    law: tuple[LawChange, ...]
    plans: PlanChanges

    @property
    def same_outcome(self) -> bool:
        """Tell whether both laws say the same and both plans have the same amounts, in the same years."""
        return not self.law and self.plans.empty


def compare_sides(before: Side, after: Side) -> Comparison:
    """Compare two sides. Raises CurrencyMismatchError when their amounts are not in the same currency."""
    return Comparison(
        before=before,
        after=after,
        inputs=compare_documents(before.scenario, after.scenario),
        law=law_changes(before.law, after.law),
        plans=compare_plans((before.scenario, before.allocation), (after.scenario, after.allocation)),
    )


def law_changes(before: Iterable[LawLine], after: Iterable[LawLine]) -> tuple[LawChange, ...]:
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
