"""The search for whole decisions beside all selections one by one: proofs, limit of work, repeatability."""

from itertools import product

import numpy as np
import pytest

from allocator.check import verify
from allocator.compilation import compile_scenario
from allocator.engines import engine_named
from allocator.engines.highs import HighsEngine
from allocator.program.scaling import scale
from allocator.solve.allocate import allocate
from allocator.solve.face import Face
from allocator.solve.ordered_goals import ExactPlan, NoPlanError, silent, solve_in_order
from allocator.solve.whole import search, stage
from allocator.solve.whole.measures import measures
from scenarios.document import Scenario
from scenarios.synthetic import committee
from tests.allocator.campaign_draw import drawn
from tests.allocator.messy import messy
from tests.allocator.oracle.knapsack import capital_budget

FEW = 9
"""Whole columns whose selections are all looked at."""


def every_plan(document: Scenario) -> list[tuple[tuple[object, ...], list[object], ExactPlan]]:
    """Solve every selection: values of the measures, commitments, plan."""
    compilation = compile_scenario(document)
    scaled, layout = scale(compilation.program), compilation.layout
    whole = np.flatnonzero(compilation.program.integer)
    found = []
    for chosen in product((0.0, 1.0), repeat=len(whole)):
        face = Face.whole(compilation.program).with_values(whole, np.array(chosen))
        try:
            plan = solve_in_order(
                compilation, scaled, HighsEngine(), face, objectives=compilation.objectives, progress=silent
            )
        except NoPlanError:
            continue
        vector = tuple(m.value(plan.values) for m in measures(compilation, scaled, compilation.objectives))
        amounts = plan.values[layout.launches : layout.launches + layout.cells]
        found.append((vector, amounts, plan))
    return found


def small(seed: int) -> Scenario | None:
    """Return the messy scenario of a seed when it has few whole columns and only plain goals."""
    document = messy(seed)
    compilation = compile_scenario(document)
    plain = all(hasattr(aim, "coefficient") and aim.tolerance is None for aim in compilation.objectives)
    return document if plain and 0 < compilation.program.integer.sum() <= FEW else None


def compare(document: Scenario, engine: str = "highs") -> None:
    compilation = compile_scenario(document)
    plans = every_plan(document)
    try:
        selection = search.choose_whole(
            compilation, scale(compilation.program), engine_named(engine), objectives=compilation.objectives,
            progress=silent,
        )  # fmt: skip
    except NoPlanError:
        assert plans == []
        return
    plan = solve_in_order(
        compilation, scale(compilation.program), HighsEngine(), selection.face, objectives=selection.aims,
        progress=silent,
    )  # fmt: skip
    goals = len(compilation.objectives)
    best = min(vector for vector, _, _ in plans)
    assert [objective.value(plan.values) for objective in compilation.objectives] == [
        -value if objective.maximise else value
        for objective, value in zip(compilation.objectives, best[:goals], strict=True)
    ]
    layout = compilation.layout
    amounts = plan.values[layout.launches : layout.launches + layout.cells]
    as_good = [amounts for vector, amounts, _ in plans if vector[: goals + 1] == best[: goals + 1]]
    assert amounts in as_good
    assert selection.unique == all(other == amounts for other in as_good)
    assert list(selection.bounds) == [objective.value(plan.values) for objective in compilation.objectives]


def seeds(count: int, first: int = 0) -> list[int]:
    found: list[int] = []
    while len(found) < count:
        if small(first) is not None:
            found.append(first)
        first += 1
    return found


@pytest.mark.parametrize("seed", seeds(12))
def test_the_selection_is_the_best_of_all_and_uniqueness_is_told_truly(seed: int) -> None:
    document = small(seed)
    assert document is not None
    compare(document)


@pytest.mark.long
@pytest.mark.parametrize("engine", ["highs", "ortools", "pulp"])
@pytest.mark.parametrize("seed", seeds(100, first=20_000))
def test_the_selection_is_the_best_of_all_in_a_campaign(seed: int, engine: str) -> None:
    document = small(seed)
    assert document is not None
    compare(document, engine)


@pytest.mark.parametrize("whole", [0.3, 1.0])
def test_every_goal_of_fifty_operations_is_proven_without_a_gap(whole: float) -> None:
    scenario = committee(50, whole=whole)
    allocation = allocate(scenario)
    assert verify(scenario, allocation) == ()
    assert allocation.unique
    assert [goal.proven for goal in allocation.goals] == [goal.value for goal in allocation.goals]


def test_a_limit_of_work_leaves_a_gap_that_holds_and_the_same_cents(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = committee(60, whole=1.0)
    best = allocate(scenario)
    monkeypatch.setattr(stage, "WORK", 40_000)
    first, second = allocate(scenario), allocate(scenario)
    assert first == second
    assert verify(scenario, first) == ()
    assert not first.unique
    goal, optimum = first.goals[0], best.goals[0].value
    assert goal.proven is not None
    assert goal.value <= optimum <= goal.proven
    assert goal.value < goal.proven


def test_projects_worth_what_they_cost_are_proven_without_a_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every plan of even costs leaves one cent of an odd budget; another project, worth one point, hides it."""
    monkeypatch.setattr(stage, "WORK", 20_000)
    costs = [200 + 2 * (7 * rank * rank % 613) for rank in range(60)]
    budget = sum(costs) // 4 * 2 + 1
    scenario = capital_budget("EVEN", [*costs, 1], [[*costs, 0], [*[0] * 60, 1]], [budget, 1])
    allocation = allocate(scenario)
    assert verify(scenario, allocation) == ()
    assert allocation.goals[0].value == allocation.goals[0].proven == budget - 1 + 1


def test_draw_13_goes_on_from_the_best_value_only() -> None:
    """Boxes as good as a value that was bettered later were searched again for the next goals: 2 100 relaxations."""
    compilation = compile_scenario(drawn(13))
    scaled = scale(compilation.program)
    selection = search.choose_whole(
        compilation, scaled, HighsEngine(), objectives=compilation.objectives, progress=silent
    )
    assert selection.unique
    assert selection.work < 50_000
