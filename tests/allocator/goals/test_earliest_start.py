"""Start as early as possible: the fewest cents waiting, times years."""

from fractions import Fraction
from typing import Any

import pytest

from tests.allocator.rules.tiny import (
    COST,
    EARLY,
    VALUE,
    budgets,
    checked_allocation,
    committed,
    limited,
    objective,
    operation,
    scenario,
)


def owner_budget(*amounts: int) -> dict[str, Any]:
    return {"eligibilities": (), "partners": limited("COM"), "budgets": budgets("COM", amounts=amounts)}


def test_objective_counts_cents_by_years_of_waiting() -> None:
    operations = (
        operation(latest_start=2028, receipts=200),
        operation("B", earliest_start=2027, latest_start=2028),
        operation("C", earliest_start=2028, latest_start=2028),
    )
    document = scenario(goals=(EARLY,), operations=operations)
    assert objective(document) == "minimise +1200 share|B|2028 +1000 share|OP|2027 +2000 share|OP|2028"


def test_objective_is_empty_when_nothing_can_wait() -> None:
    document = scenario(goals=(EARLY,))
    assert objective(document) == "minimise "
    assert checked_allocation(document).goals[0].value == 0


def test_as_early_as_money_allows() -> None:
    document = scenario(
        goals=(VALUE, EARLY), operations=(operation(latest_start=2028, divisible=True),), **owner_budget(500, 600, 700)
    )
    assert committed(document) == {"OP|COM|2026": 500, "OP|COM|2027": 600, "OP|COM|2028": 100}
    assert checked_allocation(document).goals[1].value == Fraction(600 * 1 + 100 * 2)


def test_the_dearest_operation_starts_first() -> None:
    # One of the two waits a year: 700 cent-years for A, 1200 for B.
    operations = (operation("A", latest_start=2027, cost_excl_vat=700), operation("B", latest_start=2027))
    document = scenario(goals=(VALUE, EARLY), operations=operations, **owner_budget(1200, 700, 0))
    assert committed(document) == {"A|COM|2027": 700, "B|COM|2026": 1200}


def test_waiting_is_counted_from_the_first_year_of_the_operation() -> None:
    # In 2027 there is money for one: A has waited since 2026 already, B may only start then.
    operations = (
        operation("A", latest_start=2028, cost_excl_vat=700),
        operation("B", earliest_start=2027, latest_start=2028, cost_excl_vat=600),
    )
    document = scenario(goals=(VALUE, EARLY), operations=operations, **owner_budget(0, 700, 700))
    # A in 2027 and B in 2028 wait 700 + 600; A in 2028 and B in 2027 wait 1400 + 0.
    assert committed(document) == {"A|COM|2027": 700, "B|COM|2028": 600}


@pytest.mark.parametrize(("goals", "funded"), [((COST, EARLY), 1200), ((EARLY, COST), 500)])
def test_the_order_of_goals_decides(goals: tuple[Any, ...], funded: int) -> None:
    document = scenario(
        goals=goals, operations=(operation(latest_start=2027, divisible=True),), **owner_budget(500, 9999, 0)
    )
    assert sum(committed(document).values()) == funded
