"""Two plans side by side, for the workbooks that compare them: whole, or one project of both."""

from dataclasses import dataclass
from functools import cached_property

from allocator.comparison.change import LineChange
from allocator.comparison.plans import PlanChanges, project_part, side_by_side
from reports.layout.figures import Figures
from reports.layout.workbook import SHORT_HASH
from scenarios.document import Operation, Partner


@dataclass(frozen=True)
class Pair:
    """The plan before and the plan after, each with its own scenario. Amounts are integer cents."""

    before: Figures
    after: Figures

    def project(self, code: str) -> "Pair":
        """Return the part of both plans that belongs to one project."""
        parts = (project_part(side.scenario, side.allocation, code) for side in (self.before, self.after))
        return Pair(*(Figures(*part) for part in parts))

    @cached_property
    def changes(self) -> PlanChanges:
        """Both plans whole, what does not change included. Raises CurrencyMismatchError."""
        return side_by_side(
            (self.before.scenario, self.before.allocation), (self.after.scenario, self.after.allocation)
        )

    @cached_property
    def lines(self) -> tuple[LineChange, ...]:
        """Lines whose amounts change, or whose commitment becomes or ceases to be the owner's own share."""
        return tuple(line for line in self.changes.lines if line.differs or self._changes_hands(line))

    def _changes_hands(self, line: LineChange) -> bool:
        before, after = (self.own(side, line.operation, line.partner) for side in self.sides)
        return before != after and line.committed.before > 0

    @staticmethod
    def own(side: Figures, operation: str, partner: str) -> bool:
        """Tell whether a partner owns an operation, on one side; nobody owns one that is not there."""
        line = side.index.operations.get(operation)
        return line is not None and line.owner == partner

    def operation(self, code: str) -> Operation:
        """Return an operation as it is after, else as it was."""
        return self.after.index.operations.get(code) or self.before.index.operations[code]

    def partner(self, code: str) -> Partner:
        """Return a partner as it is after, else as it was."""
        return self.after.index.partners.get(code) or self.before.index.partners[code]

    @property
    def sides(self) -> tuple[Figures, Figures]:
        """The plan before, then the plan after."""
        return self.before, self.after

    def added(self, operation: str) -> bool:
        """Tell whether nothing of an operation was funded before."""
        return not self.before.funded(operation)

    def removed(self, operation: str) -> bool:
        """Tell whether nothing of an operation is funded any more."""
        return not self.after.funded(operation)


def versions(pair: Pair) -> str:
    """Write the first digits of the fingerprints of both plans, for what names them together."""
    return " → ".join(side.allocation.fingerprint[:SHORT_HASH] for side in pair.sides)
