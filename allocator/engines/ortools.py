"""OR-Tools: GLOP for linear programs, SCIP when columns are whole. The second opinion."""

from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np
from ortools.linear_solver.python import model_builder_helper
from scipy.sparse import csr_matrix

from allocator.allocation import EngineRecord
from allocator.engines.engine import Answer, EngineError, LinearModel, Status

_GLOP = (
    "primal_feasibility_tolerance: 1e-9 dual_feasibility_tolerance: 1e-9 num_omp_threads: 1 "
    # With its own preprocessing GLOP was seen to call infeasible, or to misreport, plans on an optimal face.
    "use_preprocessing: false "
    # It otherwise calls ABNORMAL an optimum it reached on degenerate budgets; ours is confirmed exactly anyway.
    "change_status_to_imprecise: false"
)
_SCIP = "limits/gap = 0\nlimits/absgap = 0\nnumerics/feastol = 1e-9"
_SCIP_WITHOUT_PRESOLVING = f"{_SCIP}\npresolving/maxrounds = 0"


@dataclass(frozen=True)
class OrToolsEngine:
    """OR-Tools with its own linear and integer engines."""

    def record(self) -> EngineRecord:
        """Name, version and options."""
        return EngineRecord("ortools", version("ortools"), (("linear", "GLOP"), ("integer", "SCIP")))

    def solve(self, model: LinearModel) -> Answer:
        """Solve the model; see Engine."""
        if not model.integer.any():
            return _answer(model, "glop", _GLOP)
        answer = _answer(model, "scip", _SCIP)
        if answer.status is not Status.OPTIMAL:
            # SCIP's presolving was seen to call infeasible selections that do keep the former goals.
            return _answer(model, "scip", _SCIP_WITHOUT_PRESOLVING)
        return answer


def _answer(model: LinearModel, name: str, parameters: str) -> Answer:
    solver = model_builder_helper.ModelSolverHelper(name)
    if not solver.solver_is_supported():
        raise EngineError("OR-Tools was built without the engine this model needs")
    solver.set_solver_specific_parameters(parameters)
    solver.solve(_as_ortools(model))
    status = solver.status()
    statuses = model_builder_helper.SolveStatus
    if status == statuses.INFEASIBLE:
        return Answer.without_values(Status.INFEASIBLE, str(status))
    if status != statuses.OPTIMAL:
        return Answer.without_values(Status.FAILED, f"{status} {solver.status_string()}")
    values, nothing = np.array(solver.variable_values()), np.zeros(0)
    if model.integer.any():
        return Answer(Status.OPTIMAL, str(status), values, nothing, nothing)
    return Answer(Status.OPTIMAL, str(status), values, np.array(solver.reduced_costs()), np.array(solver.dual_values()))


def _as_ortools(model: LinearModel) -> model_builder_helper.ModelBuilderHelper:
    helper = model_builder_helper.ModelBuilderHelper()
    matrix = csr_matrix((model.value, model.column, model.start), shape=model.shape)
    # The annotation of this method asks for one exact array class and refuses any array NumPy declares.
    fill: Any = helper.fill_model_from_sparse_data
    fill(model.lower, model.upper, model.cost, model.row_lower, model.row_upper, matrix)
    for column in np.flatnonzero(model.integer).tolist():
        helper.set_var_integrality(column, is_integer=True)
    return helper
