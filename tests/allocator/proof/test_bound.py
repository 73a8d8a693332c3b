"""The bound proven in exact arithmetic: tight with good prices, valid with any prices."""

from fractions import Fraction

import numpy as np
import pytest

from allocator.compilation import Compilation, compile_scenario
from allocator.engines.highs import HighsEngine
from allocator.program.scaling import scale
from allocator.proof.bound import proven_bound
from allocator.solve.allocate import allocate
from allocator.solve.ordered_goals import first_stage
from scenarios.document import Goal, GoalKind
from scenarios.synthetic import committee


def compiled(kind: GoalKind, seed: int = 1) -> Compilation:
    scenario = committee(30, partners=6, years=4, seed=seed)
    return compile_scenario(scenario.model_copy(update={"goals": (Goal(kind=kind),)}))


@pytest.mark.parametrize("operations", [200, 1000])
def test_first_goal_is_proven_to_less_than_a_cent(operations: int) -> None:
    scenario = committee(operations, partners=12, years=6, seed=1)
    scenario = scenario.model_copy(update={"goals": (Goal(kind=GoalKind.FUNDED_COST),)})
    (goal,) = allocate(scenario).goals
    assert goal.proven is not None
    assert 0 <= goal.proven - goal.value < 1


@pytest.mark.parametrize("engine", ["highs", "ortools", "pulp"])
def test_any_engine_proves_the_same_value(engine: str) -> None:
    scenario = committee(40, partners=8, years=5, seed=2)
    first, *_ = allocate(scenario, engine).goals
    assert first.proven is not None
    assert 0 <= first.proven - first.value < Fraction(1, 1000)


@pytest.mark.parametrize("seed", range(20))
def test_wrong_prices_never_prove_too_much(seed: int) -> None:
    compilation = compiled(GoalKind.FUNDED_COST, seed)
    scaled = scale(compilation.program)
    objective = compilation.objectives[0]
    _, _, good = first_stage(compilation, scaled, HighsEngine())
    best = proven_bound(compilation.program, objective, good)
    noise = np.random.default_rng(seed)
    for prices in (np.zeros_like(good), -good, good * noise.uniform(0, 2, len(good)), noise.normal(size=len(good))):
        assert proven_bound(compilation.program, objective, prices) >= best - Fraction(1, 10**6)


def test_minimised_goal_is_bounded_from_below() -> None:
    compilation = compiled(GoalKind.REFERENCE_CLOSENESS)
    scaled = scale(compilation.program)
    objective = compilation.objectives[0]
    _, _, prices = first_stage(compilation, scaled, HighsEngine())
    assert proven_bound(compilation.program, objective, prices) <= 0 + Fraction(1, 10**6)


def test_nothing_is_proven_by_prices_of_zero_beyond_the_boxes() -> None:
    compilation = compiled(GoalKind.FUNDED_COST)
    objective = compilation.objectives[0]
    prices = np.zeros(len(compilation.program.limit))
    boxes = sum(compilation.layout.frame.to_fund[compilation.layout.frame.launch_operation].tolist())
    assert proven_bound(compilation.program, objective, prices) == boxes


def test_whole_decisions_are_proven_without_a_gap() -> None:
    scenario = committee(20, partners=5, years=4, seed=4, whole=0.6)
    assert all(goal.proven == goal.value for goal in allocate(scenario).goals)
