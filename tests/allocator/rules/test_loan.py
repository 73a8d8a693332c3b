"""K01: loans finance the owner's share and are never added to grants."""

import pytest

from scenarios.document import Loan
from tests.allocator.rules.tiny import (
    VALUE,
    budgets,
    committed,
    formulation,
    limited,
    operation,
    plan_line,
    scenario,
    wanted,
)


def loans(*amounts: int, code: str = "OP") -> tuple[Loan, ...]:
    return tuple(Loan(operation=code, partner="ANRU", amount=amount, label="illustratif") for amount in amounts)


def test_formulation_sums_the_loans_of_an_operation() -> None:
    document = scenario(operations=(operation(latest_start=2027), operation("B")), loans=loans(200, 300))
    assert formulation(document, "loan") == [
        "loan|OP|2026: +500 share|OP|2026 -1 commit|OP|COM|2026 <= 0",
        "loan|OP|2027: +500 share|OP|2027 -1 commit|OP|COM|2027 <= 0",
    ]


def test_formulation_of_a_fixed_plan_without_the_owner() -> None:
    document = scenario(
        operations=(operation(profile=None),), eligibilities=(), plans=(plan_line("REG", 2026, 1200),), loans=loans(1)
    )
    assert formulation(document, "loan") == ["loan|OP|2026: +1 share|OP|2026 <= 0"]


def test_a_loan_of_nothing_asks_nothing() -> None:
    assert formulation(scenario(loans=loans(0)), "loan") == []


@pytest.mark.parametrize(("wish", "own"), [(0, 500), (499, 500), (500, 500), (501, 501)])
def test_the_owner_brings_at_least_what_it_borrows(wish: int, own: int) -> None:
    document = scenario(loans=loans(200, 300), references=wanted(COM=wish, REG=1200 - wish))
    assert committed(document) == {"OP|COM|2026": own, "OP|REG|2026": 1200 - own}


@pytest.mark.parametrize(("budget", "is_launched"), [(499, False), (500, True), (501, True)])
def test_an_owner_without_the_money_it_borrows(budget: int, is_launched: bool) -> None:
    document = scenario(
        loans=loans(500), references=wanted(REG=1200), partners=limited("COM"),
        budgets=budgets("COM", amounts=[budget, 0, 0]),
    )  # fmt: skip
    assert committed(document) == ({"OP|COM|2026": 500, "OP|REG|2026": 700} if is_launched else {})


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        (0, {}),
        (100, {"OP|COM|2026": 100, "OP|REG|2026": 140}),
        # 101 of 500 carry 242.4 of 1200: 242 are launched, of which the loans finance 100.83.
        (101, {"OP|COM|2026": 101, "OP|REG|2026": 141}),
    ],
)
def test_a_part_takes_its_part_of_the_loans(budget: int, expected: dict[str, int]) -> None:
    document = scenario(
        goals=(VALUE,), operations=(operation(divisible=True),), loans=loans(500), partners=limited("COM"),
        budgets=budgets("COM", amounts=[budget, 0, 0]),
    )  # fmt: skip
    assert committed(document) == expected


@pytest.mark.parametrize(("own", "is_launched"), [(499, False), (500, True), (501, True)])
def test_a_fixed_plan_leaves_room_for_the_loans_or_is_not_launched(own: int, is_launched: bool) -> None:
    document = scenario(
        goals=(VALUE,), operations=(operation(profile=None, divisible=True),), eligibilities=(), loans=loans(500),
        plans=(plan_line("COM", 2026, own), plan_line("REG", 2026, 1200 - own)),
    )  # fmt: skip
    assert committed(document) == ({"OP|COM|2026": own, "OP|REG|2026": 1200 - own} if is_launched else {})
