"""Every goal in order, and the plan the tie-break settles, equal the exact best ones on committees drawn at random."""

from fractions import Fraction
from functools import partial
from itertools import accumulate

import pytest

from allocator.allocation import Allocation
from allocator.solve.allocate import allocate
from allocator.solve.infeasible import InfeasibleScenarioError, NoWholeCentsError
from scenarios.document import EQUALITIES, GoalKind, Scenario
from tests.allocator.oracle.continuous import Model, best_plan, exists_in_whole_cents
from tests.allocator.oracle.decisions import decisions
from tests.allocator.oracle.drawn import ADDED, KINDS, committee, comparing
from tests.allocator.oracle.drawn_shared import SHARED, sharing
from tests.allocator.oracle.exact_lp import best_corner, corner_count, lexicographic_maximum
from tests.allocator.oracle.reading import Cell, Reading

draw = partial(committee, low=300, high=3000)
"""Costs of a few euros, so that whole cents leave room and the tie-break meets odd amounts."""


def before_cents(allocation: Allocation) -> dict[Cell, Fraction]:
    """Give the commitments of the exact plan, that rounding came from."""
    amounts = {(line.operation, line.partner, line.start): Fraction(line.amount) for line in allocation.commitments}
    exact = {(step.operation, step.partner, step.start): step.exact for step in allocation.rounding}
    return {cell: amount for cell, amount in {**amounts, **exact}.items() if amount}


def allocated(document: Scenario, engine: str) -> Allocation | None:
    """Allocate; None when rules contradict each other by a cent."""
    try:
        return allocate(document, engine)
    except NoWholeCentsError:
        return None


def values_of(allocation: Allocation | None) -> tuple[Fraction, ...] | None:
    """Give the value of each goal; for a goal of equality, the sums of its worst rates."""
    if allocation is None:
        return None
    values: list[Fraction] = []
    for goal in allocation.goals:
        values.extend(accumulate(line.rate for line in goal.settled) if goal.kind in EQUALITIES else [goal.value])
    return tuple(values)


def commitments_of(allocation: Allocation | None) -> dict[Cell, Fraction] | None:
    return None if allocation is None else before_cents(allocation)


def compare(document: Scenario, engine: str = "highs") -> None:
    expected = best_plan(document)
    if expected is None:
        with pytest.raises(InfeasibleScenarioError):
            allocate(document, engine)
        return
    allocation = allocated(document, engine)
    if values_of(allocation) != expected.values or commitments_of(allocation) != expected.commitments:
        # Only where whole cents cannot meet the best selection is the best of the others given.
        assert not exists_in_whole_cents(document, expected.taken)
        expected = best_plan(document, in_whole_cents=True)
    if allocation is None or expected is None:
        assert (allocation, expected) == (None, None)
        return
    assert values_of(allocation) == expected.values
    assert expected.unique
    assert before_cents(allocation) == expected.commitments


@pytest.mark.parametrize("seed", range(240))
def test_goals_and_plan_are_the_best_ones(seed: int) -> None:
    compare(draw(seed))


@pytest.mark.parametrize("seed", range(120))
def test_goals_and_plan_are_the_best_ones_where_everything_ties(seed: int) -> None:
    compare(draw(seed, alike=True))


@pytest.mark.parametrize("seed", range(120))
def test_the_vector_of_a_goal_of_equality_is_the_best_one(seed: int) -> None:
    compare(comparing(draw(seed), seed))


@pytest.mark.parametrize("seed", range(160))
def test_rules_on_several_partners_or_operations_leave_the_best_plan(seed: int) -> None:
    compare(sharing(draw(seed), seed))


@pytest.mark.parametrize("seed", range(80))
def test_rules_on_several_leave_the_best_vector_of_a_goal_of_equality(seed: int) -> None:
    compare(comparing(sharing(draw(seed), seed), seed))


@pytest.mark.parametrize("engine", ["ortools", "pulp"])
@pytest.mark.parametrize("seed", range(160, 170))
def test_rules_on_several_leave_the_best_plan_with_other_engines(seed: int, engine: str) -> None:
    compare(sharing(draw(seed, alike=seed % 2 == 0), seed), engine)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(170, 2400))
def test_rules_on_several_leave_the_best_plan_in_a_campaign(seed: int) -> None:
    compare(sharing(draw(seed, alike=seed % 2 == 0), seed))


@pytest.mark.long
@pytest.mark.parametrize("engine", ["highs", "ortools", "pulp"])
@pytest.mark.parametrize("seed", range(120, 1200))
def test_the_vector_of_a_goal_of_equality_is_the_best_one_in_a_campaign(seed: int, engine: str) -> None:
    compare(comparing(draw(seed, alike=seed % 2 == 0), seed), engine)


@pytest.mark.parametrize("engine", ["ortools", "pulp"])
@pytest.mark.parametrize("seed", [*range(10), 32])
def test_other_engines_give_the_best_ones_too(seed: int, engine: str) -> None:
    compare(draw(seed), engine)


@pytest.mark.long
@pytest.mark.parametrize("engine", ["ortools", "pulp"])
@pytest.mark.parametrize("seed", range(33, 400))
def test_other_engines_give_the_best_ones_too_in_a_campaign(seed: int, engine: str) -> None:
    compare(draw(seed), engine)


@pytest.mark.long
@pytest.mark.parametrize("alike", [True, False])
@pytest.mark.parametrize("seed", range(240, 2400))
def test_goals_and_plan_are_the_best_ones_in_a_campaign(seed: int, alike: bool) -> None:
    compare(draw(seed, most_cells=12, alike=alike))


@pytest.mark.parametrize("alike", [True, False])
def test_looking_at_every_corner_gives_the_same_answer(alike: bool) -> None:
    compared = 0
    for seed in range(220):
        document = draw(seed, most_cells=4, alike=alike)
        reading = Reading(document)
        for taken in decisions(reading):
            model = Model(reading, taken)
            goals = [*(term for goal in document.goals for term in model.goal(goal)), model.tie_break()]
            if model.width and corner_count(model.rows, model.width) <= 1500:
                expected = best_corner(model.rows, goals, model.width)
                assert lexicographic_maximum(model.rows, goals, model.width) == expected
                compared += expected is not None and any(expected.point)
    assert compared >= 60


def test_the_draws_cover_every_kind_of_line_and_every_outcome() -> None:
    documents = [draw(seed) for seed in range(240)]
    plans = [best_plan(document) for document in documents]
    kinds = {line.kind for document in documents for line in document.rules}
    assert kinds == {*KINDS, *ADDED}
    assert {goal.kind.value for document in documents for goal in document.goals[:1]} == {
        "priority_value", "funded_cost", "earliest_start", "reference_closeness",
    }  # fmt: skip
    assert sum(plan is None for plan in plans) >= 10
    assert sum(plan is not None and len(plan.commitments) >= 3 for plan in plans) >= 60
    assert sum(plan is not None and any(a.denominator > 1 for a in plan.commitments.values()) for plan in plans) >= 15
    tables = (
        "pools",
        "decommitments",
        "envelopes",
        "derogations",
        "locks",
        "plans",
        "references",
        "loans",
        "past_aids",
    )
    assert all(sum(bool(getattr(document, table)) for document in documents) >= 8 for table in tables)


def test_the_draws_cover_every_rule_on_several_and_the_fewest_partners() -> None:
    documents = [sharing(draw(seed), seed) for seed in range(160)]
    for kind in SHARED:
        found = [document for document in documents if any(rule.kind == kind for rule in document.rules)]
        assert sum(best_plan(document) is not None for document in found) >= 8, kind
    assert sum(GoalKind.FEWEST_PARTNERS in [goal.kind for goal in document.goals] for document in documents) >= 20
    changed = [best_plan(document) != best_plan(draw(seed)) for seed, document in enumerate(documents[:40])]
    assert sum(changed) >= 10
