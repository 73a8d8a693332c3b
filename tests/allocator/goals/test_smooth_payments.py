"""Smooth payments: differences from one year to the next, by partner."""

from dataclasses import replace
from fractions import Fraction

from allocator.check import verify
from scenarios.document import Goal, GoalKind
from tests.allocator.rules.tiny import COST, checked_allocation, operation, paid, partners, plan_line, scenario

SMOOTH = Goal(kind=GoalKind.SMOOTH_PAYMENTS)


def test_starts_are_spread_over_the_years() -> None:
    """One operation that may start in any of three years is paid by thirds, and no payment ever changes."""
    document = scenario(
        goals=(COST, SMOOTH), operations=(operation(divisible=True, latest_start=2028),), eligibilities=()
    )
    assert paid(document) == {"OP|COM|2026": 400, "OP|COM|2027": 400, "OP|COM|2028": 400}
    assert checked_allocation(document).goals[1].value == 0


def test_a_whole_payment_counts_when_it_comes_and_when_it_goes() -> None:
    middle = operation(earliest_start=2027, latest_start=2027)
    document = scenario(goals=(COST, SMOOTH), operations=(middle,), eligibilities=())
    assert checked_allocation(document).goals[1].value == 2400


def test_fixed_plans_pay_as_they_say() -> None:
    """COM pays 300, 900, 0 by its plan: 600 more, then 900 less."""
    planned = operation(profile=None)
    document = scenario(
        goals=(COST, SMOOTH), operations=(planned,), eligibilities=(),
        plans=(plan_line("COM", 2026, 300), plan_line("COM", 2027, 900)),
    )  # fmt: skip
    assert checked_allocation(document).goals[1].value == 1500


def test_free_payments_are_spread_evenly() -> None:
    """Paid freely, 1 200 cents launched in 2026 make 400 a year; the profile would have paid them at once."""
    document = scenario(goals=(COST, SMOOTH), partners=partners(COM={"payments": "free"}), eligibilities=())
    assert paid(document) == {"OP|COM|2026": 400, "OP|COM|2027": 400, "OP|COM|2028": 400}
    assert checked_allocation(document).goals[1].value == 0


def test_a_value_away_from_free_payments_is_refused() -> None:
    """Rounding explains 200 cents for each of the three payments and for the one commitment, no more."""
    document = scenario(goals=(COST, SMOOTH), partners=partners(COM={"payments": "free"}), eligibilities=())
    plan = checked_allocation(document)
    for value, kept in ((800, True), (801, False)):
        goals = (plan.goals[0], replace(plan.goals[1], value=Fraction(value), proven=None))
        assert (verify(document, replace(plan, goals=goals)) == ()) is kept
