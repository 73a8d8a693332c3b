"""Smooth payments: differences from one year to the next, by partner."""

from scenarios.document import Goal, GoalKind
from tests.allocator.rules.tiny import COST, checked_allocation, operation, paid, plan_line, scenario

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
