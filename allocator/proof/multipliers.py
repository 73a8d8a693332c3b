"""Exact multipliers of the limits an answer rests on, and what they leave of an objective.

A basis says which columns and rows are basic. The multipliers ``y`` of the other rows solve ``y A_B = c_B`` in
exact rationals: reduced costs of basic columns are then exactly zero, and the bound is the optimum itself.
"""

from collections.abc import Iterator, Mapping, Sequence

import highspy
import numpy as np
from scipy.sparse import csr_matrix

from allocator.engines.highs import Basis
from allocator.program.program import Program
from allocator.program.sums import exact_sum
from allocator.proof.proof import Claim
from allocator.solve.elimination import Number, Terms, solve_exactly

BASIC = highspy.HighsBasisStatus.kBasic
LOWER, UPPER = highspy.HighsBasisStatus.kLower, highspy.HighsBasisStatus.kUpper


class Matrix:
    """The columns of a program, and of the stages kept, which are rows of rank ``rows + stage``."""

    def __init__(self, program: Program, claims: Sequence[Claim]) -> None:
        matrix = csr_matrix((program.coefficient, program.column, program.start), shape=program.shape).tocsc()
        self.rows, self.columns = program.shape
        self._start, self._row = matrix.indptr.tolist(), matrix.indices.tolist()
        self._coefficient = matrix.data.tolist()
        self.gains = [claim.gain for claim in claims]

    def column(self, column: int) -> Iterator[tuple[int, int]]:
        """Return (row, coefficient) of a column."""
        span = slice(self._start[column], self._start[column + 1])
        return zip(self._row[span], self._coefficient[span], strict=True)

    def multipliers(self, stage: int, kept: Sequence[int], basis: Basis) -> tuple[Terms, dict[int, Number]]:
        """Return the exact multipliers of the rows and of the stages kept as rows, in that order after the rows.

        Raises NotUniqueError when the basis is singular, EngineError when it is inconsistent.
        """
        unknown = [row for row, status in enumerate(basis.rows) if status != BASIC]
        gain, live = self.gains[stage], set(unknown)
        equations: dict[int, Terms] = {}
        rest: Terms = {}
        for column in np.flatnonzero([status == BASIC for status in basis.columns]).tolist():
            terms: Terms = {row: number for row, number in self.column(column) if row in live}
            for place, former in enumerate(kept, self.rows):
                if place in live and (number := self.gains[former].get(column)):
                    terms[place] = -number
            equations[column], rest[column] = terms, gain.get(column, 0)
        found = solve_exactly(equations, rest, unknown)
        rows = {row: number for row, number in found.items() if number and row < self.rows}
        stages = {former: found[place] for place, former in enumerate(kept, self.rows) if found.get(place)}
        return rows, stages

    def reduced(self, gain: Terms, rows: Terms, stages: Mapping[int, Number]) -> list[Number]:
        """Return what the multipliers leave of the gain of each column."""
        prices: list[Number] = [0] * self.rows
        for row, number in rows.items():
            prices[row] = number
        kept = [(number, self.gains[former]) for former, number in stages.items()]
        left: list[Number] = []
        for column in range(self.columns):
            sums: dict[int, int] = {}
            for row, coefficient in self.column(column):
                if price := prices[row]:
                    sums[price.denominator] = sums.get(price.denominator, 0) - coefficient * price.numerator
            for number in (gain.get(column, 0), *(factor * terms.get(column, 0) for factor, terms in kept)):
                if number:
                    sums[number.denominator] = sums.get(number.denominator, 0) + number.numerator
            left.append(exact_sum(sums))
        return left
