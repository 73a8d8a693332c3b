"""Sparse linear systems with integer or rational coefficients, solved in exact rationals.

Almost every unknown falls out one row at a time; rows of few terms, which concern one operation, are eliminated
next; the small kernel that remains is solved by dense elimination.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heapify, heappop, heappush

import flint

from allocator.engines.engine import EngineError

Number = Fraction | int
Terms = dict[int, Number]
_Exact = int | flint.fmpq
"""What is computed with: FLINT's fractions are ten times faster than Python's, whole numbers faster still."""

_Row = dict[int, _Exact]
_PRIME = (1 << 61) - 1

DENSE = 40
"""Unknowns that dense elimination, whose time grows with their cube, is left to solve.

Down to 40, sparse elimination was faster on every plan measured, of 60 to 1 000 operations; below, it gains nothing.
"""


class NotUniqueError(Exception):
    """The rows do not determine every unknown."""


def solve_exactly(rows: dict[int, Terms], rest: Terms, unknowns: list[int]) -> Terms:
    """Return the value of every unknown of ``sum(coefficient * unknown) = rest``; rows are used up.

    Raises NotUniqueError when the rows do not determine every unknown, EngineError when they contradict each other.
    """
    system = _System({row: _inward(terms) for row, terms in rows.items()}, _inward(rest))
    if any(unknown not in system.rows_of for unknown in unknowns):
        raise NotUniqueError
    _solve_one_by_one(system)
    aside = [*_set_aside_lone_columns(system), *_eliminate_short_rows(system)]
    _solve_kernel(system)
    _refuse_undetermined(system, unknowns, {column for _, column, _ in aside})
    for row, column, terms in reversed(aside):
        known = system.rest[row]
        for other, coefficient in terms.items():
            if other != column:
                known -= coefficient * system.found[other]
        system.found[column] = _quotient(known, terms[column])
    return {column: _outward(value) for column, value in system.found.items()}


def _inward(terms: Terms) -> _Row:
    return {
        key: number if isinstance(number, int) else flint.fmpq(number.numerator, number.denominator)
        for key, number in terms.items()
    }


def _outward(value: _Exact) -> Number:
    if isinstance(value, int):
        return value
    top, bottom = int(value.p), int(value.q)
    return top if bottom == 1 else Fraction(top, bottom)


@dataclass
class _System:
    """Sparse rows over the unknowns still to find, with exact right-hand sides."""

    rows: dict[int, _Row]
    rest: _Row
    found: _Row = field(default_factory=dict)
    rows_of: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for row, terms in self.rows.items():
            for column in terms:
                self.rows_of[column].add(row)

    def settle(self, column: int, value: _Exact) -> list[int]:
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

    def set_aside(self, row: int) -> _Row:
        """Take a row out; return its terms."""
        terms = self.rows.pop(row)
        for column in terms:
            self.rows_of[column].discard(row)
        return terms

    def eliminate(self, row: int, column: int) -> tuple[_Row, set[int]]:
        """Take out a row, and with it a column from every other row; return the row's terms and the other rows."""
        terms = self.set_aside(row)
        others = self.rows_of.pop(column)
        for other in others:
            factor = _quotient(self.rows[other].pop(column), terms[column])
            self.rest[other] -= factor * self.rest[row]
            for member, coefficient in terms.items():
                if member != column:
                    self._subtract(other, member, factor * coefficient)
            if not self.rows[other]:
                self._close(other)
        return terms, others

    def _subtract(self, row: int, column: int, coefficient: _Exact) -> None:
        left = self.rows[row].get(column, 0) - coefficient
        if left:
            self.rows[row][column] = left
            self.rows_of[column].add(row)
        else:
            del self.rows[row][column]
            self.rows_of[column].discard(row)


def _quotient(number: _Exact, divisor: _Exact) -> _Exact:
    """Divide exactly; a whole quotient stays an integer."""
    if isinstance(number, int) and isinstance(divisor, int):
        whole, rest = divmod(number, divisor)
        return flint.fmpq(number, divisor) if rest else whole
    found = flint.fmpq(number) / divisor
    return int(found.p) if found.q == 1 else found


def _solve_one_by_one(system: _System) -> None:
    ready = [row for row, terms in system.rows.items() if len(terms) == 1]
    while ready:
        row = ready.pop()
        terms = system.rows.get(row)
        if terms:
            (column, coefficient), *_ = terms.items()
            ready.extend(system.settle(column, _quotient(system.rest[row], coefficient)))


def _set_aside_lone_columns(system: _System) -> list[tuple[int, int, _Row]]:
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


def _eliminate_short_rows(system: _System) -> list[tuple[int, int, _Row]]:
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
            matrix[i, position[column]] = coefficient
        right[i, 0] = system.rest[row]
    solution = matrix.solve(right)
    for column, i in position.items():
        system.settle(column, _quotient(solution[i, 0], 1))


def _modulo(number: _Exact) -> int:
    if isinstance(number, int):
        return number % _PRIME
    return int(number.p) * pow(int(number.q), -1, _PRIME) % _PRIME


def _independent(system: _System, rows: list[int], position: dict[int, int]) -> list[int]:
    """Return as many independent rows as there are, found modulo a large prime (an underestimate at worst)."""
    transposed = flint.nmod_mat(len(position), len(rows), _PRIME)
    for j, row in enumerate(rows):
        for column, coefficient in system.rows[row].items():
            transposed[position[column], j] = _modulo(coefficient)
    reduced, rank = transposed.rref()
    pivots, j = [], 0
    for i in range(rank):
        while int(reduced[i, j]) == 0:
            j += 1
        pivots.append(rows[j])
    return pivots
