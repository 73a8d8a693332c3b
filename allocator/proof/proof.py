"""What a proof is made of: what each stage claims, and multipliers that bound it for every plan.

Everything is exact: integers and fractions, never floating point.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from allocator.program.program import Holds, Program
from allocator.solve.elimination import Number, Terms


def measuring(program: Program) -> set[int]:
    """Return the columns that only appear in rows that bind no one: they decide nothing."""
    first, decided = 0, set()
    for group in program.row_groups:
        if group.holds is not Holds.BY_DEFINITION:
            span = slice(program.start[first], program.start[first + len(group)])
            decided.update(program.column[span].tolist())
        first += len(group)
    return set(range(len(program.upper))) - decided if program.row_groups else set()


@dataclass(frozen=True)
class Claim:
    """One stage: what it measures, and what the next stages keep of it.

    ``goal``: kind of the goal, or ``tie_break``. ``level``: rank of the level of a leximin, or of the draw of the
    tie-break. ``objective``: coefficient of each column. ``best``: the optimum when former stages are kept; ``kept``:
    what the next ones may not lose of it, less than ``best`` when the goal tolerates a loss; both in units of the
    objective, None for the tie-break, which ends the list.
    """

    goal: str
    level: int
    maximise: bool
    objective: Terms
    best: Fraction | None
    kept: Fraction | None

    @property
    def gain(self) -> Terms:
        """Coefficients of what is to be maximised."""
        return self.objective if self.maximise else {column: -number for column, number in self.objective.items()}

    def floor(self, later: "Claim | None" = None) -> Fraction:
        """Return what a later stage keeps of the gain: all of it for the levels of the same goal.

        Raises ValueError for the tie-break.
        """
        kept = self.best if later is not None and later.goal == self.goal else self.kept
        if kept is None:
            raise ValueError(f"{self.goal}: nothing is kept")
        return kept if self.maximise else -kept

    def value(self, values: Sequence[Number]) -> Fraction:
        """Return what a plan reaches, in units of the objective."""
        return self.reached(values) if self.maximise else -self.reached(values)

    def reached(self, values: Sequence[Number]) -> Fraction:
        """Return the gain of a plan."""
        return Fraction(sum(number * values[column] for column, number in self.gain.items()))


@dataclass(frozen=True)
class Bound:
    """Multipliers of the rows and of the former stages, and how far above the plan they bound the gain of a stage.

    ``gap``: the bound less the gain of the plan, the sum of what each multiplier leaves; zero when the plan is optimal.
    """

    rows: Terms
    stages: dict[int, Number]
    gap: Fraction


@dataclass(frozen=True)
class Split:
    """A case cut in two: the whole column at zero, then at one."""

    column: int


@dataclass(frozen=True)
class Leaf:
    """Multipliers that bound every plan of a case or, when it is ``empty``, that show it has none."""

    rows: Terms
    stages: dict[int, Number]
    empty: bool


Node = Split | Leaf
"""A node of a tree of cases; nodes are listed in preorder."""


@dataclass(frozen=True)
class Proof:
    """The exact plan, its claims, and one bound for each.

    ``selection``: bounds that hold for the plans that take the same whole decisions; None without whole decisions.
    ``trees``: by stage, cases that show that no whole decisions do better, where the work allowed sufficed.
    ``unique``: pivots (row, column), rows beyond those of the program being the stages kept, None when uniqueness
    is not proven.
    """

    program: Program
    values: Sequence[Number]
    claims: tuple[Claim, ...]
    bounds: tuple[Bound, ...]
    selection: tuple[Bound, ...] | None
    trees: Mapping[int, tuple[Node, ...]]
    unique: tuple[tuple[int, int], ...] | None
