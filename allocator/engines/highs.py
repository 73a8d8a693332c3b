"""HiGHS through highspy: the default engine."""

from dataclasses import dataclass
from importlib.metadata import version

import highspy
import numpy as np

from allocator.allocation import EngineRecord
from allocator.engines.engine import Answer, EngineError, LinearModel, Status

TOLERANCE, WIDE_TOLERANCE = 1e-9, 1e-7
"""How closely limits and prices are met; the wide one only serves to find a plan the close one denies."""

PRIMAL_SIMPLEX = 4
"""HiGHS's number for it."""


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

    def _answer(self, model: LinearModel, *, presolve: bool, tolerance: float) -> Answer:
        highs = _Silent()
        self._set_options(highs, presolve=presolve, tolerance=tolerance)
        if highs.passModel(_as_highs(model)) == highspy.HighsStatus.kError:
            return Answer.without_values(Status.FAILED, "model refused")
        highs.run()
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
