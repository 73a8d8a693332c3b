"""Conflicts are checked with another solver on the rows themselves: none meets them all, one meets all but any one."""

from collections.abc import Iterator
from typing import Any

import pytest

from allocator.check import verify
from allocator.compilation import compile_scenario
from allocator.engines import engine_named
from allocator.explanation.change import changed
from allocator.explanation.conflict import find
from allocator.explanation.impossible import way_out
from allocator.explanation.requirement import requirements
from allocator.solve.allocate import allocate
from allocator.solve.infeasible import InfeasibleScenarioError, NoWholeCentsError
from allocator.solve.whole.search import Selection, choose_whole
from allocator.solve.whole.stage import WORK
from scenarios.document import Goal, GoalKind, Scenario
from tests.allocator.explanation.another_solver import has_plan, least_total
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


def some(first: int, last: int) -> Iterator[Scenario]:
    for seed in range(first, last):
        scenario = impossible(seed)
        if scenario is not None:
            yield scenario


def check_way_out(scenario: Scenario) -> None:
    found = way_out(scenario, HIGHS)
    compilation = compile_scenario(scenario.model_copy(update={"goals": ()}))
    conflict = found.conflict.requirements
    asked = requirements(compilation.program)
    assert not has_plan(compilation, conflict, asked)
    for dropped in conflict:
        assert has_plan(compilation, [requirement for requirement in conflict if requirement is not dropped], asked)
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


@pytest.mark.parametrize("name", ["ortools", "pulp"])
def test_another_engine_proves_conflicts_too(name: str) -> None:
    """It tells no limits its answer rests on: an exact plan of its own then shows each requirement necessary."""
    for scenario in some(0, 3):
        compilation = compile_scenario(scenario.model_copy(update={"goals": ()}))
        found, asked = find(compilation, engine_named(name)), requirements(compilation.program)
        assert found is not None
        assert not has_plan(compilation, found.requirements, asked)
        for dropped in found.requirements:
            assert has_plan(compilation, [one for one in found.requirements if one is not dropped], asked)


def test_a_scenario_with_a_plan_has_no_conflict(tutorial: Scenario) -> None:
    assert find(compile_scenario(tutorial.model_copy(update={"goals": ()})), HIGHS) is None
    with pytest.raises(ValueError, match="there is a plan"):
        way_out(tutorial, HIGHS)


def test_draw_1757_takes_little_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its conflict asked for the whole decisions that the tie-break prefers: minutes of search for one question."""
    spent: list[int] = []

    def counted(*given: Any, **named: Any) -> Selection:
        selection = choose_whole(*given, **named)
        spent.append(selection.work)
        return selection

    scenario = impossible(1757)
    assert scenario is not None
    for caller in ("exact_plan", "allocate"):
        monkeypatch.setattr(f"allocator.solve.{caller}.choose_whole", counted)
    check_way_out(scenario)
    assert spent
    assert sum(spent) < WORK // 40


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1000, 2000, 10))
def test_five_hundred_impossible_scenarios(seed: int) -> None:
    for scenario in some(seed, seed + 10):
        check_way_out(scenario)
