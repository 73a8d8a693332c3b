"""What is proven does not depend on the engine: uniqueness, and the bound of every goal."""

from fractions import Fraction

import pytest

from allocator.allocation import Allocation
from allocator.compilation import compile_scenario
from allocator.engines import engine_named
from allocator.program.scaling import scale
from allocator.solve.allocate import allocate, decide
from allocator.solve.face import Face
from allocator.solve.ordered_goals import NoPlanError, silent, solve_in_order
from scenarios.document import Scenario
from scenarios.synthetic import committee
from tests.allocator.campaign_draw import drawn
from tests.allocator.messy import messy

ENGINES = ("highs", "ortools", "pulp")


def proofs(allocation: Allocation) -> tuple[object, ...]:
    return allocation.unique, tuple(goal.proven for goal in allocation.goals)


def same_proofs(scenario: Scenario) -> Allocation:
    """Solve with every engine; return the allocation of the first."""
    first, *others = (allocate(scenario, engine) for engine in ENGINES)
    assert [proofs(other) for other in others] == [proofs(first)] * 2
    return first


def test_draw_5028_is_as_unique_with_cbc_as_with_the_others() -> None:
    """The prices of CBC's text files close no branch by themselves; the exact prices of its plan do."""
    found = same_proofs(messy(5028))
    assert found.unique
    assert [goal.proven for goal in found.goals] == [goal.value for goal in found.goals]


@pytest.mark.parametrize("seed", [2, 3, 13, 29, 45, 51, 5422])
def test_draws_where_one_engine_alone_left_a_branch_on_its_word(seed: int) -> None:
    found = same_proofs(drawn(seed))
    assert found.unique
    assert None not in [goal.proven for goal in found.goals]


@pytest.mark.parametrize("seed", range(1, 4))
def test_the_first_bound_of_a_divisible_committee_is_its_optimum(seed: int) -> None:
    """Before, each engine's rounded prices gave its own bound, some billionths of a point away."""
    found = same_proofs(committee(25, partners=6, years=4, seed=seed))
    assert found.goals[0].proven is not None
    assert abs(found.goals[0].proven - found.goals[0].value) < Fraction(1, 100)


def test_the_bound_is_the_exact_optimum_before_cents() -> None:
    decision = decide(committee(25, partners=6, years=4, seed=1), engine_named("pulp"))
    assert decision.allocation.goals[0].proven == decision.plan.stages[0].best


@pytest.mark.parametrize("engine", ENGINES)
def test_every_stage_can_be_proven_by_exact_prices(engine: str) -> None:
    """Forty draws without whole decisions: exact prices confirm every stage, and give the plan of the usual way."""
    proven = 0
    for seed in range(40):
        compilation = compile_scenario(drawn(seed))
        if compilation.program.integer.any():
            continue
        scaled, face = scale(compilation.program), Face.whole(compilation.program)
        objectives, using = compilation.objectives, engine_named(engine)
        try:
            usual = solve_in_order(compilation, scaled, using, face, objectives=objectives, progress=silent)
        except NoPlanError:
            continue
        sure = solve_in_order(compilation, scaled, using, face, objectives=objectives, progress=silent, proven=True)
        assert sure.values == usual.values
        proven += 1
    assert proven >= 10
