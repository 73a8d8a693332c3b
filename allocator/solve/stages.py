"""The stages of a run: what each goal, or each level of a goal of equality, reached and left to the next ones.

A goal of equality (leximin) is a sequence of plain stages. Level k adds one column ``level_k`` and, for each member i
that no former level has settled, the row ``weight_i * level_k <= measure_i`` (``>=`` when the highest rate is made
low); its objective is ``level_k`` alone. A member whose row has a price at one level has that very rate in every plan
that is optimal so far: it is settled, and has no row at later levels. Each level settles one member at least; a level
of zero settles all those left where rates are made low.
Reference: Ogryczak, Pioro and Tomaszewski, "Telecommunications network design and max-min optimization problem",
Journal of Telecommunications and Information Technology 3 (2005).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

import numpy as np

from allocator.goals.goal import Aim, Members, Objective
from allocator.program.frame import Ints
from allocator.program.program import Columns, Holds, Program, Rows, Term, rows_of

FINEST = 10**9
"""Units of a level in a rate of one: levels are kept to a billionth at worst when a goal has a tolerance."""

KEPT = "kept"
"""Family of the rows that keep a goal within its tolerance."""

LARGEST = 1 << 60
"""Largest coefficient or bound a level may use, within 64 bits."""


@dataclass(frozen=True)
class Stage:
    """One stage of a run, over the columns of ``ExactPlan.program``.

    ``goal``: rank in the committee's list; ``level``: 0 for a plain goal, 1, 2, ... for a goal of equality.
    ``best``: the optimum of the objective when every former stage keeps its own ``best`` (stages of the same goal) or
    its ``kept`` (stages of former goals). ``kept``: what later goals must not lose, ``best`` less the tolerance.
    ``value``: what the final plan reaches. The three are equal unless the goal has a tolerance; all are in units of the
    objective, of which ``unit`` make one unit of the goal (a rate of one, for a level).
    """

    goal: int
    level: int
    objective: Objective
    unit: int
    best: Fraction
    kept: Fraction
    value: Fraction


@dataclass(frozen=True)
class Level:
    """One level of a goal of equality: its objective, and the column and rows to add to the program."""

    objective: Objective
    columns: Columns
    rows: Rows


class Ladder:
    """The levels of one goal of equality. ``unit``: how many units of level make a rate of one."""

    def __init__(self, program: Program, members: Members) -> None:
        self.members = members
        upper = program.upper.tolist()
        terms = [(column.tolist(), coefficient.tolist()) for column, coefficient in members.measures]
        most = [sum(a * upper[j] for j, a in zip(*term, strict=True) if a > 0) for term in terms]
        self.largest = [Fraction(amount) / weight for amount, weight in zip(most, members.weights, strict=True)]
        self.heaviest = [max(map(abs, coefficients), default=0) for _, coefficients in terms]
        self.unit = FINEST
        while self.unit > 1 and not self._fits():
            self.unit //= 10
        if not self._fits():
            raise ValueError(f"{members.kind}: weights beyond 64 bits")

    def _fits(self) -> bool:
        ratios = [self.ratio(member) for member in range(len(self.members.codes))]
        largest = max(self.largest, default=Fraction(0)) * self.unit
        entries = zip(ratios, self.heaviest, strict=True)
        return largest < LARGEST and all(
            ratio.numerator < LARGEST and ratio.denominator * most < LARGEST for ratio, most in entries
        )

    def ratio(self, member: int) -> Fraction:
        """Return n/m, in integers: ``n * level <= m * measure`` compares the level with the rate of a member."""
        return self.members.weights[member] / self.unit

    def measured(self, active: Sequence[int]) -> list[Term]:
        """Return the entries of the measures of some members, one row each, on the side that bounds the level."""
        sign = 1 if self.members.maximise else -1
        terms: list[Term] = []
        for row, member in enumerate(active):
            column, coefficient = self.members.measures[member]
            here = np.full(len(column), row, dtype=np.int64)
            terms.append((here, column, -sign * self.ratio(member).denominator * coefficient))
        return terms

    def level(self, program: Program, active: Sequence[int], rank: int) -> Level:
        """Return level ``rank``, over the members still active, to be added to a program."""
        members, column = self.members, len(program.upper)
        sign = 1 if members.maximise else -1
        terms = self.measured(active)
        for row, member in enumerate(active):
            terms.append((_one(row), _one(column), _one(sign * self.ratio(member).numerator)))
        codes = np.array([members.codes[member] for member in active], dtype=object)
        kind, ranks = str(members.kind.value), np.full(len(active), rank, dtype=object)
        rows = rows_of(kind, (codes, ranks), terms, 0, holds=Holds.BY_DEFINITION)
        objective = Objective(members.kind, _one(column), _one(1), members.maximise)
        bound = _one(self._bound(active))
        names = np.array([kind], dtype=object), np.array([rank], dtype=object)
        return Level(objective, Columns("level", names, bound, bound, np.zeros(1, dtype=np.bool_)), rows)

    def _bound(self, active: Sequence[int]) -> int:
        """Return a bound that no level reaches."""
        rates = [self.unit * self.largest[member] for member in active]
        return ceil(min(rates) if self.members.maximise else max(rates)) + 1


def opened(program: Program, aim: Aim) -> tuple[Program, Objective]:
    """Return the program and the objective of the first stage of an aim."""
    if isinstance(aim, Objective):
        return program, aim
    level = Ladder(program, aim).level(program, range(len(aim.codes)), 1)
    return program.extended([level.columns], [level.rows]), level.objective


def kept_row(objective: Objective, kept: Fraction, name: str, *, exactly: bool) -> Rows:
    """Return the row that keeps a goal within its tolerance, multiplied by the denominator of what is kept.

    A level is held ``exactly`` at what is kept, so that it has one value: it only bounds its members either way.
    """
    sign = -1 if objective.maximise else 1
    names = np.array([str(objective.kind.value)], dtype=object), np.array([name], dtype=object)
    coefficients = sign * kept.denominator * objective.coefficient
    terms = [(np.zeros(len(objective.column), dtype=np.int64), objective.column, coefficients)]
    return rows_of(KEPT, names, terms, sign * kept.numerator, equality=exactly, holds=Holds.BY_DEFINITION)


def _one(value: int) -> Ints:
    return np.array([value], dtype=np.int64)
