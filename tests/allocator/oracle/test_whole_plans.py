"""The plan in whole cents meets every rule and is as good as the best one there is, up to the cents of rounding."""

from fractions import Fraction
from functools import partial

import pytest

from allocator.allocation import Allocation
from allocator.solve.allocate import allocate
from allocator.solve.infeasible import InfeasibleScenarioError, NoWholeCentsError
from scenarios.document import MAXIMISED, GoalKind, Scenario
from tests.allocator.oracle.continuous import best_plan, exists_in_whole_cents
from tests.allocator.oracle.drawn import committee
from tests.allocator.oracle.drawn_shared import sharing
from tests.allocator.oracle.predicates import Launched, broken, reached
from tests.allocator.oracle.reading import Reading
from tests.allocator.oracle.whole_plans import best_whole_plan

draw = partial(committee, low=3, high=8, most_cells=5)
"""Costs of a few cents: few enough to look at every plan."""


def launches_of(allocation: Allocation) -> list[Launched]:
    found = []
    for line in allocation.launches:
        here = line.operation, line.start
        amounts = {c.partner: c.amount for c in allocation.commitments if (c.operation, c.start) == here}
        payments = {(p.partner, p.year): p.amount for p in allocation.payments if (p.operation, p.start) == here}
        found.append(Launched(line.operation, line.start, line.funded, amounts, payments))
    return found


def allowance(reading: Reading, kind: GoalKind) -> Fraction:
    """Give what one cent per partner and launch may change in a goal; whole operations lose no part of themselves."""
    total = Fraction(0)
    for code, operation in reading.operations.items():
        to_fund, cents = reading.to_fund(code), len(reading.funders(code))
        reference = reading.reference(code)
        for start in operation.starts:
            whole_wish = sum(reference.values(), start=Fraction(0)) if reference else Fraction(0)
            lost = {
                GoalKind.PRIORITY_VALUE: Fraction(operation.value, to_fund),
                GoalKind.FUNDED_COST: Fraction(1),
                GoalKind.EARLIEST_START: Fraction(start - operation.earliest_start),
                GoalKind.REFERENCE_CLOSENESS: 1 + whole_wish / to_fund if reference else Fraction(0),
            }[kind]
            total += cents * lost * operation.divisible
            total += 2 * cents * (kind is GoalKind.REFERENCE_CLOSENESS and reference is not None)
    return total


def holds_to_the_cent(document: Scenario) -> bool:
    """Tell whether some rule only holds to the cent, so that whole cents may do better than exact amounts."""
    divisible = any(operation.divisible for operation in document.operations)
    return divisible and (bool(document.plans) or any(rule.kind == "flat_aid" for rule in document.rules))


def without_fewest(document: Scenario) -> Scenario:
    """Leave out the goal on which a cent more or less may change a count."""
    goals = tuple(goal for goal in document.goals if goal.kind is not GoalKind.FEWEST_PARTNERS)
    return document.model_copy(update={"goals": goals})


def compare(document: Scenario) -> None:
    best = best_whole_plan(document)
    continuous = best_plan(document)
    if continuous is None:
        assert best is None or holds_to_the_cent(document)
        with pytest.raises(InfeasibleScenarioError):
            allocate(document)
        return
    if not exists_in_whole_cents(document, continuous.taken):
        continuous = best_plan(document, in_whole_cents=True) or continuous
    reading, kinds = Reading(document), [goal.kind for goal in document.goals]
    try:
        launches = launches_of(allocate(document))
    except NoWholeCentsError:
        assert not exists_in_whole_cents(document, continuous.taken)
        return
    assert best is not None
    assert broken(reading, launches) == set()
    signs = [1 if kind in MAXIMISED else -1 for kind in kinds]
    found = [sign * reached(reading, kind, launches) for sign, kind in zip(signs, kinds, strict=True)]
    signed = [sign * value for sign, value in zip(signs, best, strict=True)]
    assert found <= signed
    bound = signs[0] * continuous.values[0]
    if not holds_to_the_cent(document):
        assert signed[0] <= bound
    assert min(signed[0], bound) - found[0] <= allowance(reading, kinds[0])
    if not any(operation.divisible for operation in document.operations):
        assert kinds[0] is GoalKind.REFERENCE_CLOSENESS or found[0] == signed[0]


@pytest.mark.parametrize("seed", range(160))
def test_the_plan_is_as_good_as_whole_cents_allow(seed: int) -> None:
    compare(draw(seed))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(160, 2500))
def test_the_plan_is_as_good_as_whole_cents_allow_in_a_campaign(seed: int) -> None:
    compare(draw(seed))


@pytest.mark.parametrize("seed", range(80))
def test_the_plan_is_as_good_as_whole_cents_allow_under_rules_on_several(seed: int) -> None:
    compare(without_fewest(sharing(draw(seed), seed)))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(80, 1500))
def test_the_plan_is_as_good_as_whole_cents_allow_under_rules_on_several_in_a_campaign(seed: int) -> None:
    compare(without_fewest(sharing(draw(seed), seed)))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(600))
def test_the_plan_is_as_good_as_whole_cents_allow_with_more_cells(seed: int) -> None:
    compare(committee(seed, low=4, high=10, most_cells=6))


def test_a_flat_aid_under_a_lock_that_needs_one_more_cent_launched() -> None:
    """Draw 8029: 196 cents of flat aid for 3000, five of them decided: 77 cents are launched, where 76.5 would do.

    Its plans are too many to look at: the predicates check this one, and one cent less makes the aid too large.
    """
    document = committee(8029, low=300, high=3000, most_cells=9, alike=True)
    launches = launches_of(allocate(document))
    assert broken(Reading(document), launches) == set()
    assert [(line.code, line.funded, line.amounts) for line in launches] == [("O1", 77, {"COM": 72, "DEP": 5})]
    assert Fraction(196 * 76, 3000) < 5 <= Fraction(196 * 77, 3000)
