"""What a goal adds to a program: an objective, and the columns and rows it needs to measure itself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import count
from math import ceil, floor

from allocator.program.frame import Ints
from allocator.program.program import Columns, Rows
from allocator.program.sums import weighted_sum
from scenarios.document import Goal, GoalKind


@dataclass(frozen=True)
class Tolerance:
    """The loss a goal lets the next goals cause: a rate of what it reached, or an amount in its own unit.

    ``best``: the optimum, once it is known over all whole decisions.
    """

    rate: Fraction
    amount: int
    best: Fraction | None = None

    def kept(self, best: Fraction, *, maximise: bool) -> Fraction:
        """Return what the next goals must keep, rounded so that they never lose more.

        It is a whole number; where the loss is so small that none lies between it and ``best``, it has as few decimal
        places as it takes, so that the goals are never asked for more than the best.
        """
        loss = abs(best) * self.rate + self.amount
        if not loss:
            return best
        for places in count():
            parts = 10**places
            kept = Fraction(ceil((best - loss) * parts) if maximise else floor((best + loss) * parts), parts)
            if kept <= best if maximise else kept >= best:
                return kept
        raise AssertionError


def tolerance_of(goal: Goal) -> Tolerance | None:
    """Return the loss a goal declares, None when it keeps everything."""
    if not goal.tolerance_rate and not goal.tolerance_amount:
        return None
    return Tolerance(goal.tolerance_rate or Fraction(0), goal.tolerance_amount or 0)


@dataclass(frozen=True)
class Objective:
    """A linear function with integer coefficients, to maximise or to minimise.

    Units: points, cents or cent-years per unit of the column (see each goal).
    """

    kind: GoalKind
    column: Ints
    coefficient: Ints
    maximise: bool
    tolerance: Tolerance | None = None

    def knowing(self, best: Fraction) -> "Objective":
        """Return the objective with its optimum known, when it has a tolerance that depends on it."""
        return self if self.tolerance is None else replace(self, tolerance=replace(self.tolerance, best=best))

    def value(self, values: Sequence[Fraction | int]) -> Fraction:
        """Return the exact value reached."""
        return Fraction(weighted_sum(zip(self.column.tolist(), self.coefficient.tolist(), strict=True), values))


@dataclass(frozen=True)
class Members:
    """What a goal of equality compares: one measure per member, divided by the member's weight.

    ``measures[i]``: columns and integer coefficients of the measure of member i; ``weights[i]`` > 0: what it is
    divided by. The lowest rate is made as high as possible, then the next lowest, and so on (``maximise``), or the
    highest as low as possible, then the next highest.
    """

    kind: GoalKind
    codes: tuple[str, ...]
    measures: tuple[tuple[Ints, Ints], ...]
    weights: tuple[Fraction, ...]
    maximise: bool
    tolerance: Tolerance | None = None

    def rates(self, values: Sequence[Fraction | int]) -> tuple[Fraction, ...]:
        """Return the exact rate of every member."""
        return tuple(
            weighted_sum(zip(column.tolist(), coefficient.tolist(), strict=True), values) / weight
            for (column, coefficient), weight in zip(self.measures, self.weights, strict=True)
        )


Aim = Objective | Members
"""What a goal wants: one function, or the equality of several."""


@dataclass(frozen=True)
class GoalPart:
    """An aim with the groups of columns and rows it adds (none for most goals)."""

    aim: Aim
    columns: tuple[Columns, ...] = ()
    rows: tuple[Rows, ...] = ()
