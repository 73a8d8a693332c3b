"""Sparse linear systems with integer or rational coefficients, solved in exact rationals.

Almost every unknown falls out one row at a time; rows of few terms, which concern one operation, are eliminated
next; the small kernel that remains is solved by dense elimination.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heapify, heappop, heappush

import flint

from allocator.engines.engine import EngineError

Number = Fraction | int
Terms = dict[int, Number]
_PRIME = (1 << 61) - 1

DENSE = 150
"""Unknowns that dense elimination, whose time grows with their cube, is left to solve."""


class NotUniqueError(Exception):
    """The rows do not determine every unknown."""


def solve_exactly(rows: dict[int, Terms], rest: Terms, unknowns: list[int]) -> Terms:
    """Return the value of every unknown of ``sum(coefficient * unknown) = rest``; rows are used up.

    Raises NotUniqueError when the rows do not determine every unknown, EngineError when they contradict each other.
    """
    system = _System(rows, rest)
    if any(unknown not in system.rows_of for unknown in unknowns):
        raise NotUniqueError
    _solve_one_by_one(system)
    aside = [*_set_aside_lone_columns(system), *_eliminate_short_rows(system)]
    _solve_kernel(system)
    _refuse_undetermined(system, unknowns, {column for _, column, _ in aside})
    for row, column, terms in reversed(aside):
        known = system.rest[row] - sum(terms[other] * system.found[other] for other in terms if other != column)
        system.found[column] = quotient(known, terms[column])
    return system.found


@dataclass
class _System:
    """Sparse rows over the unknowns still to find, with exact right-hand sides."""

    rows: dict[int, Terms]
    rest: dict[int, Number]
    found: dict[int, Number] = field(default_factory=dict)
    rows_of: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for row, terms in self.rows.items():
            for column in terms:
                self.rows_of[column].add(row)

    def settle(self, column: int, value: Number) -> list[int]:
        """Give a column its value; return the rows left with a single unknown."""
        self.found[column] = value
        ready = []
        for row in self.rows_of.pop(column):
            terms = self.rows[row]
            self.rest[row] -= terms.pop(column) * value
            if len(terms) == 1:
                ready.append(row)
            elif not terms:
                self._close(row)
        return ready

    def _close(self, row: int) -> None:
        if self.rest[row] != 0:
            raise EngineError(f"binding limits contradict each other (row {row}, by {self.rest[row]})")
        del self.rows[row]

    def set_aside(self, row: int) -> dict[int, Number]:
        """Take a row out; return its terms."""
        terms = self.rows.pop(row)
        for column in terms:
            self.rows_of[column].discard(row)
        return terms

    def eliminate(self, row: int, column: int) -> tuple[dict[int, Number], set[int]]:
        """Take out a row, and with it a column from every other row; return the row's terms and the other rows."""
        terms = self.set_aside(row)
        others = self.rows_of.pop(column)
        for other in others:
            factor = quotient(self.rows[other].pop(column), terms[column])
            self.rest[other] -= factor * self.rest[row]
            for member, coefficient in terms.items():
                if member != column:
                    self._subtract(other, member, factor * coefficient)
            if not self.rows[other]:
                self._close(other)
        return terms, others

    def _subtract(self, row: int, column: int, coefficient: Number) -> None:
        left = self.rows[row].get(column, 0) - coefficient
        if left:
            self.rows[row][column] = left
            self.rows_of[column].add(row)
        else:
            del self.rows[row][column]
            self.rows_of[column].discard(row)


def exact_sum(sums: Mapping[int, int]) -> Number:
    """Return a sum given by denominator; adding fractions one by one is many times slower."""
    whole = sums.get(1, 0)
    return sum((Fraction(top, bottom) for bottom, top in sums.items() if bottom != 1), start=whole)


def quotient(number: Number, divisor: Number) -> Number:
    """Divide exactly; a whole quotient stays an integer, many times cheaper to compute with than a fraction."""
    found = Fraction(number) / divisor
    return found.numerator if found.denominator == 1 else found


def _solve_one_by_one(system: _System) -> None:
    ready = [row for row, terms in system.rows.items() if len(terms) == 1]
    while ready:
        row = ready.pop()
        terms = system.rows.get(row)
        if terms:
            (column, coefficient), *_ = terms.items()
            ready.extend(system.settle(column, quotient(system.rest[row], coefficient)))


def _set_aside_lone_columns(system: _System) -> list[tuple[int, int, dict[int, Number]]]:
    """Take out rows that alone determine a column; they are solved last, in reverse order."""
    aside = []
    lone = [column for column, rows in system.rows_of.items() if len(rows) == 1]
    while lone:
        column = lone.pop()
        if len(system.rows_of[column]) != 1:
            continue
        (row,) = system.rows_of[column]
        terms = system.set_aside(row)
        aside.append((row, column, terms))
        lone.extend(other for other in terms if len(system.rows_of[other]) == 1)
    return aside


def _eliminate_short_rows(system: _System) -> list[tuple[int, int, dict[int, Number]]]:
    """Eliminate the shortest row and its rarest column, again and again, until dense elimination is cheap."""
    aside = []
    unknowns = sum(1 for rows in system.rows_of.values() if rows)
    waiting = [(len(terms), row) for row, terms in system.rows.items()]
    heapify(waiting)
    while waiting and unknowns > DENSE:
        size, row = heappop(waiting)
        # A row whose length has changed waits again under its new length.
        if len(system.rows.get(row, ())) != size:
            continue
        column = min(system.rows[row], key=lambda column: (len(system.rows_of[column]), column))
        terms, others = system.eliminate(row, column)
        aside.append((row, column, terms))
        unknowns -= 1
        for other in others & system.rows.keys():
            heappush(waiting, (len(system.rows[other]), other))
    return aside


def _refuse_undetermined(system: _System, columns: list[int], aside: set[int]) -> None:
    if any(column not in system.found and column not in aside for column in columns):
        raise NotUniqueError


def _solve_kernel(system: _System) -> None:
    """Solve what remains by exact elimination on independent rows, then check the other rows."""
    columns = sorted(column for column, rows in system.rows_of.items() if rows)
    if not columns:
        return
    rows = sorted(system.rows)
    position = {column: i for i, column in enumerate(columns)}
    chosen = _independent(system, rows, position)
    if len(chosen) < len(columns):
        raise NotUniqueError
    matrix = flint.fmpq_mat(len(columns), len(columns))
    right = flint.fmpq_mat(len(columns), 1)
    for i, row in enumerate(chosen):
        for column, coefficient in system.rows[row].items():
            matrix[i, position[column]] = flint.fmpq(coefficient.numerator, coefficient.denominator)
        rest = Fraction(system.rest[row])
        right[i, 0] = flint.fmpq(rest.numerator, rest.denominator)
    solution = matrix.solve(right)
    for column, i in position.items():
        found = solution[i, 0]
        system.settle(column, quotient(int(found.p), int(found.q)))


def _independent(system: _System, rows: list[int], position: dict[int, int]) -> list[int]:
    """Return as many independent rows as there are, found modulo a large prime (an underestimate at worst)."""
    transposed = flint.nmod_mat(len(position), len(rows), _PRIME)
    for j, row in enumerate(rows):
        for column, coefficient in system.rows[row].items():
            transposed[position[column], j] = coefficient.numerator * pow(coefficient.denominator, -1, _PRIME) % _PRIME
    reduced, rank = transposed.rref()
    pivots, j = [], 0
    for i in range(rank):
        while int(reduced[i, j]) == 0:
            j += 1
        pivots.append(rows[j])
    return pivots
