"""The linear program of a box, on the columns and rows that are still undecided: the core.

Columns fixed in every box of a search, rows that cannot bind and rows that only define what another goal measures are
left out. That is always allowed: fewer rows can only weaken a bound, and bounds are proven on all rows.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from allocator.engines.engine import Answer, Engine, EngineError, Floats, LinearModel, Status
from allocator.engines.session import open_session
from allocator.program.frame import Flags, Ints
from allocator.program.program import Holds, Program
from allocator.proof.safe_bound import SafeBound
from allocator.solve.whole.box import Box
from allocator.solve.whole.measures import Measure
from allocator.solve.whole.proposal import proposed
from allocator.solve.whole.rows import SearchRows
from allocator.solve.whole.substitution import substituted

ROOM = 1e-6
"""A row is left out when nothing can come nearer to its limit than this."""


@dataclass(frozen=True)
class Relaxed:
    """The relaxation of a box: values of all columns, prices of all rows, and the bound they prove.

    ``objective``: what the engine claims, at least ``safe.value``.
    """

    values: Floats
    prices: Floats
    objective: float
    safe: SafeBound
    basis: object


class Relaxations:
    """Relaxations of the boxes of one search, for one measure."""

    def __init__(self, rows: SearchRows, engine: Engine, measure: Measure, boxes: list[Box], first_goal_column: int):
        self._rows, self._cost, self._engine = rows, measure.cost, engine
        self._lower = np.minimum.reduce([box.lower for box in boxes])
        self._upper = np.maximum.reduce([box.upper for box in boxes])
        self._binding = np.logical_and.reduce([box.equality for box in boxes])
        self.columns: Ints = np.flatnonzero(self._lower < self._upper)
        matrix = csr_matrix((rows.value, rows.column, rows.start), shape=(rows.count, len(self._cost)), copy=True)
        decided = np.logical_or.reduce([box.lower == box.upper for box in boxes])
        needed = ~_defining_nothing(rows, (self._cost != 0) | decided, first_goal_column)
        self._kept_rows: Ints = np.flatnonzero(needed & self._may_bind(matrix))
        settled = np.where(self._lower < self._upper, 0.0, self._lower)
        self._fixed_part, self._fixed_cost = matrix @ settled, float(self._cost @ settled)
        self._smaller = substituted(self._core_model(matrix[self._kept_rows][:, self.columns].tocsr()))
        self._model = self._smaller.model
        self._kept: Ints = self.columns[self._smaller.columns]
        self._session = open_session(engine, replace(self._model, integer=np.zeros_like(self._model.integer)))
        self.work = 0

    def proposed(self) -> Floats | None:
        """Return the values that HiGHS proposes when whole columns must be whole, None when it finds none."""
        found = proposed(self._model)
        if found is None:
            return None
        values: Floats = self._lower.copy()
        values[self.columns] = self._smaller.values(found)
        return values

    def _may_bind(self, matrix: csr_matrix) -> Flags:
        """Tell which rows have undecided columns and could be exceeded, or must bind."""
        positive, negative = matrix.maximum(0), matrix.minimum(0)
        most = positive @ self._upper + negative @ self._lower
        undecided = (abs(matrix) @ (self._lower < self._upper).astype(np.float64)) > 0
        flags: Flags = undecided & (self._binding | (most > self._rows.upper - ROOM))
        return flags

    def _core_model(self, core: csr_matrix) -> LinearModel:
        limit = (self._rows.upper - self._fixed_part)[self._kept_rows]
        equality = self._binding[self._kept_rows]
        return LinearModel(
            start=core.indptr.astype(np.int64),
            column=core.indices.astype(np.int64),
            value=core.data,
            row_lower=np.where(equality, limit, -np.inf),
            row_upper=limit,
            lower=self._lower[self.columns],
            upper=self._upper[self.columns],
            cost=self._cost[self.columns],
            integer=self._rows.scaled.program.integer[self.columns],
        )

    def relax(self, box: Box) -> Relaxed | None:
        """Return the relaxation of a box, None when it is proven empty. Raises EngineError when neither holds."""
        answer = self._solve(box)
        if answer.status is Status.OPTIMAL:
            return self._confirmed(box, answer)
        if answer.status is Status.INFEASIBLE and self._emptiness(box, answer) is not None:
            return None
        raise EngineError(f"{self._engine.record().name}: {answer.detail}")

    def emptiness(self, box: Box) -> Floats | None:
        """Return prices of all rows that prove a box empty, None when it is not."""
        answer = self._solve(box)
        return self._emptiness(box, answer) if answer.status is Status.INFEASIBLE else None

    def _claimed(self, answer: Answer) -> float:
        return float(self._model.cost @ answer.values) + self._smaller.constant + self._fixed_cost

    def _solve(self, box: Box) -> Answer:
        self.work += len(self._kept)
        if not len(self._kept):
            return self._nothing_to_decide()
        return self._session.solve(box.lower[self._kept], box.upper[self._kept], self._equality(box), box.basis)

    def _equality(self, box: Box) -> Flags:
        return self._smaller.equality(box.equality[self._kept_rows], box.upper[self.columns])

    def _nothing_to_decide(self) -> Answer:
        nothing = np.zeros(0)
        return Answer(Status.OPTIMAL, "no undecided column", nothing, nothing, np.zeros(len(self._model.row_upper)))

    def _confirmed(self, box: Box, answer: Answer) -> Relaxed:
        values = box.lower.copy()
        values[self.columns] = self._smaller.values(answer.values)
        prices, safe = self._best_reading(box, answer.prices, self._cost, self._smaller.shift)
        return Relaxed(values, prices, self._claimed(answer), safe, self._session.basis())

    def _best_reading(self, box: Box, prices: Floats, cost: Floats, shift: Floats | float) -> tuple[Floats, SafeBound]:
        """Read prices with the sign that proves more: interfaces do not agree on it."""
        best: tuple[Floats, SafeBound] | None = None
        for sign in (-1.0, 1.0):
            spread = np.zeros(self._rows.count)
            spread[self._kept_rows] = sign * self._smaller.prices(prices) + shift
            safe = self._rows.safe.bound(cost, spread, box.lower, box.upper, box.equality)
            if best is None or safe.value > best[1].value:
                best = spread, safe
        if best is None:
            raise AssertionError
        return best

    def _emptiness(self, box: Box, answer: Answer) -> Floats | None:
        nothing = np.zeros(len(self._cost))
        prices = answer.prices
        if not len(prices):
            prices = self._prices_of_emptiness(box)
        if not len(prices):
            return None
        spread, safe = self._best_reading(box, prices, nothing, 0.0)
        return spread if safe.value > 0 else None

    def _prices_of_emptiness(self, box: Box) -> Floats:
        """Return prices of the least part by which every limit must give way, for engines that give no ray."""
        model, lower = self._model, box.lower[self._kept]
        matrix = csr_matrix((model.value, model.column, model.start), shape=model.shape)
        excess = matrix @ lower - model.row_upper
        equality = self._equality(box)
        relief = np.where(equality, excess, np.maximum(excess, 0.0))
        elastic = hstack([matrix, csr_matrix(-relief).T]).tocsr()
        answer = self._engine.solve(
            LinearModel(
                start=elastic.indptr.astype(np.int64),
                column=elastic.indices.astype(np.int64),
                value=elastic.data,
                row_lower=np.where(equality, model.row_upper, -np.inf),
                row_upper=model.row_upper,
                lower=np.append(lower, 0.0),
                upper=np.append(box.upper[self._kept], 1.0),
                cost=np.append(np.zeros(len(lower)), 1.0),
                integer=np.zeros(len(lower) + 1, dtype=np.bool_),
            )
        )
        return answer.prices if answer.status is Status.OPTIMAL else np.zeros(0)


def drawn(rows: SearchRows, box: Box) -> Box:
    """Fix at zero what whole columns already fixed leave nothing to: the commitments of a launch that is excluded."""
    matrix = csr_matrix((rows.value, rows.column, rows.start), shape=(rows.count, len(box.lower)), copy=True)
    positive, negative = matrix.maximum(0), -matrix.minimum(0)
    while True:
        open_ = (box.lower < box.upper).astype(np.float64)
        at_one = (box.lower > 0).astype(np.float64)
        # Nothing at one and nothing to give way: terms of one sign, whose sum may not exceed zero, are all zero.
        closed = (rows.upper == 0) & ((positive + negative) @ at_one == 0)
        closed_above = closed & (negative @ open_ == 0)
        closed_below = closed & box.equality & (positive @ open_ == 0)
        touched = ((positive + negative).T @ (closed_above | closed_below).astype(np.float64)) * open_ > 0
        if not touched.any():
            return box
        box = box.fixing(np.flatnonzero(touched), 0.0)


def _defining_nothing(rows: SearchRows, wanted: Flags, first_goal_column: int) -> Flags:
    """Tell which rows only define what goals measure that are neither optimised, nor kept, nor decided here."""
    defining = _defining(rows.scaled.program, rows.count)
    wanted = wanted.copy()
    for kept in rows.kept:
        wanted |= kept.measure.cost != 0
    wanted[:first_goal_column] = False
    counts = np.diff(rows.start)
    row_of = np.repeat(np.arange(rows.count), counts)
    goal_entry = defining[row_of] & (rows.column >= first_goal_column)
    while True:
        used = np.zeros(rows.count, dtype=np.bool_)
        used[row_of[goal_entry & wanted[rows.column]]] = True
        reached = wanted.copy()
        reached[rows.column[goal_entry & used[row_of]]] = True
        if (reached == wanted).all():
            flags: Flags = defining & ~used
            return flags
        wanted = reached


def _defining(program: Program, count: int) -> NDArray[np.bool_]:
    flags = [np.full(len(group), group.holds is Holds.BY_DEFINITION) for group in program.row_groups]
    found = np.concatenate([*flags, np.zeros(count - sum(map(len, flags)), dtype=np.bool_)])
    return found.astype(np.bool_)
