"""HiGHS through highspy: the default engine."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from allocator.allocation import EngineRecord
from allocator.engines.engine import Answer, EngineError, Floats, LinearModel, Status
from allocator.engines.session import ColdSession, Session

TOLERANCE, WIDE_TOLERANCE = 1e-9, 1e-7
"""How closely limits and prices are met; the wide one only serves to find a plan the close one denies."""

DUAL_SIMPLEX, PRIMAL_SIMPLEX = 1, 4
"""HiGHS's numbers for them."""


class _Silent(highspy.Highs):
    """HiGHS without the callbacks of its Python front, whose set-up prints a banner on standard output."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()


@dataclass(frozen=True)
class Basis:
    """The limits an optimal answer rests on: where HiGHS puts each column and each row (basic, or at which bound)."""

    columns: list[highspy.HighsBasisStatus]
    rows: list[highspy.HighsBasisStatus]


@dataclass(frozen=True)
class HighsEngine:
    """HiGHS, cold and single-threaded. Seed and presolve are fields so that tests can vary them."""

    seed: int = 0
    presolve: bool = True

    def record(self) -> EngineRecord:
        """Name, version and options."""
        options = (("random_seed", str(self.seed)), ("presolve", "on" if self.presolve else "off"), ("threads", "1"))
        return EngineRecord("highs", version("highspy"), options)

    def solve(self, model: LinearModel) -> Answer:
        """Solve the model; see Engine."""
        answer = self._answer(model, presolve=self.presolve, tolerance=TOLERANCE)
        if answer.status is not Status.OPTIMAL:
            # HiGHS was seen to call infeasible, at this tolerance, a program with a plan, and to stop on a « Solve
            # error » after its presolve: it is asked twice more.
            for tolerance in (TOLERANCE, WIDE_TOLERANCE):
                again = self._answer(model, presolve=False, tolerance=tolerance)
                if again.status is Status.OPTIMAL:
                    return again
                if answer.status is Status.FAILED:
                    answer = again
        return answer

    def basis(self, model: LinearModel, start: Basis | None = None) -> Basis:
        """Return an optimal basis of a linear program, looked for from another one when given.

        From another one: by the primal simplex, without perturbation, which takes a few steps. Raises EngineError
        when there is none.
        """
        highs = _Silent()
        self._set_options(highs, presolve=self.presolve, tolerance=TOLERANCE)
        highs.passModel(_as_highs(model))
        if start is not None:
            given = highspy.HighsBasis()
            given.col_status, given.row_status, given.valid = start.columns, start.rows, True
            highs.setOptionValue("simplex_strategy", PRIMAL_SIMPLEX)
            highs.setOptionValue("primal_simplex_bound_perturbation_multiplier", 0.0)
            highs.setBasis(given)
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise EngineError(f"HiGHS: {highs.modelStatusToString(highs.getModelStatus())}")
        found = highs.getBasis()
        return Basis(list(found.col_status), list(found.row_status))

    def session(self) -> "HighsSession":
        """Return an engine whose solves start from the basis of the one before; see Warm."""
        return HighsSession(self)

    def bounded(self, model: LinearModel) -> Session:
        """Keep a model whose bounds change; see session.WarmEngine."""
        highs = self.opened(model, presolve=False)
        return ColdSession(self, model) if highs is None else _HighsBounded(self, model, highs)

    def opened(self, model: LinearModel, *, presolve: bool) -> highspy.Highs | None:
        """Return HiGHS holding a model, None when it refuses the model."""
        highs = _Silent()
        self._set_options(highs, presolve=presolve, tolerance=TOLERANCE)
        refused = highs.passModel(_as_highs(model)) == highspy.HighsStatus.kError
        return None if refused else highs

    def _answer(self, model: LinearModel, *, presolve: bool, tolerance: float) -> Answer:
        return self.run(_Silent(), model, presolve=presolve, tolerance=tolerance)

    def run(
        self,
        highs: highspy.Highs,
        model: LinearModel,
        *,
        presolve: bool,
        tolerance: float = TOLERANCE,
    ) -> Answer:
        """Solve cold in a given HiGHS."""
        self._set_options(highs, presolve=presolve, tolerance=tolerance)
        if highs.passModel(_as_highs(model)) == highspy.HighsStatus.kError:
            return Answer.without_values(Status.FAILED, "model refused")
        highs.run()
        return _read(highs, model)

    def _set_options(self, highs: highspy.Highs, *, presolve: bool, tolerance: float) -> None:
        options: dict[str, str | int | float | bool] = {
            "output_flag": False,
            "threads": 1,
            "parallel": "off",
            "random_seed": self.seed,
            "presolve": "on" if presolve else "off",
            "primal_feasibility_tolerance": tolerance,
            "dual_feasibility_tolerance": tolerance,
            "mip_rel_gap": 0.0,
            "mip_abs_gap": 0.0,
            "mip_feasibility_tolerance": tolerance,
        }
        for name, value in options.items():
            # An option HiGHS cannot honour makes it use something else in silence: refuse instead.
            if highs.setOptionValue(name, value) != highspy.HighsStatus.kOk:
                raise EngineError(f"HiGHS refuses option {name}={value}")


def _read(highs: highspy.Highs, model: LinearModel) -> Answer:
    """Return what HiGHS found; its status is read before any value."""
    status = highs.getModelStatus()
    detail = highs.modelStatusToString(status)
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        return Answer.without_values(Status.INFEASIBLE, detail)
    if status != highspy.HighsModelStatus.kOptimal:
        return Answer.without_values(Status.FAILED, detail)
    solution = highs.getSolution()
    values, nothing = np.array(solution.col_value), np.zeros(0)
    if model.integer.any():
        return Answer(Status.OPTIMAL, detail, values, nothing, nothing)
    return Answer(Status.OPTIMAL, detail, values, np.array(solution.col_dual), np.array(solution.row_dual))


class HighsSession:
    """HiGHS for the stages of one run: one model kept, whose costs, bounds and senses change, and that only grows."""

    def __init__(self, engine: HighsEngine) -> None:
        self.engine = engine
        # The stubs of highspy leave out the method that changes several rows.
        self._highs: Any = _Silent()
        self._last: LinearModel | None = None

    def record(self) -> EngineRecord:
        """Name, version and options."""
        return self.engine.record()

    def solve(self, model: LinearModel) -> Answer:
        """Solve from the last basis, cold the first time and whenever that does not end at an optimum."""
        if model.integer.any():
            return self.engine.solve(model)
        if self._last is None or not _grown(self._last, model) or not self._changed(self._last, model):
            return self._cold(model)
        same_goal = np.array_equal(self._last.cost, model.cost)
        self._last = model
        # Under the same limits, what was optimal meets them all: the primal simplex takes it from there. Under others
        # and the same costs, prices still hold: the dual simplex does.
        self._set("presolve", "off")
        self._set("simplex_strategy", DUAL_SIMPLEX if same_goal else PRIMAL_SIMPLEX)
        self._highs.run()
        answer = _read(self._highs, model)
        return answer if answer.status is Status.OPTIMAL else self._cold(model)

    def solve_from(self, model: LinearModel, start: highspy.HighsBasis | None) -> Answer:
        """Solve from a basis of a model near this one, cold without any; cold too when that does not end well."""
        if start is None:
            return self._cold(model)
        if self._last is None or not _grown(self._last, model) or not self._changed(self._last, model):
            opened = self.engine.opened(model, presolve=False)
            if opened is None:
                return Answer.without_values(Status.FAILED, "model refused")
            self._highs = opened
        self._last = model
        self._set("presolve", "off")
        self._set("simplex_strategy", DUAL_SIMPLEX)
        self._set("dual_simplex_cost_perturbation_multiplier", 0.0)
        self._highs.setBasis(start)
        self._highs.run()
        answer = _read(self._highs, model)
        return answer if answer.status is not Status.FAILED else self._cold(model)

    def basis(self) -> highspy.HighsBasis:
        """Return the basis of the last solve."""
        found: highspy.HighsBasis = self._highs.getBasis()
        return found

    def resting(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Tell on which columns and rows the last answer rests; see Resting."""
        rows, columns = (np.ones(count, dtype=np.bool_) for count in self._shape())
        _status, basic = self._highs.getBasicVariables()
        # HiGHS numbers the rows downwards from -1.
        columns[basic[basic >= 0]] = False
        rows[-1 - basic[basic < 0]] = False
        return columns, rows

    def _shape(self) -> tuple[int, int]:
        return self._highs.getNumRow(), self._highs.getNumCol()

    def _set(self, name: str, value: str | float) -> None:
        if self._highs.setOptionValue(name, value) != highspy.HighsStatus.kOk:
            raise EngineError(f"HiGHS refuses option {name}={value}")

    def _cold(self, model: LinearModel) -> Answer:
        self._highs = _Silent()
        answer = self.engine.run(self._highs, model, presolve=self.engine.presolve)
        self._last = model if answer.status is Status.OPTIMAL else None
        return answer if answer.status is Status.OPTIMAL else self.engine.solve(model)

    def _changed(self, last: LinearModel, model: LinearModel) -> bool:
        """Bring the model kept by HiGHS to the next one; tell whether HiGHS followed."""
        (rows, columns), count = last.shape, model.shape[1]
        done = [*self._added_columns(columns, model), *self._added_rows(rows, model)]
        done.append(self._highs.changeColsCost(count, np.arange(count, dtype=np.int32), model.cost))
        moved = (last.lower != model.lower[:columns]) | (last.upper != model.upper[:columns])
        there = np.flatnonzero(moved).astype(np.int32)
        done.append(self._highs.changeColsBounds(len(there), there, model.lower[there], model.upper[there]))
        tight = (last.row_lower != model.row_lower[:rows]) | (last.row_upper != model.row_upper[:rows])
        kept = np.flatnonzero(tight).astype(np.int32)
        done.append(self._highs.changeRowsBounds(len(kept), kept, model.row_lower[kept], model.row_upper[kept]))
        return highspy.HighsStatus.kError not in done

    def _added_columns(self, columns: int, model: LinearModel) -> Iterator[highspy.HighsStatus]:
        """Add the columns beyond those known; their entries come with the rows."""
        count = model.shape[1] - columns
        if count:
            none, starts = np.zeros(0, dtype=np.int32), np.zeros(count, dtype=np.int32)
            costs, lower, upper = model.cost[columns:], model.lower[columns:], model.upper[columns:]
            yield self._highs.addCols(count, costs, lower, upper, 0, starts, none, np.zeros(0))

    def _added_rows(self, rows: int, model: LinearModel) -> Iterator[highspy.HighsStatus]:
        """Add the rows beyond those known."""
        if count := model.shape[0] - rows:
            first = model.start[rows]
            starts = (model.start[rows:-1] - first).astype(np.int32)
            columns, values = model.column[first:].astype(np.int32), model.value[first:]
            lower, upper = model.row_lower[rows:], model.row_upper[rows:]
            yield self._highs.addRows(count, lower, upper, len(values), starts, columns, values)


def _grown(last: LinearModel, model: LinearModel) -> bool:
    """Tell whether a model begins with the columns and rows of another."""
    rows, entries = len(last.row_lower), len(last.value)
    return (
        len(last.lower) <= len(model.lower)
        and np.array_equal(last.start, model.start[: rows + 1])
        and np.array_equal(last.column, model.column[:entries])
        and np.array_equal(last.value, model.value[:entries])
    )


class _HighsBounded:
    """A linear program kept in HiGHS, solved each time by the dual simplex from the basis it is given."""

    def __init__(self, engine: HighsEngine, model: LinearModel, highs: highspy.Highs) -> None:
        self._cold = ColdSession(engine, model)
        # The stubs of highspy leave out the methods that change rows and tell why nothing fits.
        self._highs: Any = highs
        rows, columns = model.shape
        self._rows, self._columns = (np.arange(count, dtype=np.int32) for count in (rows, columns))
        self._limit, self._nothing = model.row_upper, np.full(rows, -np.inf)
        self._binding: NDArray[np.bool_] | None = None

    def solve(self, lower: Floats, upper: Floats, equality: NDArray[np.bool_], start: object = None) -> Answer:
        """Solve under these bounds; cold, with every precaution, when the warm run does not end well."""
        highs = self._highs
        highs.changeColsBounds(len(self._columns), self._columns, lower, upper)
        if self._binding is None or (equality != self._binding).any():
            row_lower = np.where(equality, self._limit, self._nothing)
            highs.changeRowsBounds(len(self._rows), self._rows, row_lower, self._limit)
            self._binding = equality.copy()
        if isinstance(start, highspy.HighsBasis):
            highs.setBasis(start)
        highs.run()
        status = highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            _status, found, ray = highs.getDualRay()
            nothing = np.zeros(0)
            return Answer(Status.INFEASIBLE, "ray", nothing, nothing, np.array(ray) if found else nothing)
        if status != highspy.HighsModelStatus.kOptimal:
            highs.clearSolver()
            return self._cold.solve(lower, upper, equality)
        solution = highs.getSolution()
        columns = np.array(solution.col_value), np.array(solution.col_dual)
        return Answer(Status.OPTIMAL, "warm", *columns, np.array(solution.row_dual))

    def basis(self) -> object:
        """Return the basis of the last solve."""
        basis: object = self._highs.getBasis()
        return basis


def _as_highs(model: LinearModel) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = model.shape
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = model.cost, model.lower, model.upper
    lp.row_lower_, lp.row_upper_ = model.row_lower, model.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = model.start.astype(np.int32)
    lp.a_matrix_.index_ = model.column.astype(np.int32)
    lp.a_matrix_.value_ = model.value
    if model.integer.any():
        kinds = highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger
        lp.integrality_ = [kinds[flag] for flag in model.integer.tolist()]
    return lp
