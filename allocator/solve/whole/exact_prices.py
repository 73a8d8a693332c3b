"""Exact prices of a relaxation: whether a box reaches the best value known exactly, and what that fixes in it.

Which rows have a price and which columns have none is read from the engine; the prices themselves are then solved in
exact rationals. Whatever they are, the bound they give holds; where it equals the best value, complementary slackness
says exactly what every plan of that value has in common.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from allocator.engines.engine import EngineError
from allocator.program.frame import Flags
from allocator.solve.elimination import NotUniqueError, Number, Terms, solve_exactly
from allocator.solve.whole.box import Box
from allocator.solve.whole.measures import Measure
from allocator.solve.whole.relaxation import Relaxed
from allocator.solve.whole.rows import SearchRows

ZERO_WITHIN = (1e-9, 1e-7)
"""Prices and reduced costs read as zero: at the engines' own tolerance, then at that of CBC's text files."""


@dataclass(frozen=True)
class ExactBound:
    """An exact bound in the measure's unit, the part of the box that every plan reaching it lies in, and its prices."""

    value: Fraction
    face: Box
    prices: Terms


def exact_bound(rows: SearchRows, measure: Measure, box: Box, relaxed: Relaxed) -> ExactBound | None:
    """Return the exact bound of a relaxation, None when its prices cannot be solved exactly."""
    undecided = box.lower < box.upper
    for zero in ZERO_WITHIN:
        unpriced = np.abs(relaxed.safe.reduced) <= zero
        # Columns fixed by a branch may have been basic all the same: they count when the others do not suffice.
        for columns in (unpriced & undecided, unpriced):
            try:
                return _exact_bound(rows, measure, box, np.abs(relaxed.prices) > zero, columns)
            except (NotUniqueError, EngineError):
                continue
    return None


def _exact_bound(rows: SearchRows, measure: Measure, box: Box, with_price: Flags, unpriced: Flags) -> ExactBound:
    priced = np.flatnonzero(with_price).tolist()
    costs: Terms = dict(zip(measure.column.tolist(), measure.coefficient, strict=True))
    equations: dict[int, Terms] = {}
    for row in priced:
        for column, coefficient in rows.terms(row):
            if unpriced[column]:
                equations.setdefault(column, {})[row] = coefficient
    if any(unpriced[column] and column not in equations for column in costs):
        raise NotUniqueError
    rest: Terms = {column: -costs.get(column, 0) for column in equations}
    prices = solve_exactly(equations, rest, priced) if priced else {}
    if any(price < 0 and not box.equality[row] for row, price in prices.items()):
        raise NotUniqueError
    return _proven(rows, box, costs, prices)


def _proven(rows: SearchRows, box: Box, costs: Terms, prices: Terms) -> ExactBound:
    reduced: dict[int, Number] = dict(costs)
    total = Fraction(0)
    for row, price in prices.items():
        total -= price * rows.limit(row)
        for column, coefficient in rows.terms(row):
            reduced[column] = reduced.get(column, 0) + price * coefficient
    lower, upper, equality = box.lower.copy(), box.upper.copy(), box.equality.copy()
    tops = rows.scaled.program.upper
    for column, cost in reduced.items():
        if cost == 0:
            continue
        at = lower[column] if cost > 0 else upper[column]
        lower[column] = upper[column] = at
        total += cost * (int(at) * int(tops[column]))
    equality[[row for row, price in prices.items() if price]] = True
    return ExactBound(total, replace(box, lower=lower, upper=upper, equality=equality), prices)
