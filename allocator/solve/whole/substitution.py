"""A smaller program with the same optimum: a divisible column met in one binding row only is what the row leaves to it.

``a x + s z = b`` with ``z >= 0`` says ``z = (b - a x) / s``: the column is replaced everywhere, and the row becomes the
limit ``a x <= b`` (``>=`` when ``s < 0``), left out when nothing can exceed it. Distances to a reference are such
columns, two thirds of a program. The upper limit of ``z`` is forgotten: what this weakens holds all the same, since
bounds are proven on all rows and columns, from the prices given back here. Reference: Andersen and Andersen,
"Presolving in linear programming", Mathematical Programming 71 (1995), on free and implied free column singletons.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, diags

from allocator.engines.engine import Floats, LinearModel
from allocator.program.frame import Flags, Ints

LEAST = 1e-4
"""Smallest coefficient divided by: rows are scaled to a largest one of 1."""


@dataclass(frozen=True)
class Substitution:
    """The smaller program, and the way back to the given one.

    ``columns``, ``rows``: places in the given program of those of the smaller one. ``replaced``, ``of_row``: the
    columns that were replaced and the rows that define them. ``sign``: -1 for the rows that were turned round.
    """

    given: LinearModel
    model: LinearModel
    columns: Ints
    rows: Ints
    replaced: Ints
    of_row: Ints
    sign: Floats
    shift: Floats
    constant: float
    """Part of the objective that no longer depends on a column."""

    def equality(self, binding: Flags, upper: Floats) -> Flags:
        """Return the rows of the smaller program that bind, from those of the given one and its upper bounds.

        The row of a replaced column binds once nothing is left to the column.
        """
        flags = binding.copy()
        flags[self.of_row] = upper[self.replaced] == 0
        return flags[self.rows]

    def values(self, found: Floats) -> Floats:
        """Return the values of the given columns."""
        values = np.zeros(len(self.given.cost))
        values[self.columns] = found
        matrix = _matrix(self.given)
        left = self.given.row_upper[self.of_row] - (matrix @ values)[self.of_row]
        values[self.replaced] = left / np.asarray(matrix[self.of_row, self.replaced]).ravel()
        return values

    def prices(self, found: Floats) -> Floats:
        """Return the prices of the given rows, to which ``shift`` is to be added when they price the objective."""
        prices = np.zeros(len(self.given.row_upper))
        prices[self.rows] = found
        return prices * self.sign


def substituted(given: LinearModel) -> Substitution:
    """Replace every column that can be."""
    matrix = _matrix(given)
    count = len(given.row_upper)
    replaced, of_row, coefficient = _choose(given, matrix)
    sign, shift = np.ones(count), np.zeros(count)
    sign[of_row] = np.sign(coefficient)
    shift[of_row] = -given.cost[replaced] / coefficient
    kept = np.ones(len(given.cost), dtype=np.bool_)
    kept[replaced] = False
    rest = (diags(sign) @ matrix @ diags(kept.astype(np.float64))).tocsr()
    limit = sign * given.row_upper
    defining = np.zeros(count, dtype=np.bool_)
    defining[of_row] = True
    most = rest.maximum(0) @ given.upper + rest.minimum(0) @ given.lower
    rows = np.flatnonzero(~defining | (most > limit))
    cost = given.cost + matrix.T @ shift
    # What no row limits any more, and costs, is at its least.
    limited = np.bincount(rest[rows].tocoo().col, minlength=len(kept)) > 0
    columns = np.flatnonzero(kept & (limited | given.integer | (cost < 0) | (given.lower != 0)))
    core = rest[rows][:, columns].tocsr()
    core.sort_indices()
    model = LinearModel(
        start=core.indptr.astype(np.int64),
        column=core.indices.astype(np.int64),
        value=core.data,
        row_lower=np.where(defining[rows], -np.inf, given.row_lower[rows]),
        row_upper=limit[rows],
        lower=given.lower[columns],
        upper=given.upper[columns],
        cost=cost[columns],
        integer=given.integer[columns],
    )
    constant = -float(shift @ given.row_upper)
    return Substitution(given, model, columns, rows, replaced, of_row, sign, shift, constant)


def _choose(given: LinearModel, matrix: csr_matrix) -> tuple[Ints, Ints, Floats]:
    """Return at most one column for each binding row, the row and the coefficient."""
    by_column = matrix.tocsc()
    single = (np.diff(by_column.indptr) == 1) & ~given.integer & (given.cost >= 0) & (given.lower == 0)
    columns = np.flatnonzero(single)
    rows = by_column.indices[by_column.indptr[columns]].astype(np.int64)
    coefficients = by_column.data[by_column.indptr[columns]]
    binding = given.row_lower == given.row_upper
    fit = binding[rows] & (np.abs(coefficients) >= LEAST)
    columns, rows, coefficients = columns[fit], rows[fit], coefficients[fit]
    # Where either of two columns may go, the one without which nothing can exceed the limit.
    most = matrix.maximum(0) @ given.upper + matrix.minimum(0) @ given.lower
    least = matrix.maximum(0) @ given.lower + matrix.minimum(0) @ given.upper
    exceeding = np.where(coefficients > 0, most[rows] - coefficients * given.upper[columns], -least[rows])
    exceeding -= np.where(coefficients > 0, 0.0, -coefficients * given.upper[columns])
    exceeding -= np.sign(coefficients) * given.row_upper[rows]
    order = np.lexsort((columns, exceeding, rows))
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = rows[order][1:] != rows[order][:-1]
    chosen = order[first]
    return columns[chosen], rows[chosen], coefficients[chosen]


def _matrix(model: LinearModel) -> csr_matrix:
    return csr_matrix((model.value, model.column, model.start), shape=model.shape)
