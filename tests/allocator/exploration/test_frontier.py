"""The frontier between two goals: its ends, its slope, what is proven between its points."""

from itertools import pairwise

import pytest

from allocator.check import verify
from allocator.exploration.frontier import NoFrontierError, frontier
from allocator.solve.allocate import allocate
from scenarios.document import Goal, GoalKind, Scenario
from scenarios.synthetic import committee

VALUE, COST, CLOSE = GoalKind.PRIORITY_VALUE, GoalKind.FUNDED_COST, GoalKind.REFERENCE_CLOSENESS


def aiming(scenario: Scenario, *kinds: GoalKind) -> Scenario:
    return scenario.model_copy(update={"goals": tuple(Goal(kind=kind) for kind in kinds)})


@pytest.mark.parametrize(("kind", "better"), [(COST, 1), (CLOSE, -1)])
def test_ends_are_the_two_optima_and_the_curve_is_concave(kind: GoalKind, better: int) -> None:
    scenario = committee(operations=20, partners=5, years=4, seed=3)
    found = frontier(scenario, (VALUE, kind), 5, lambda _count: None)
    first, last = allocate(aiming(scenario, VALUE, kind)).goals, allocate(aiming(scenario, kind, VALUE)).goals
    assert (found.points[0].first, found.points[0].second) == (first[0].value, first[1].value)
    assert (found.points[-1].second, found.points[-1].first) == (last[0].value, last[1].value)
    assert 3 <= len(found.points) <= 5
    for one, other in pairwise(found.points):
        assert one.first > other.first
        assert better * one.second < better * other.second
    rates = [better * (other.second - one.second) / (one.first - other.first) for one, other in pairwise(found.points)]
    assert rates == sorted(rates, reverse=True)


def test_every_point_is_a_verified_plan(tutorial: Scenario) -> None:
    found = frontier(tutorial, (VALUE, CLOSE), 4, lambda _count: None)
    assert len(found.points) == 2
    assert found.straight == (False,)
    assert not verify(aiming(tutorial, VALUE, CLOSE), found.points[0].allocation)


def test_a_line_is_proven_where_the_middle_is_on_it(tutorial: Scenario) -> None:
    """One divisible operation, PLACE, of 30 points: one point is 50 000 €; both goals grow together when opposed."""
    operations = tuple(one.model_copy(update={"divisible": True}) for one in tutorial.operations)
    divisible = tutorial.model_copy(update={"operations": operations})
    found = frontier(divisible, (VALUE, CLOSE), 9, lambda _count: None)
    for place, straight in enumerate(found.straight):
        if straight and place + 2 < len(found.points) and found.straight[place + 1]:
            left, middle, right = found.points[place : place + 3]
            across, up = right.first - left.first, right.second - left.second
            if (middle.first - left.first) * up == (middle.second - left.second) * across:
                return
    pytest.fail("no straight part")


def test_goals_that_agree_have_one_point(tutorial: Scenario) -> None:
    operations = tuple(one.model_copy(update={"value": 0}) for one in tutorial.operations)
    found = frontier(tutorial.model_copy(update={"operations": operations}), (VALUE, COST), 4, lambda _count: None)
    assert len(found.points) == 1
    assert found.straight == ()


@pytest.mark.parametrize("goals", [(VALUE, VALUE), (VALUE, GoalKind.EQUAL_EFFORT)])
def test_what_has_no_frontier_is_refused(tutorial: Scenario, goals: tuple[GoalKind, GoalKind]) -> None:
    with pytest.raises(NoFrontierError):
        frontier(tutorial, goals, 3, lambda _count: None)
