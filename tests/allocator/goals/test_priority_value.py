"""Fund first what the committee judges to matter most."""

from fractions import Fraction
from typing import Any

import pytest

from tests.allocator.rules.tiny import (
    COST,
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


def test_objective_counts_points_in_every_start_year() -> None:
    document = scenario(
        goals=(VALUE,), operations=(operation("B", value=0), operation(latest_start=2027), operation("C", value=7))
    )
    assert objective(document) == (
        "maximise +0 share|B|2026 +7 share|C|2026 +10 share|OP|2026 +10 share|OP|2027"
    )  # fmt: skip


@pytest.mark.parametrize(("points", "chosen"), [(9, "B"), (11, "A")])
def test_more_points_come_first(points: int, chosen: str) -> None:
    operations = (operation("A", value=points), operation("B", value=10))
    document = scenario(goals=(VALUE,), operations=operations, **owner_budget(1200, 0, 0))
    assert committed(document) == {f"{chosen}|COM|2026": 1200}


def test_parts_are_funded_by_points_per_cent() -> None:
    # B gives a point per 100 cents, A one per 120: B entirely, then a third of A.
    operations = (operation("A", value=10, divisible=True), operation("B", cost_excl_vat=600, value=6, divisible=True))
    allocation = checked_allocation(scenario(goals=(VALUE,), operations=operations, **owner_budget(1000, 0, 0)))
    assert {line.operation: line.funded for line in allocation.launches} == {"A": 400, "B": 600}
    (reached,) = allocation.goals
    assert reached.value == Fraction(28, 3)
    assert reached.proven is not None
    assert 0 <= reached.proven - reached.value < Fraction(1, 10**9)


def test_the_value_is_announced_before_cents() -> None:
    # 1000 of 1201 cents: 10000/1201 points, with nothing to round.
    document = scenario(
        goals=(VALUE,), operations=(operation(cost_excl_vat=1201, divisible=True),), **owner_budget(1000, 0, 0)
    )
    assert checked_allocation(document).goals[0].value == Fraction(10000, 1201)


@pytest.mark.parametrize(
    ("goals", "chosen"),
    [
        ((VALUE, COST), {"B", "C"}),
        ((COST, VALUE), {"A"}),
    ],
)
def test_the_order_of_goals_decides(goals: tuple[Any, ...], chosen: set[str]) -> None:
    # A funds 1300 cents and earns 5 points; B and C fund 1200 and earn 8.
    operations = (
        operation("A", cost_excl_vat=1300, value=5),
        operation("B", cost_excl_vat=600, value=4),
        operation("C", cost_excl_vat=600, value=4),
    )
    document = scenario(goals=goals, operations=operations, **owner_budget(1300, 0, 0))
    assert {cell.split("|")[0] for cell in committed(document)} == chosen


def test_points_on_nothing_still_leave_the_rest_to_the_next_goals() -> None:
    operations = (operation("A", value=0, cost_excl_vat=700), operation("B", value=0, cost_excl_vat=800))
    document = scenario(goals=(VALUE, COST), operations=operations, **owner_budget(1000, 0, 0))
    assert committed(document) == {"B|COM|2026": 800}


@pytest.mark.parametrize("greatest", [10**6, 999_999_999])
def test_one_point_counts_beside_the_greatest_value(greatest: int) -> None:
    # TOP is always funded; LOW earns one point and ZERO none, for the same money.
    operations = (
        operation("TOP", value=greatest, divisible=True),
        operation("LOW", value=1, divisible=True),
        operation("ZERO", value=0, divisible=True),
    )
    document = scenario(goals=(VALUE,), operations=operations, **owner_budget(2400, 0, 0))
    assert committed(document) == {"TOP|COM|2026": 1200, "LOW|COM|2026": 1200}
