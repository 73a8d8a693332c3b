"""Linear programs with ordered goals, solved exactly: by pivoting whole numbers, or by looking at every corner.

Plans are ``x >= 0`` under rows ``sum(a * x) <= b`` or ``= b`` that bound them. Both ways are textbook ones; the
second one is only usable for a handful of columns, and vouches for the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb, lcm

Terms = dict[int, Fraction]


@dataclass(frozen=True)
class Row:
    """``sum(terms) <= limit``, or ``= limit``."""

    terms: Terms
    limit: Fraction
    equality: bool = False


@dataclass(frozen=True)
class Optimum:
    """The values of the goals, in order, the best point, and whether it is the only best one."""

    values: tuple[Fraction, ...]
    point: tuple[Fraction, ...]
    unique: bool


class _Tableau:
    """Edmonds' integer pivoting: the true entries are ``cells / scale``, goals come first, the last column is b."""

    def __init__(self, rows: Sequence[Row], goals: Sequence[Terms], width: int) -> None:
        self.width = width
        self.goals = len(goals) + 1
        self.columns = width + 2 * len(rows)
        self.multiples = [1]
        self.cells = [[0] * (self.columns + 1)]
        for goal in goals:
            multiple = lcm(*(a.denominator for a in goal.values())) if goal else 1
            self.multiples.append(multiple)
            self.cells.append([int(-goal.get(j, 0) * multiple) for j in range(width)] + [0] * (2 * len(rows) + 1))
        self.basis: list[int] = []
        self.used = set(range(width))
        for i, row in enumerate(rows):
            self._append(i, row)
        self.scale = 1
        self.barred: set[int] = set()

    def _append(self, i: int, row: Row) -> None:
        """Add a row with its slack, and an artificial column where zero does not meet it; phase one is goal zero."""
        multiple = lcm(row.limit.denominator, *(a.denominator for a in row.terms.values()))
        cells = [int(row.terms.get(j, 0) * multiple) for j in range(self.width)] + [0] * (self.columns + 1 - self.width)
        cells[-1] = int(row.limit * multiple)
        slack, artificial = self.width + 2 * i, self.width + 2 * i + 1
        if not row.equality:
            cells[slack] = 1
            self.used.add(slack)
        if cells[-1] < 0:
            cells = [-a for a in cells]
        if cells[slack] == 1:
            self.basis.append(slack)
        else:
            cells[artificial] = 1
            self.used.add(artificial)
            self.basis.append(artificial)
            for j, a in enumerate(cells):
                if j != artificial:
                    self.cells[0][j] -= a
        self.cells.append(cells)

    def pivot(self, i: int, j: int) -> None:
        chosen = self.cells[i]
        by = chosen[j]
        for k, row in enumerate(self.cells):
            if k != i:
                factor = row[j]
                self.cells[k] = [(by * a - factor * b) // self.scale for a, b in zip(row, chosen, strict=True)]
        self.scale = by
        self.basis[i - self.goals] = j

    def maximise(self, rank: int) -> Fraction:
        """Bring one goal to its maximum without touching the former ones (Bland's rule never cycles)."""
        while True:
            costs = self.cells[rank]
            entering = next((j for j in range(self.columns) if costs[j] < 0 and j not in self.barred), None)
            if entering is None:
                break
            rows = [i for i in range(self.goals, len(self.cells)) if self.cells[i][entering] > 0]
            assert rows, "the rows do not bound the plans"
            self.pivot(
                min(
                    rows,
                    key=lambda i: (Fraction(self.cells[i][-1], self.cells[i][entering]), self.basis[i - self.goals]),
                ),
                entering,
            )
        self.barred |= {j for j in range(self.columns) if self.cells[rank][j] > 0}
        return Fraction(self.cells[rank][-1], self.scale * self.multiples[rank])

    def point(self) -> tuple[Fraction, ...]:
        found = [Fraction(0)] * self.columns
        for i, j in enumerate(self.basis):
            found[j] = Fraction(self.cells[i + self.goals][-1], self.scale)
        return tuple(found[: self.width])

    def is_settled(self) -> bool:
        """Tell whether no other point is as good: nothing that may still move without loss moves."""
        movable = self.used - self.barred - set(self.basis)
        self.multiples.append(1)
        # A column outside the basis is zero here: the sum of those is a goal, already written in reduced costs.
        self.cells.insert(self.goals, [-self.scale if j in movable else 0 for j in range(self.columns)] + [0])
        self.goals += 1
        return self.maximise(self.goals - 1) == 0


def lexicographic_maximum(rows: Sequence[Row], goals: Sequence[Terms], width: int) -> Optimum | None:
    """Maximise the goals one after the other; None when no plan meets the rows."""
    tableau = _Tableau(rows, goals, width)
    if tableau.maximise(0) != 0:
        return None
    values = tuple(tableau.maximise(rank) for rank in range(1, len(goals) + 1))
    point = tableau.point()
    return Optimum(values, point, tableau.is_settled())


def corner_count(rows: Sequence[Row], width: int) -> int:
    """Count the systems that ``best_corner`` would solve."""
    return comb(len(rows) + width, width)


def best_corner(rows: Sequence[Row], goals: Sequence[Terms], width: int) -> Optimum | None:
    """Do the same by solving every square system of limits, keeping the corners that meet all rows."""
    limits = [*rows, *(Row({j: Fraction(-1)}, Fraction(0)) for j in range(width))]
    points = (_solve(chosen, width) for chosen in combinations(limits, width))
    corners = {point for point in points if point is not None and all(_meets(row, point) for row in limits)}
    if not corners:
        return None
    valued = [(tuple(_dot(goal, point) for goal in goals), point) for point in corners]
    values = max(values for values, _ in valued)
    best = sorted(point for found, point in valued if found == values)
    return Optimum(values, best[0], len(best) == 1)


def _dot(terms: Terms, point: Sequence[Fraction]) -> Fraction:
    return sum((a * point[j] for j, a in terms.items()), start=Fraction(0))


def _meets(row: Row, point: Sequence[Fraction]) -> bool:
    reached = _dot(row.terms, point)
    return reached == row.limit if row.equality else reached <= row.limit


def _solve(rows: Sequence[Row], width: int) -> tuple[Fraction, ...] | None:
    """Solve as many equalities as unknowns by elimination; None unless they have exactly one solution."""
    system = [[row.terms.get(j, Fraction(0)) for j in range(width)] + [row.limit] for row in rows]
    for j in range(width):
        pivot = next((i for i in range(j, width) if system[i][j]), None)
        if pivot is None:
            return None
        system[j], system[pivot] = system[pivot], system[j]
        by = system[j][j]
        system[j] = [a / by for a in system[j]]
        for i, row in enumerate(system):
            if i != j and row[j]:
                factor = row[j]
                system[i] = [a - factor * b for a, b in zip(row, system[j], strict=True)]
    return tuple(row[-1] for row in system)


def added(*parts: Terms) -> Terms:
    found: Terms = {}
    for part in parts:
        for j, a in part.items():
            found[j] = found.get(j, Fraction(0)) + a
    return found


def times(terms: Terms, factor: int | Fraction) -> Terms:
    return {j: a * factor for j, a in terms.items()}
