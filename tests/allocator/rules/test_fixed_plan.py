"""When the financing plan of an operation is fixed, only the part that is launched is decided."""

from typing import Any

import pytest

from tests.allocator.rules.tiny import (
    COST,
    VALUE,
    budgets,
    columns,
    committed,
    eligibility,
    formulation,
    limited,
    operation,
    paid,
    partners,
    plan_line,
    scenario,
)

PLAN = (plan_line("REG", 2026, 300), plan_line("REG", 2027, 400), plan_line("DEP", 2027, 500))


def planned(**tables: Any) -> Any:
    """Build OP with the plan above: REG 700, DEP 500, the owner nothing."""
    fields = {"goals": (VALUE,), "operations": (operation(profile=None, divisible=True),), "plans": PLAN}
    return scenario(**{**fields, "eligibilities": (), **tables})


def test_formulation_has_the_partners_of_the_plan_only() -> None:
    document = planned(
        operations=(operation(profile=None), operation("B")), eligibilities=(eligibility("REG", "B"),), goals=(VALUE,)
    )
    assert formulation(document, "fixed_plan") == [
        "fixed_plan|OP|DEP|2026: -500 share|OP|2026 +1 commit|OP|DEP|2026 = 0",
        "fixed_plan|OP|REG|2026: -700 share|OP|2026 +1 commit|OP|REG|2026 = 0",
    ]
    assert columns(document) == [
        "share|B|2026 <= 1 whole",
        "share|OP|2026 <= 1 whole",
        "commit|B|COM|2026 <= 1200",
        "commit|B|REG|2026 <= 1200",
        "commit|OP|DEP|2026 <= 1200",
        "commit|OP|REG|2026 <= 1200",
    ]


def test_a_launched_operation_is_paid_as_planned() -> None:
    document = planned(operations=(operation(profile=None),))
    assert committed(document) == {"OP|DEP|2026": 500, "OP|REG|2026": 700}
    assert paid(document) == {"OP|DEP|2027": 500, "OP|REG|2026": 300, "OP|REG|2027": 400}


@pytest.mark.parametrize("divisible", [True, False])
@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        (350, {"OP|DEP|2026": 250, "OP|REG|2026": 350}),
        # 351 of 700 carry 601.71 of 1200: 601 cents, of which REG owes 350.58 and DEP 250.42.
        (351, {"OP|DEP|2026": 250, "OP|REG|2026": 351}),
        (699, {"OP|DEP|2026": 499, "OP|REG|2026": 699}),
        (700, {"OP|DEP|2026": 500, "OP|REG|2026": 700}),
        (701, {"OP|DEP|2026": 500, "OP|REG|2026": 700}),
    ],
)
def test_in_whole_or_in_part_within_a_budget(budget: int, divisible: bool, expected: dict[str, int]) -> None:
    document = planned(
        operations=(operation(profile=None, divisible=divisible),), partners=limited("REG"),
        budgets=budgets("REG", amounts=[budget, 0, 0]),
    )  # fmt: skip
    assert committed(document) == (expected if divisible or budget >= 700 else {})


def test_a_part_is_paid_at_the_rhythm_of_the_plan_to_the_cent() -> None:
    # z = 601 / 1200: REG owes 150.25 in 2026 and 200.33 in 2027, 351 in all.
    document = planned(partners=limited("REG"), budgets=budgets("REG", amounts=[351, 0, 0]))
    assert paid(document) == {"OP|DEP|2027": 250, "OP|REG|2026": 150, "OP|REG|2027": 201}


@pytest.mark.parametrize(
    ("column", "amounts", "region"),
    [
        # Everything is committed the year the operation starts, and paid the years the plan says.
        ("commitment", [699, 9999, 9999], 0),
        ("commitment", [700, 0, 0], 700),
        ("payment", [299, 400, 0], 0),
        ("payment", [300, 399, 0], 0),
        ("payment", [300, 400, 0], 700),
    ],
)
def test_commitments_and_payments_of_a_whole_plan_meet_the_budgets(
    column: str, amounts: list[int], region: int
) -> None:
    document = planned(
        operations=(operation(profile=None),), partners=partners(REG={f"{column}_limited": True}),
        budgets=budgets("REG", column, amounts=amounts),
    )  # fmt: skip
    assert committed(document).get("OP|REG|2026", 0) == region


def test_payments_in_part_meet_the_payment_budget() -> None:
    # 150 cents of payments in 2026 carry half of the operation.
    document = planned(
        partners=partners(REG={"payment_limited": True}), budgets=budgets("REG", "payment", amounts=[150, 400, 0])
    )
    assert paid(document) == {"OP|DEP|2027": 250, "OP|REG|2026": 150, "OP|REG|2027": 200}


def test_operations_with_plans_compete_for_one_budget() -> None:
    # REG bears 1000: 700 for OP (10 points), or 600 and 400 for the other two (6 and 5 points).
    operations = (
        operation(profile=None, value=10),
        operation("A", profile=None, value=6, cost_excl_vat=600),
        operation("B", profile=None, value=5, cost_excl_vat=400),
    )
    lines = (*PLAN, plan_line("REG", 2026, 600, "A"), plan_line("REG", 2028, 400, "B"))
    document = planned(
        operations=operations, plans=lines, goals=(VALUE, COST), partners=limited("REG"),
        budgets=budgets("REG", amounts=[1000, 0, 0]),
    )  # fmt: skip
    assert committed(document) == {"A|REG|2026": 600, "B|REG|2026": 400}


def test_the_owner_may_have_a_line() -> None:
    document = planned(plans=(plan_line("COM", 2026, 1199), plan_line("REG", 2028, 1)))
    assert committed(document) == {"OP|COM|2026": 1199, "OP|REG|2026": 1}
    assert paid(document) == {"OP|COM|2026": 1199, "OP|REG|2028": 1}
