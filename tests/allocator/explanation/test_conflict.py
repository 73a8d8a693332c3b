"""Conflicts are checked with another solver on the rows themselves: none meets them all, one meets all but any one."""

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack

from allocator.check import verify
from allocator.compilation import Compilation, compile_scenario
from allocator.engines import engine_named
from allocator.explanation.change import changed
from allocator.explanation.impossible import way_out
from allocator.explanation.requirement import Requirement, requirements
from allocator.solve.allocate import allocate
from allocator.solve.infeasible import InfeasibleScenarioError, NoWholeCentsError
from scenarios.document import Goal, GoalKind, Scenario
from tests.allocator.messy import messy

HIGHS = engine_named("highs")


def impossible(seed: int) -> Scenario | None:
    """Return a messy scenario whose operations are nearly all mandatory, None when it has a plan."""
    drawn = messy(seed)
    operations = tuple(operation.model_copy(update={"mandatory": True}) for operation in drawn.operations)
    scenario = drawn.model_copy(update={"operations": operations, "goals": (Goal(kind=GoalKind.FUNDED_COST),)})
    try:
        allocate(scenario)
    except InfeasibleScenarioError:
        return scenario
    except NoWholeCentsError:
        return None
    return None


def has_plan(compilation: Compilation, kept: Sequence[Requirement]) -> bool:
    """Ask SciPy whether a plan meets some requirements, in units of a whole operation."""
    program = compilation.program
    asked = np.ones(len(program.limit), dtype=bool)
    for requirement in requirements(program):
        asked[list(requirement.rows)] = requirement in kept
    rows = np.flatnonzero(asked)
    shape = len(program.limit), len(program.upper)
    matrix = csr_array((program.coefficient.astype(float), program.column, program.start), shape=shape)[rows]
    matrix = matrix @ csr_array(
        (program.scale.astype(float), (range(shape[1]), range(shape[1]))), shape=(shape[1],) * 2
    )
    largest = np.maximum(abs(matrix).max(axis=1).toarray().ravel(), 1.0)
    matrix = csr_array(matrix / largest[:, None])
    limit = program.limit[rows] / largest
    lower = np.where(program.equality[rows], limit, -np.inf)
    found = milp(
        np.zeros(shape[1]),
        constraints=LinearConstraint(matrix, lower, limit),
        bounds=Bounds(0, program.upper / program.scale),
        integrality=program.integer.astype(int),
    )
    return bool(found.status == 0)


def least_total(compilation: Compilation) -> float | None:
    """Ask SciPy for the least total, in cents, that negotiable requirements must give way by; None when none is enough.

    Written apart: one slack per row, in the unit of its largest commitment, and per year of a purse, whose later years
    it loosens too with carry-over.
    """
    program, scenario = compilation.program, compilation.layout.frame.scenario
    carried = {holder.code for holder in (*scenario.partners, *scenario.pools) if holder.carry_over}
    columns: list[dict[int, float]] = []
    found = requirements(program)
    rows_of = {one.key: one.rows for one in found}
    for one in (requirement for requirement in found if requirement.negotiable):
        if one.kind in ("commitment_budget", "payment_budget"):
            holder, year = one.codes
            cent = program.frame.profile_multiple if one.kind == "payment_budget" else 1
            last = scenario.last_year if holder in carried else int(year)
            years = [str(later) for later in range(int(year), last + 1)]
            columns.append({row: -cent for later in years for row in rows_of[(one.kind, holder, later)]})
            continue
        for row in one.rows:
            weights = [abs(weight) for column, weight in program.terms(row) if column in compilation.layout.amounts]
            if weights:
                columns.append({row: -max(weights)})
                columns.extend([{row: max(weights)}] * bool(program.equality[row]))
    shape = len(program.limit), len(program.upper)
    own = csr_array((program.coefficient.astype(float), program.column, program.start), shape=shape)
    unit = float(max(1, sum(program.frame.to_fund.tolist())))
    scaled = own @ csr_array((program.scale.astype(float), (range(shape[1]), range(shape[1]))), shape=(shape[1],) * 2)
    entries = [(row, rank, weight * unit) for rank, column in enumerate(columns) for row, weight in column.items()]
    rows, ranks, weights = zip(*entries, strict=True)
    slack = csr_array((weights, (rows, ranks)), shape=(shape[0], len(columns)))
    matrix = hstack([scaled, slack]).tocsr()
    largest = np.maximum(abs(scaled).max(axis=1).toarray().ravel(), 1.0)
    matrix = csr_array(matrix / largest[:, None])
    limit = program.limit / largest
    lower = np.where(program.equality, limit, -np.inf)
    cost = np.concatenate([np.zeros(shape[1]), np.ones(len(columns))])
    upper = np.concatenate([program.upper / program.scale, np.full(len(columns), np.inf)])
    whole = np.concatenate([program.integer.astype(int), np.zeros(len(columns), dtype=int)])
    result = milp(
        cost, constraints=LinearConstraint(matrix, lower, limit), bounds=Bounds(0, upper), integrality=whole,
        options={"mip_rel_gap": 0},
    )  # fmt: skip
    return float(result.fun) * unit if result.status == 0 else None


def some(first: int, last: int) -> Iterator[Scenario]:
    for seed in range(first, last):
        scenario = impossible(seed)
        if scenario is not None:
            yield scenario


def check_way_out(scenario: Scenario) -> None:
    found = way_out(scenario, HIGHS)
    compilation = compile_scenario(scenario.model_copy(update={"goals": ()}))
    conflict = found.conflict.requirements
    assert not has_plan(compilation, conflict)
    for dropped in conflict:
        assert has_plan(compilation, [requirement for requirement in conflict if requirement is not dropped])
    cheapest = least_total(compilation)
    if found.options:
        assert cheapest is not None
        # SciPy meets each limit to a millionth of the operations it bears on; whole cents cost some cents more.
        near = 1e-6 * sum(operation.to_fund for operation in scenario.operations)
        assert found.options[0].cost <= cheapest + near + 101 * len(found.options[0].changes)
        assert found.options[0].cost >= cheapest - near
    costs = [option.cost for option in found.options]
    assert costs == sorted(costs)
    for option in found.options:
        assert option.changes
        assert verify(changed(scenario, option.changes), option.allocation) == ()


@pytest.mark.parametrize("seed", [0, 4, 8])
def test_conflicts_are_minimal_and_ways_out_lead_to_a_plan(seed: int) -> None:
    scenarios = list(some(seed, seed + 4))
    for scenario in scenarios:
        check_way_out(scenario)
    assert scenarios


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1000, 2000, 10))
def test_five_hundred_impossible_scenarios(seed: int) -> None:
    for scenario in some(seed, seed + 10):
        check_way_out(scenario)
