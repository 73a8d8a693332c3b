"""Which limits stop a stage: a price that may be nothing but an engine's noise is solved again in exact fractions.

An engine answers to nine digits at best, and worse where an operation of millions meets a payment of cents: a price
of 3e-8 may be nothing, and fixing what it touches would fix a choice that the stage leaves open; or it may be a price,
and ignoring it would give up what the stage reached. Where an answer holds such prices, which rows have one is read at
several thresholds, and the prices themselves are solved exactly. Those that are accepted are proven: all have the
right sign, so that by complementary slackness the plans optimal for the stage are exactly those that meet the rows
with a price and keep the columns with a reduced cost at their bound, whichever prices were found.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from allocator.engines.engine import Answer, EngineError, Floats
from allocator.program.frame import Flags
from allocator.program.program import SURE as ROUNDING
from allocator.program.scaling import ScaledProgram
from allocator.solve.elimination import NotUniqueError, Terms, solve_exactly
from allocator.solve.face import BOUND_TOLERANCE, Face, Priced

SURE = 1e-6
"""A price above this is one: the noise of engines was never seen to reach it."""

NOTHING = 1e-13
"""A price below this is none."""

ZERO_WITHIN = (1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13)
"""Prices read as zero: at each threshold in turn, until the prices left are right exactly."""


def priced(scaled: ScaledProgram, face: Face, cost: Terms, answer: Answer) -> Priced:
    """Return the columns and rows that stop a stage on a face; ``cost``: exact costs by column, to minimise.

    Raises EngineError when prices are in doubt and no reading of them is right exactly.
    """
    return exactly_priced(scaled, face, cost, answer) if may_be_noise(face, answer) else Priced.read(answer)


def exactly_priced(scaled: ScaledProgram, face: Face, cost: Terms, answer: Answer) -> Priced:
    """Return the same from exact prices alone: they prove that the stage is optimal, whatever the engine says.

    Raises EngineError when no reading of the engine's prices is right exactly.
    """
    touched = _room(scaled, answer) <= BOUND_TOLERANCE
    inside = np.abs(answer.values - np.round(answer.values)) > BOUND_TOLERANCE
    for zero in ZERO_WITHIN:
        rows = touched & (np.abs(answer.prices) > zero)
        unpriced = inside | (np.abs(answer.reduced_costs) <= zero)
        # Columns fixed by former stages may be basic all the same: they count when the others do not suffice.
        for columns in (unpriced & ~face.fixed, unpriced):
            try:
                return _Prices(scaled, face, cost, rows, columns).read(answer)
            except (NotUniqueError, EngineError):
                continue
    raise EngineError("prices that exact arithmetic does not confirm")


def may_be_noise(face: Face, answer: Answer) -> bool:
    """Tell whether an answer holds prices that may be nothing but an engine's noise."""
    prices = np.abs(np.concatenate([answer.reduced_costs[~face.fixed], answer.prices[~face.equality]]))
    return bool(((prices > NOTHING) & (prices <= SURE)).any())


def _room(scaled: ScaledProgram, answer: Answer) -> Floats:
    """Return how far each scaled row is from its limit."""
    program = scaled.program
    row_of = np.repeat(np.arange(len(program.limit)), np.diff(program.start))
    activity = np.bincount(row_of, scaled.value * answer.values[program.column], len(program.limit))
    room: Floats = np.abs(scaled.limit - activity)
    return room


@dataclass(frozen=True)
class _Prices:
    """Prices of rows that the plan touches, ``cost + sum(price * row)`` being zero on columns without reduced cost."""

    scaled: ScaledProgram
    face: Face
    cost: Terms
    rows: Flags
    unpriced: Flags

    def read(self, answer: Answer) -> Priced:
        """Return what they say. Raises NotUniqueError or EngineError when they do not show that a plan is optimal."""
        program, prices = self.scaled.program, self._solved()
        if any(price < 0 and not self.face.equality[row] for row, price in prices.items()):
            raise EngineError("a price of the wrong sign")
        rows = np.zeros(len(program.limit), dtype=np.bool_)
        rows[[row for row, price in prices.items() if price]] = True
        held = self._signs(prices)
        held[self.face.fixed] = 0
        away = (held != 0) & (np.abs(answer.values - (held < 0)) > BOUND_TOLERANCE)
        if away.any():
            raise EngineError("a column away from the bound where its price holds it")
        return Priced(held != 0, rows)

    def _signs(self, prices: Terms) -> Floats:
        """Return the sign of the reduced cost of every column: exact, and in floating point where that is sure."""
        program = self.scaled.program
        rows, columns = program.shape
        price, cost = np.zeros(rows), np.zeros(columns)
        price[list(prices)] = [float(number) for number in prices.values()]
        cost[list(self.cost)] = [float(number) for number in self.cost.values()]
        products = program.coefficient * np.repeat(price, np.diff(program.start))
        near = cost + np.bincount(program.column, products, minlength=columns)
        sizes = np.abs(cost) + np.bincount(program.column, np.abs(products), minlength=columns)
        signs: Floats = np.where(np.abs(near) > ROUNDING * sizes, np.sign(near), 0.0)
        # The prices solve exactly the equations of the columns without reduced cost.
        unsure = (signs == 0) & (sizes > 0) & ~self.unpriced
        for column, left in self._reduced(prices, unsure).items():
            signs[column] = (left > 0) - (left < 0)
        return signs

    def _reduced(self, prices: Terms, columns: Flags) -> Terms:
        """Return the exact reduced costs of some columns."""
        reduced: Terms = {column: self.cost.get(column, 0) for column in np.flatnonzero(columns).tolist()}
        for row, column, coefficient in self._terms(columns):
            reduced[column] += prices.get(row, 0) * coefficient
        return reduced

    def _solved(self) -> Terms:
        equations: dict[int, Terms] = {}
        for row, column, coefficient in self._terms(self.unpriced):
            terms = equations.setdefault(column, {})
            terms[row] = terms.get(row, 0) + coefficient
        wanted: list[int] = np.flatnonzero(self.rows).tolist()
        rest: Terms = {column: -self.cost.get(column, 0) for column in equations}
        return solve_exactly(equations, rest, wanted) if wanted else {}

    def _terms(self, columns: Flags) -> Iterable[tuple[int, int, int]]:
        """Return row, column and coefficient of the entries of some columns in the rows that have a price."""
        program = self.scaled.program
        row = np.repeat(np.arange(len(program.limit)), np.diff(program.start))
        here = self.rows[row] & columns[program.column]
        parts = row[here], program.column[here], program.coefficient[here]
        return zip(*(part.tolist() for part in parts), strict=True)
