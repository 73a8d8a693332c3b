"""Fund as much of the cost as possible."""

from fractions import Fraction
from typing import Any

import pytest

from tests.allocator.rules.tiny import (
    CLOSE,
    COST,
    budgets,
    checked_allocation,
    committed,
    limited,
    objective,
    operation,
    scenario,
    wanted,
)


def owner_budget(*amounts: int) -> dict[str, Any]:
    return {"eligibilities": (), "partners": limited("COM"), "budgets": budgets("COM", amounts=amounts)}


def test_objective_counts_the_cost_less_receipts() -> None:
    document = scenario(
        goals=(COST,), operations=(operation(receipts=200, latest_start=2027), operation("B", cost_excl_vat=7))
    )
    assert objective(document) == "maximise +7 share|B|2026 +1000 share|OP|2026 +1000 share|OP|2027"


def test_the_most_money_is_spent_whatever_the_points() -> None:
    operations = (
        operation("A", cost_excl_vat=700, value=1),
        operation("B", cost_excl_vat=600, value=99),
        operation("C", cost_excl_vat=500, value=1),
    )
    document = scenario(goals=(COST,), operations=operations, **owner_budget(1200, 0, 0))
    assert committed(document) == {"A|COM|2026": 700, "C|COM|2026": 500}
    assert checked_allocation(document).goals[0].value == Fraction(1200)


@pytest.mark.parametrize(("budget", "chosen"), [(1299, {"B"}), (1300, {"A"}), (1301, {"A"})])
def test_below_at_and_above_the_cost_of_the_dearest(budget: int, chosen: set[str]) -> None:
    operations = (operation("A", cost_excl_vat=1300, value=0), operation("B", cost_excl_vat=1200))
    document = scenario(goals=(COST,), operations=operations, **owner_budget(budget, 0, 0))
    assert {cell.split("|")[0] for cell in committed(document)} == chosen


@pytest.mark.parametrize(("goals", "funded"), [((COST, CLOSE), 1200), ((CLOSE, COST), 600)])
def test_the_order_of_goals_decides(goals: tuple[Any, ...], funded: int) -> None:
    # REG is wished at half of each operation and can give 300: more than 600 goes away from the wish.
    document = scenario(
        goals=goals, operations=(operation(divisible=True),), partners=limited("REG"),
        budgets=budgets("REG", amounts=[300, 0, 0]), references=wanted(REG=600, COM=600),
    )  # fmt: skip
    assert sum(committed(document).values()) == funded


@pytest.mark.parametrize("cents", [10**5, 10**7, 10**9, 10**11])
@pytest.mark.parametrize("dearer", ["A", "B"])
def test_one_cent_more_decides_whatever_the_cost(cents: int, dearer: str) -> None:
    """A thousand euros, a hundred thousand, ten millions, a billion: one of two operations, the dearer by a cent."""
    operations = [operation(code, cost_excl_vat=cents + (code == dearer)) for code in "AB"]
    document = scenario(goals=(COST,), operations=operations, **owner_budget(cents + 1, 0, 0))
    assert committed(document) == {f"{dearer}|COM|2026": cents + 1}
