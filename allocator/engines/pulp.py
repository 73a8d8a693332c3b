"""PuLP: the engine its user owns (CBC comes with it), and the MPS and LP files an auditor can open."""

import tempfile
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np
import pulp

from allocator.allocation import EngineRecord
from allocator.engines.engine import Answer, LinearModel, Status

_LINEAR = ["primalT 1e-9", "dualT 1e-9"]
_WHOLE = [*_LINEAR, "ratioGap 0", "allowableGap 0", "integerT 1e-9"]


@dataclass(frozen=True)
class PulpEngine:
    """CBC through PuLP. Its text files carry eight digits: enough to tell which limits bind, not to read amounts."""

    def record(self) -> EngineRecord:
        """Name, version and options."""
        return EngineRecord("pulp", version("pulp"), (("solver", "CBC"),))

    def solve(self, model: LinearModel) -> Answer:
        """Solve the model; see Engine."""
        if not model.integer.any():
            return _answer(model, _LINEAR)
        # CBC's integer preprocessing was seen to lose the best selection once former goals are kept. Without it CBC
        # stops without a word on some infeasible models, which it recognises with it.
        answer = _answer(model, [*_WHOLE, "preprocess off"])
        if answer.status is Status.FAILED:
            again = _answer(model, _WHOLE)
            return again if again.status is Status.INFEASIBLE else answer
        return answer


def _answer(model: LinearModel, options: list[str]) -> Answer:
    names = [f"x{column}" for column in range(model.shape[1])]
    problem, variables = as_pulp(model, names, [f"r{row}" for row in range(model.shape[0])])
    with tempfile.TemporaryDirectory() as folder:
        solver = pulp.COIN_CMD(path=pulp.PULP_CBC_CMD.pulp_cbc_path, msg=False, threads=1, options=options)
        solver.tmpDir = folder
        try:
            status = problem.solve(solver)
        except pulp.PulpSolverError as error:
            return Answer.without_values(Status.FAILED, str(error).partition("\n")[0])
    detail = pulp.LpStatus[status]
    if status == pulp.LpStatusInfeasible:
        return Answer.without_values(Status.INFEASIBLE, detail)
    if status != pulp.LpStatusOptimal or problem.sol_status != pulp.LpSolutionOptimal:
        return Answer.without_values(Status.FAILED, detail)
    values = np.array([variable.varValue for variable in variables], dtype=np.float64)
    nothing = np.zeros(0)
    if model.integer.any():
        return Answer(Status.OPTIMAL, detail, values, nothing, nothing)
    reduced = np.array([variable.dj for variable in variables], dtype=np.float64)
    prices = np.array([constraint.pi for constraint in problem.constraints()], dtype=np.float64)
    return Answer(Status.OPTIMAL, detail, values, reduced, prices)


def as_pulp(model: LinearModel, columns: list[str], rows: list[str]) -> tuple[pulp.LpProblem, list[pulp.LpVariable]]:
    """Build the same model as PuLP objects, under the given names."""
    problem = pulp.LpProblem("allocation", pulp.LpMinimize)
    variables = [
        problem.add_variable(name, lower, upper, pulp.LpInteger if whole else pulp.LpContinuous)
        for name, lower, upper, whole in zip(
            columns, model.lower.tolist(), model.upper.tolist(), model.integer.tolist(), strict=True
        )
    ]
    costs = zip(variables, model.cost.tolist(), strict=True)
    problem += pulp.LpAffineExpression([(variable, cost) for variable, cost in costs if cost])
    lower, upper = model.row_lower.tolist(), model.row_upper.tolist()
    column, value, start = model.column.tolist(), model.value.tolist(), model.start.tolist()
    for row, name in enumerate(rows):
        span = range(start[row], start[row + 1])
        expression = pulp.LpAffineExpression([(variables[column[entry]], value[entry]) for entry in span])
        sense = pulp.LpConstraintEQ if lower[row] == upper[row] else pulp.LpConstraintLE
        problem += pulp.LpConstraint(expression, sense, name, upper[row])
    return problem, variables
