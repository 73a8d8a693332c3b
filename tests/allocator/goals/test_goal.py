"""What a goal adds to a program, whatever the goal."""

from fractions import Fraction

import numpy as np
import pytest

from allocator.compilation import compile_scenario
from allocator.goals import BUILDERS
from allocator.goals.goal import Objective
from scenarios.document import MAXIMISED, Commune, Goal, GoalKind, Indicator, IndicatorWeight
from tests.allocator.rules.tiny import checked_allocation, operation, scenario, wanted

WEIGHED = {
    "communes": (
        Commune(
            code="C1", label="C1", territory="NORD", population=10, financial_potential_per_capita=900,
            indicator_year=2025,
        ),
    ),
    "equalisation": (IndicatorWeight(indicator=Indicator.FINANCIAL_POTENTIAL, weight=Fraction(1), year=2025),),
}  # fmt: skip


def aim(kind: GoalKind) -> Goal:
    return Goal(kind=kind, partners=("REG",) if kind is GoalKind.SPARE_PARTNER else ())


def test_the_value_of_an_objective_is_exact() -> None:
    objective = Objective(
        GoalKind.FUNDED_COST,
        np.array([0, 2], dtype=np.int64),
        np.array([5_000_000_000_000, 3], dtype=np.int64),
        maximise=True,
    )
    assert objective.value([Fraction(1, 3), 99, Fraction(1, 7)]) == Fraction(5_000_000_000_000, 3) + Fraction(3, 7)
    assert objective.value([1, 0, 0]) == 5_000_000_000_000


def test_an_objective_without_terms_is_worth_nothing() -> None:
    nothing = np.zeros(0, dtype=np.int64)
    value = Objective(GoalKind.EARLIEST_START, nothing, nothing, maximise=False).value([1, 2])
    assert value == 0
    assert isinstance(value, Fraction)


def test_every_goal_has_one_builder() -> None:
    assert set(BUILDERS) == set(GoalKind)


@pytest.mark.parametrize("kind", GoalKind)
def test_every_goal_says_which_one_it_is_and_in_which_direction(kind: GoalKind) -> None:
    document = scenario(goals=(aim(kind),), references=wanted(REG=1), **WEIGHED)
    (objective,) = compile_scenario(document).objectives
    assert objective.kind is kind
    assert objective.maximise == (kind in MAXIMISED)


def test_goals_keep_the_order_of_the_committee() -> None:
    kinds = [GoalKind.REFERENCE_CLOSENESS, GoalKind.EARLIEST_START, GoalKind.FUNDED_COST, GoalKind.PRIORITY_VALUE]
    document = scenario(goals=[Goal(kind=kind) for kind in kinds], references=wanted(REG=1200))
    assert [goal.kind for goal in compile_scenario(document).objectives] == kinds
    allocation = checked_allocation(document)
    assert [goal.kind for goal in allocation.goals] == kinds
    assert [goal.proven for goal in allocation.goals] == [goal.value for goal in allocation.goals]


@pytest.mark.parametrize("first", GoalKind)
@pytest.mark.parametrize("divisible", [True, False])
def test_no_plan_beats_the_proven_bound_and_parts_reach_it(first: GoalKind, divisible: bool) -> None:
    document = scenario(
        goals=(aim(first), aim(next(kind for kind in GoalKind if kind is not first))),
        operations=(operation(divisible=divisible, latest_start=2027),), references=wanted(REG=700, COM=500),
        **WEIGHED,
    )  # fmt: skip
    reached = checked_allocation(document).goals[0]
    assert reached.proven is not None
    beyond = reached.proven - reached.value
    signed = beyond if first in MAXIMISED else -beyond
    assert 0 <= signed < Fraction(1, 10**6)
