"""K01: contributions cover exactly the funded part of the operation."""

import pytest

from allocator.solve.allocate import allocate
from tests.allocator.rules.tiny import (
    VALUE,
    budgets,
    columns,
    committed,
    eligibility,
    formulation,
    launched,
    limited,
    operation,
    rule,
    scenario,
    wanted,
)

BOTH = (eligibility("REG"), eligibility("DEP"))


def test_formulation() -> None:
    document = scenario(operations=(operation(receipts=200, latest_start=2027),), eligibilities=BOTH)
    assert formulation(document, "coverage") == [
        "coverage|OP|2026: -1000 share|OP|2026 +1 commit|OP|COM|2026 +1 commit|OP|DEP|2026 +1 commit|OP|REG|2026 = 0",
        "coverage|OP|2027: -1000 share|OP|2027 +1 commit|OP|COM|2027 +1 commit|OP|DEP|2027 +1 commit|OP|REG|2027 = 0",
    ]


def test_columns_of_an_operation_to_fund_entirely_or_in_part() -> None:
    whole = scenario(goals=(VALUE,), operations=(operation(receipts=200),))
    assert columns(whole) == ["share|OP|2026 <= 1 whole", "commit|OP|COM|2026 <= 1000", "commit|OP|REG|2026 <= 1000"]
    divisible = scenario(goals=(VALUE,), operations=(operation(divisible=True),), eligibilities=())
    assert columns(divisible) == ["share|OP|2026 <= 1", "commit|OP|COM|2026 <= 1200"]


def test_receipts_are_deducted_and_the_owner_needs_no_line() -> None:
    document = scenario(goals=(VALUE,), operations=(operation(receipts=200),), eligibilities=())
    assert committed(document) == {"OP|COM|2026": 1000}


def test_only_eligible_partners_bring_money() -> None:
    document = scenario(operations=(operation(), operation("B")), references=wanted("B", COM=0))
    assert [line.split(" ")[0] for line in columns(document) if line.startswith("commit|B")] == ["commit|B|COM|2026"]
    assert committed(document)["B|COM|2026"] == 1200


@pytest.mark.parametrize(("budget", "amount"), [(1199, 0), (1200, 1200), (1201, 1200)])
def test_a_whole_operation_is_covered_or_not_launched(budget: int, amount: int) -> None:
    document = scenario(
        goals=(VALUE,), eligibilities=(), partners=limited("COM"), budgets=budgets("COM", amounts=[budget, 0, 0])
    )
    assert committed(document) == ({"OP|COM|2026": amount} if amount else {})


@pytest.mark.parametrize(("budget", "amount"), [(0, 0), (1, 1), (1199, 1199), (1200, 1200), (1201, 1200)])
def test_a_divisible_operation_is_covered_as_far_as_money_goes(budget: int, amount: int) -> None:
    document = scenario(
        goals=(VALUE,), operations=(operation(divisible=True),), eligibilities=(),
        partners=limited("COM"), budgets=budgets("COM", amounts=[budget, 0, 0]),
    )  # fmt: skip
    assert launched(allocate(document)) == ({"OP|2026": amount} if amount else {})
    assert committed(document) == ({"OP|COM|2026": amount} if amount else {})


def test_the_cent_left_by_rounding_goes_to_the_owner() -> None:
    # REG and DEP bring a third of 1000 each, 333.33; the cent left is the owner's.
    thirds = [rule("rate_ceiling", code=f"R-{name}", partner=name, rate="1/3", base="cost") for name in ("REG", "DEP")]
    document = scenario(
        operations=(operation(cost_excl_vat=1000),), eligibilities=BOTH, rules=thirds,
        references=wanted(REG=500, DEP=500),
    )  # fmt: skip
    assert committed(document) == {"OP|COM|2026": 334, "OP|DEP|2026": 333, "OP|REG|2026": 333}


def test_the_cent_left_goes_to_another_partner_when_the_owner_has_no_budget() -> None:
    # COM may commit nothing and REG is limited to 333.33: DEP takes the 666.67 left, 667 cents.
    document = scenario(
        operations=(operation(cost_excl_vat=1000),),
        eligibilities=BOTH,
        partners=limited("COM"),
        budgets=budgets("COM", amounts=[0, 0, 0]),
        rules=(rule("rate_ceiling", partner="REG", rate="1/3", base="cost"),),
        references=wanted(REG=1000),
    )
    assert committed(document) == {"OP|DEP|2026": 667, "OP|REG|2026": 333}
