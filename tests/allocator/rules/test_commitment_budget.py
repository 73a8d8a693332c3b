"""K11: a partner commits no more each year than its authorisations."""

import pytest

from scenarios.document import Decommitment, Lock, Pool
from tests.allocator.rules.tiny import (
    EARLY,
    VALUE,
    budgets,
    committed,
    eligibility,
    formulation,
    limited,
    operation,
    partners,
    scenario,
    wanted,
)

BOTH = (eligibility("REG"), eligibility("DEP"))


def pool(*, carry_over: bool = False) -> Pool:
    return Pool(code="FONDS", label="FONDS", commitment_limited=True, payment_limited=False, carry_over=carry_over)


def test_formulation_by_year_of_start() -> None:
    document = scenario(
        operations=(operation("A", latest_start=2027), operation("B", earliest_start=2027, latest_start=2027)),
        eligibilities=(eligibility("REG", "A"), eligibility("REG", "B")),
        partners=limited("REG"), budgets=budgets("REG", amounts=[500, 600, 700]),
    )  # fmt: skip
    assert formulation(document, "commitment_budget") == [
        "commitment_budget|REG|2026: +1 commit|A|REG|2026 <= 500",
        "commitment_budget|REG|2027: +1 commit|A|REG|2027 +1 commit|B|REG|2027 <= 600",
        "commitment_budget|REG|2028:  <= 700",
    ]


def test_formulation_on_running_totals_with_carry_over() -> None:
    document = scenario(
        operations=(operation(latest_start=2027),),
        partners=partners(REG={"commitment_limited": True, "carry_over": True}),
        budgets=budgets("REG", amounts=[500, 600, 700]),
        decommitments=(Decommitment(holder="REG", year=2027, amount=9, reason="illustratif"),),
    )
    assert formulation(document, "commitment_budget") == [
        "commitment_budget|REG|2026: +1 commit|OP|REG|2026 <= 500",
        "commitment_budget|REG|2027: +1 commit|OP|REG|2026 +1 commit|OP|REG|2027 <= 1109",
        "commitment_budget|REG|2028: +1 commit|OP|REG|2026 +1 commit|OP|REG|2027 <= 1809",
    ]


def test_formulation_of_a_pool() -> None:
    document = scenario(
        eligibilities=(*BOTH, eligibility("ANRU")), pools=(pool(),), budgets=budgets("FONDS", amounts=[500, 0, 0]),
        partners=partners(REG={"pool": "FONDS"}, DEP={"pool": "FONDS"}),
    )  # fmt: skip
    assert formulation(document, "commitment_budget") == [
        "commitment_budget|FONDS|2026: +1 commit|OP|DEP|2026 +1 commit|OP|REG|2026 <= 500",
        "commitment_budget|FONDS|2027:  <= 0",
        "commitment_budget|FONDS|2028:  <= 0",
    ]


def test_formulation_of_several_purses_that_share_partners() -> None:
    document = scenario(
        eligibilities=BOTH, pools=(pool(),), last_year=2027,
        partners=partners(
            REG={"pool": "FONDS", "commitment_limited": True}, DEP={"pool": "FONDS"}, COM={"commitment_limited": True}
        ),
        budgets=[
            *budgets("REG", amounts=[5, 6]), *budgets("FONDS", amounts=[3, 4]), *budgets("COM", amounts=[1, 2]),
        ],
    )  # fmt: skip
    assert formulation(document, "commitment_budget") == [
        "commitment_budget|COM|2026: +1 commit|OP|COM|2026 <= 1",
        "commitment_budget|COM|2027:  <= 2",
        "commitment_budget|FONDS|2026: +1 commit|OP|DEP|2026 +1 commit|OP|REG|2026 <= 3",
        "commitment_budget|FONDS|2027:  <= 4",
        "commitment_budget|REG|2026: +1 commit|OP|REG|2026 <= 5",
        "commitment_budget|REG|2027:  <= 6",
    ]


@pytest.mark.parametrize(("budget", "brought"), [(0, 0), (599, 599), (600, 600), (601, 600)])
def test_below_at_and_above_the_budget(budget: int, brought: int) -> None:
    document = scenario(
        references=wanted(REG=600, COM=600),
        partners=limited("REG"),
        budgets=budgets("REG", amounts=[budget, 9999, 9999]),
    )
    expected = {"OP|COM|2026": 1200 - brought, "OP|REG|2026": brought}
    assert committed(document) == {cell: amount for cell, amount in expected.items() if amount}


@pytest.mark.parametrize(
    ("carry_over", "amounts", "is_launched"),
    [
        (False, [500, 1199, 0], False),
        (False, [0, 1200, 0], True),
        (True, [500, 699, 0], False),
        (True, [500, 700, 0], True),
        (True, [1200, 0, 0], True),
        (True, [0, 1199, 9999], False),
    ],
)
def test_what_is_left_of_a_year_serves_the_next_ones_only_with_carry_over(
    carry_over: bool, amounts: list[int], is_launched: bool
) -> None:
    document = scenario(
        goals=(VALUE,), operations=(operation(earliest_start=2027, latest_start=2027),), eligibilities=(),
        partners=partners(COM={"commitment_limited": True, "carry_over": carry_over}),
        budgets=budgets("COM", amounts=amounts),
    )  # fmt: skip
    assert committed(document) == ({"OP|COM|2027": 1200} if is_launched else {})


def test_a_year_spent_is_not_spent_twice() -> None:
    # 1200 in 2026 may serve either operation, not both.
    operations = (operation("A"), operation("B", earliest_start=2027, latest_start=2027, value=11))
    document = scenario(
        goals=(VALUE,), operations=operations, eligibilities=(), budgets=budgets("COM", amounts=[1200, 0, 0]),
        partners=partners(COM={"commitment_limited": True, "carry_over": True}),
    )  # fmt: skip
    assert committed(document) == {"B|COM|2027": 1200}


@pytest.mark.parametrize(("back", "is_launched"), [(199, False), (200, True), (201, True)])
def test_credits_that_come_back_are_spent_again(back: int, is_launched: bool) -> None:
    document = scenario(
        goals=(VALUE,), eligibilities=(), partners=limited("COM"), budgets=budgets("COM", amounts=[1000, 0, 0]),
        decommitments=(Decommitment(holder="COM", year=2026, amount=back, reason="illustratif"),),
    )  # fmt: skip
    assert committed(document) == ({"OP|COM|2026": 1200} if is_launched else {})


@pytest.mark.parametrize(("fund", "region"), [(100, 0), (699, 599), (700, 600), (701, 600)])
def test_a_pool_and_a_partner_limit_each_other(fund: int, region: int) -> None:
    # DEP takes 100 of the pool; REG takes the rest of it, and has 600 of its own at most.
    promise = Lock(operation="OP", partner="DEP", sense="exactly", amount=100, author="Comité", reason="illustratif")
    document = scenario(
        eligibilities=BOTH, pools=(pool(),), locks=(promise,), references=wanted(REG=1100, DEP=100),
        partners=partners(REG={"pool": "FONDS", "commitment_limited": True}, DEP={"pool": "FONDS"}),
        budgets=(*budgets("FONDS", amounts=[fund, 0, 0]), *budgets("REG", amounts=[600, 0, 0])),
    )  # fmt: skip
    expected = {"OP|COM|2026": 1100 - region, "OP|DEP|2026": 100, "OP|REG|2026": region}
    assert committed(document) == {cell: amount for cell, amount in expected.items() if amount}


def test_the_earliest_year_is_used_first_when_waiting_costs() -> None:
    document = scenario(
        goals=(VALUE, EARLY), operations=(operation(latest_start=2028, divisible=True),), eligibilities=(),
        partners=limited("COM"), budgets=budgets("COM", amounts=[500, 600, 700]),
    )  # fmt: skip
    assert committed(document) == {"OP|COM|2026": 500, "OP|COM|2027": 600, "OP|COM|2028": 100}
