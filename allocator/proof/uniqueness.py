"""Whether binding limits leave a single plan: an order of elimination that anyone can replay.

Every plan as good as ours keeps at their bound the columns whose price is not zero, and makes bind the rows whose
price is not zero. It is ours if these rows determine the other columns: if as many rows are independent. That is
shown modulo a prime: numbers that are independent modulo a prime are independent. The order (row, column) keeps the
elimination sparse, so that replaying it is short.
"""

from collections import defaultdict
from collections.abc import Iterable
from heapq import heapify, heappop, heappush

from allocator.solve.elimination import Number

PRIME = (1 << 61) - 1

Residues = dict[int, int]
Pivot = tuple[int, int]


def residue(number: Number) -> int:
    """Return a number modulo the prime."""
    return number.numerator * pow(number.denominator, -1, PRIME) % PRIME


def elimination_order(rows: dict[int, Residues], columns: Iterable[int]) -> tuple[Pivot, ...] | None:
    """Return the pivots that determine every column, None when the rows leave one undetermined; rows are used up."""
    elimination = _Elimination(rows)
    wanted = set(columns)
    elimination.settle_single_terms()
    elimination.settle_lone_columns()
    elimination.settle_short_rows()
    return tuple(elimination.pivots) if wanted == {column for _, column in elimination.pivots} else None


class _Elimination:
    """Rows still to eliminate, and the pivots found so far."""

    def __init__(self, rows: dict[int, Residues]) -> None:
        self.rows = rows
        self.pivots: list[Pivot] = []
        self.rows_of: dict[int, set[int]] = defaultdict(set)
        for row, terms in rows.items():
            for column in terms:
                self.rows_of[column].add(row)

    def settle_single_terms(self) -> None:
        ready = [row for row, terms in self.rows.items() if len(terms) == 1]
        while ready:
            row = ready.pop()
            for column in self.rows.get(row, {}):
                others = self._eliminate(row, column)
                ready.extend(other for other in others if len(self.rows.get(other, ())) == 1)
                break

    def settle_lone_columns(self) -> None:
        lone = [column for column, rows in self.rows_of.items() if len(rows) == 1]
        while lone:
            column = lone.pop()
            if len(self.rows_of[column]) == 1:
                (row,) = self.rows_of[column]
                others = [other for other in self.rows[row] if other != column]
                self._eliminate(row, column)
                lone.extend(other for other in others if len(self.rows_of[other]) == 1)

    def settle_short_rows(self) -> None:
        """Eliminate the shortest row and its rarest column until no row is left."""
        waiting = [(len(terms), row) for row, terms in self.rows.items()]
        heapify(waiting)
        while waiting:
            size, row = heappop(waiting)
            # A row whose length has changed waits again under its new length.
            if len(self.rows.get(row, ())) != size:
                continue
            column = min(self.rows[row], key=lambda column: (len(self.rows_of[column]), column))
            for other in self._eliminate(row, column):
                if other in self.rows:
                    heappush(waiting, (len(self.rows[other]), other))

    def _eliminate(self, row: int, column: int) -> set[int]:
        """Take out a row, and with it a column from the other rows, which are returned; rows left empty go."""
        self.pivots.append((row, column))
        terms = self.rows.pop(row)
        for member in terms:
            self.rows_of[member].discard(row)
        inverse = pow(terms.pop(column), -1, PRIME)
        others = self.rows_of.pop(column)
        for other in others:
            target = self.rows[other]
            factor = target.pop(column) * inverse % PRIME
            for member, number in terms.items():
                if left := (target.get(member, 0) - factor * number) % PRIME:
                    target[member] = left
                    self.rows_of[member].add(other)
                elif member in target:
                    del target[member]
                    self.rows_of[member].discard(other)
            if not target:
                del self.rows[other]
        return others
