"""A partner brings to an operation nothing, or at least its ticket."""

from typing import Any

import pytest

from tests.allocator.rules.tiny import (
    VALUE,
    budgets,
    committed,
    derogation,
    eligibility,
    formulation,
    limited,
    operation,
    plan_line,
    rule,
    scenario,
    wanted,
)

TICKET = rule("minimum_ticket", partner="REG", amount=400)
OPTIONAL = (eligibility("REG", presence="optional"),)


def test_formulation() -> None:
    document = scenario(operations=(operation(latest_start=2027),), eligibilities=OPTIONAL, rules=(TICKET,))
    assert formulation(document, "minimum_ticket", "minimum_ticket_required") == [
        "minimum_ticket|R|OP|REG: -1 commit|OP|REG|2026 -1 commit|OP|REG|2027 +400 brings|OP|REG <= 0",
    ]
    document = scenario(operations=(operation(latest_start=2027),), rules=(TICKET,))
    assert formulation(document, "minimum_ticket_required") == [
        "minimum_ticket_required|R|OP|REG: +1 share|OP|2026 +1 share|OP|2027 -1 brings|OP|REG <= 0",
    ]


@pytest.mark.parametrize(
    ("wish", "brought"), [(1, 0), (199, 0), (201, 400), (399, 400), (400, 400), (401, 401), (1200, 1200)]
)
def test_nothing_or_the_ticket(wish: int, brought: int) -> None:
    document = scenario(eligibilities=OPTIONAL, rules=(TICKET,), references=wanted(REG=wish, COM=1200 - wish))
    expected = {"OP|COM|2026": 1200 - brought, "OP|REG|2026": brought}
    assert committed(document) == {name: amount for name, amount in expected.items() if amount}


@pytest.mark.parametrize(("budget", "is_launched"), [(399, False), (400, True), (401, True)])
@pytest.mark.parametrize("presence", ["required", "optional"])
def test_a_partner_that_cannot_bear_its_ticket(budget: int, is_launched: bool, presence: str) -> None:
    document = scenario(
        eligibilities=(eligibility("REG", presence=presence),), rules=(TICKET,), partners=limited("REG"),
        budgets=budgets("REG", amounts=[budget, 0, 0]), references=wanted(REG=400, COM=800),
    )  # fmt: skip
    if is_launched:
        assert committed(document) == {"OP|COM|2026": 800, "OP|REG|2026": 400}
    else:
        assert committed(document) == ({} if presence == "required" else {"OP|COM|2026": 1200})


@pytest.mark.parametrize(("budget", "expected"), [(399, {}), (400, {"OP|COM|2026": 100, "OP|REG|2026": 400})])
def test_the_ticket_is_not_reduced_with_the_part_launched(budget: int, expected: dict[str, int]) -> None:
    document = scenario(
        goals=(VALUE,), operations=(operation(divisible=True),), rules=(TICKET,), partners=limited("REG", "COM"),
        budgets=[*budgets("REG", amounts=[budget, 0, 0]), *budgets("COM", amounts=[100, 0, 0])],
    )  # fmt: skip
    assert committed(document) == expected


@pytest.mark.parametrize(("second", "brought"), [(199, 0), (200, 400), (201, 401)])
def test_two_years_add_up(second: int, brought: int) -> None:
    document = scenario(
        goals=(VALUE,), operations=(operation(divisible=True, latest_start=2027),), eligibilities=OPTIONAL,
        rules=(TICKET,), partners=limited("REG", "COM"),
        budgets=[*budgets("REG", amounts=[200, second, 0]), *budgets("COM", amounts=[0, 0, 0])],
    )  # fmt: skip
    assert sum(committed(document).values()) == brought


@pytest.mark.parametrize(("amount", "launched"), [(499, True), (500, True), (501, False)])
def test_a_fixed_plan_below_the_ticket_is_not_launched(amount: int, launched: bool) -> None:
    document = scenario(
        goals=(VALUE,), operations=(operation(profile=None),), eligibilities=(),
        rules=(rule("minimum_ticket", partner="REG", amount=amount),),
        plans=(plan_line("REG", 2026, 500), plan_line("COM", 2026, 700)),
    )  # fmt: skip
    assert committed(document) == ({"OP|COM|2026": 700, "OP|REG|2026": 500} if launched else {})


def test_the_owner_takes_part_in_all_that_is_launched() -> None:
    document = scenario(rules=(rule("minimum_ticket", partner="COM", amount=300),), references=wanted(REG=1200))
    assert committed(document) == {"OP|COM|2026": 300, "OP|REG|2026": 900}


@pytest.mark.parametrize(
    "tables",
    [
        {"derogations": (derogation(operation="OP"),)},
        {"rules": (rule("minimum_ticket", partner="REG", amount=400, natures=("DEM",)),)},
    ],
)
def test_filters_and_derogations(tables: dict[str, Any]) -> None:
    fields = {"rules": (TICKET,), "references": wanted(REG=100, COM=1100), **tables}
    document = scenario(operations=(operation(), operation("B", nature="DEM")), **fields)
    assert committed(document)["OP|REG|2026"] == 100


@pytest.mark.parametrize(("budget", "expected"), [(799, {}), (800, {"OP|COM|2026": 800, "OP|REG|2026": 400})])
def test_a_ticket_that_the_rate_reaches_at_one_cent(budget: int, expected: dict[str, int]) -> None:
    # At a third of what is funded, the région reaches 400 cents when the owner brings 800.
    document = scenario(
        goals=(VALUE,), operations=(operation(divisible=True, cost_excl_vat=1201),),
        rules=(TICKET, rule("rate_ceiling", code="T", partner="REG", rate="1/3", base="cost")),
        partners=limited("COM"), budgets=budgets("COM", amounts=[budget, 0, 0]),
    )  # fmt: skip
    assert committed(document) == expected
