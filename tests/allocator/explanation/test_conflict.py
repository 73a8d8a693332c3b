"""Conflicts are checked with another solver on the rows themselves: none meets them all, one meets all but any one."""

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

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
