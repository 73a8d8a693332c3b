"""A plan arranged for a reader: unfunded operations first, the owner's share apart, what is left of every budget."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from allocator.allocation import Allocation
from reports.layout.budget_lines import BudgetLine, budget_lines
from reports.layout.figures import Figures
from scenarios.document import Operation, Partner, Scenario
from scenarios.rulebooks import NO_RULEBOOKS, Law


@dataclass(frozen=True)
class OperationLine:
    """One operation of the matrix. Amounts are integer cents; ``grants`` leaves the owner out."""

    operation: Operation
    funded: int
    grants: Mapping[str, int]
    owner_share: int
    starts: tuple[int, ...]

    @property
    def missing(self) -> int:
        """What is not funded, in cents."""
        return self.operation.to_fund - self.funded


@dataclass(frozen=True)
class Totals:
    """The figures that stand at the top of a plan: integer cents, and numbers of operations."""

    cost: int
    receipts: int
    funded: int
    missing: int
    unfunded: int
    partly_funded: int


class Plan:
    """A scenario, its allocation and its law, arranged once, whatever the order of the scenario's tables."""

    def __init__(self, scenario: Scenario, allocation: Allocation, law: Law = NO_RULEBOOKS) -> None:
        self.scenario = scenario
        self.allocation = allocation
        self.law = law
        self.figures = Figures(scenario, allocation, law)

    @cached_property
    def lines(self) -> tuple[OperationLine, ...]:
        """Operations: unfunded, then partly funded, then funded; by project then code."""
        lines = map(self._line, self.scenario.operations)
        return tuple(sorted(lines, key=lambda line: (_rank(line), line.operation.project, line.operation.code)))

    @cached_property
    def totals(self) -> Totals:
        """Totals over all operations."""
        return Totals(
            cost=sum(line.operation.cost for line in self.lines),
            receipts=sum(line.operation.receipts for line in self.lines),
            funded=sum(line.funded for line in self.lines),
            missing=sum(line.missing for line in self.lines),
            unfunded=sum(1 for line in self.lines if _rank(line) == 0),
            partly_funded=sum(1 for line in self.lines if _rank(line) == 1),
        )

    @cached_property
    def budgets(self) -> tuple[BudgetLine, ...]:
        """Limited budgets: partners in the order of every table, then pools; commitments before payments."""
        return budget_lines(self.figures)

    def partners(self, lines: tuple[OperationLine, ...]) -> tuple[Partner, ...]:
        """Partners that bring a grant to one of the lines, in the order of every table."""
        return self.figures.in_order({code for line in lines for code in line.grants})

    def _line(self, operation: Operation) -> OperationLine:
        brought = {
            partner: self.figures.amount(operation.code, partner)
            for partner in self.figures.pairs_by_operation.get(operation.code, ())
        }
        return OperationLine(
            operation=operation,
            funded=self.figures.funded(operation.code),
            grants={partner: amount for partner, amount in brought.items() if partner != operation.owner},
            owner_share=brought.get(operation.owner, 0),
            starts=tuple(launch.start for launch in self.figures.launches.get(operation.code, ())),
        )


def _rank(line: OperationLine) -> int:
    """Say where a line stands: 0 nothing funded, 1 funded in part, 2 fully funded."""
    if line.missing <= 0:
        return 2
    return 1 if line.funded else 0
