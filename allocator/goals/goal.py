"""What a goal adds to a program: an objective, and the columns and rows it needs to measure itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from allocator.program.frame import Ints
from allocator.program.program import Columns, Rows
from scenarios.document import GoalKind


@dataclass(frozen=True)
class Objective:
    """A linear function with integer coefficients, to maximise or to minimise.

    Units: points, cents or cent-years per unit of the column (see each goal).
    """

    kind: GoalKind
    column: Ints
    coefficient: Ints
    maximise: bool

    def value(self, values: Sequence[Fraction | int]) -> Fraction:
        """Return the exact value reached."""
        terms = zip(self.column.tolist(), self.coefficient.tolist(), strict=True)
        return Fraction(sum((coefficient * values[column] for column, coefficient in terms), start=0))


@dataclass(frozen=True)
class GoalPart:
    """An objective with the groups of columns and rows it adds (none for most goals)."""

    objective: Objective
    columns: tuple[Columns, ...] = ()
    rows: tuple[Rows, ...] = ()
