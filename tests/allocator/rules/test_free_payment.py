"""REG pays freely: halves in 2026 and 2027 are what the operations would ask; 2028 is the last year of the horizon."""

from typing import Any

import pytest

from allocator.solve.infeasible import InfeasibleScenarioError
from scenarios.document import Lock, Pool, Scenario

from .tiny import (
    COST,
    VALUE,
    budgets,
    checked_allocation,
    columns,
    committed,
    eligibility,
    formulation,
    operation,
    paid,
    partners,
    plan_line,
    rule,
    scenario,
    wanted,
)

FREE = {"payment_limited": True, "payments": "free"}


def one(amounts: tuple[int, int, int], wish: int = 1000, **tables: Any) -> Scenario:
    fields = {
        "partners": partners(REG=FREE),
        "operations": (operation(profile="HALVES"),),
        "budgets": budgets("REG", "payment", amounts=amounts),
        "references": wanted(REG=wish, COM=1200 - wish),
    }
    return scenario(**{**fields, **tables})


def region(document: Scenario) -> list[int]:
    """Give what REG pays for OP each year."""
    found = paid(document)
    return [found.get(f"OP|REG|{year}", 0) for year in document.years]


def test_formulation() -> None:
    document = one((500, 500, 500), operations=(operation(profile="THIRDS", latest_start=2027),), goals=())
    assert formulation(document, "free_payment", "beyond_profile", "payment_budget") == [
        "payment_budget|REG|2026: +6 pay|OP|REG|2026|2026 <= 3000",
        "payment_budget|REG|2027: +6 pay|OP|REG|2026|2027 +6 pay|OP|REG|2027|2027 <= 3000",
        "payment_budget|REG|2028: +6 pay|OP|REG|2026|2028 +6 pay|OP|REG|2027|2028 <= 3000",
        (
            "free_payment|OP|REG|2026: -1 commit|OP|REG|2026 +1 pay|OP|REG|2026|2026 +1 pay|OP|REG|2026|2027 "
            "+1 pay|OP|REG|2026|2028 = 0"
        ),
        "free_payment|OP|REG|2027: -1 commit|OP|REG|2027 +1 pay|OP|REG|2027|2027 +1 pay|OP|REG|2027|2028 = 0",
        (
            "beyond_profile|OP|REG|2026|2026: -1 commit|OP|REG|2026 +3 pay|OP|REG|2026|2026 -3 beyond|OP|REG|2026|2026 "
            "<= 0"
        ),
        (
            "beyond_profile|OP|REG|2026|2027: -2 commit|OP|REG|2026 +3 pay|OP|REG|2026|2027 -3 beyond|OP|REG|2026|2027 "
            "<= 0"
        ),
        (
            "beyond_profile|OP|REG|2027|2027: -1 commit|OP|REG|2027 +3 pay|OP|REG|2027|2027 -3 beyond|OP|REG|2027|2027 "
            "<= 0"
        ),
        (
            "beyond_profile|OP|REG|2027|2028: -2 commit|OP|REG|2027 +3 pay|OP|REG|2027|2028 -3 beyond|OP|REG|2027|2028 "
            "<= 0"
        ),
    ]
    assert columns(document)[6:] == [
        "pay|OP|REG|2026|2026 <= 1200",
        "pay|OP|REG|2026|2027 <= 1200",
        "pay|OP|REG|2026|2028 <= 1200",
        "pay|OP|REG|2027|2027 <= 1200",
        "pay|OP|REG|2027|2028 <= 1200",
        "beyond|OP|REG|2026|2026 <= 1200",
        "beyond|OP|REG|2026|2027 <= 1200",
        "beyond|OP|REG|2027|2027 <= 1200",
        "beyond|OP|REG|2027|2028 <= 1200",
    ]


def test_no_column_without_a_free_partner() -> None:
    document = one((500, 500, 500), partners=partners(REG={"payment_limited": True}))
    assert not [name for name in columns(document) if name.startswith(("pay|", "beyond|"))]
    assert formulation(document, "free_payment", "beyond_profile") == []


@pytest.mark.parametrize(
    ("first", "expected"), [(501, [500, 500, 0]), (500, [500, 500, 0]), (499, [499, 500, 1]), (0, [0, 500, 500])]
)
def test_the_profile_is_followed_until_a_budget_is_below_it(first: int, expected: list[int]) -> None:
    assert region(one((first, 500, 500))) == expected


@pytest.mark.parametrize(("last", "brought"), [(201, 1000), (200, 1000), (199, 999)])
def test_below_at_and_above_the_sum_of_the_budgets(last: int, brought: int) -> None:
    document = one((300, 500, last))
    assert committed(document) == {"OP|COM|2026": 1200 - brought, "OP|REG|2026": brought}
    assert region(document) == [300, 500, brought - 800]


def test_what_the_profile_forbids_free_payments_allow() -> None:
    follows = one((300, 500, 400), partners=partners(REG={"payment_limited": True}))
    assert committed(follows)["OP|REG|2026"] == 600
    assert committed(one((300, 500, 400)))["OP|REG|2026"] == 1000


def test_nothing_is_paid_before_the_launch() -> None:
    document = one((1000, 400, 400), operations=(operation(profile="HALVES", earliest_start=2027, latest_start=2027),))
    assert region(document) == [0, 400, 400]


def test_carry_over() -> None:
    # 2026 leaves 100 of its 600 to 2027.
    assert region(one((600, 400, 0), partners=partners(REG={**FREE, "carry_over": True}))) == [500, 500, 0]
    assert region(one((600, 400, 0))) == [600, 400, 0]


def test_a_fixed_plan_is_paid_as_it_says() -> None:
    lines = (plan_line("REG", 2026, 700), plan_line("COM", 2027, 500))
    document = one((700, 0, 0), operations=(operation(profile=None),), eligibilities=(), plans=lines)
    assert region(document) == [700, 0, 0]
    assert not [name for name in columns(document) if name.startswith("pay|")]


def test_an_owner_may_pay_freely() -> None:
    document = one(
        (0, 0, 0), partners=partners(COM=FREE), eligibilities=(), references=(),
        budgets=budgets("COM", "payment", amounts=(1, 2, 1197)), goals=(COST,),
    )  # fmt: skip
    assert paid(document) == {"OP|COM|2026": 1, "OP|COM|2027": 2, "OP|COM|2028": 1197}


def test_capacity_of_a_year_bears_on_free_payments() -> None:
    document = one(
        (1200, 1200, 1200), wish=0, partners=partners(COM={"payments": "free"}), budgets=(),
        rules=(rule("owner_capacity", partner="COM", amount=599, year=2026),),
    )  # fmt: skip
    assert paid(document) == {"OP|COM|2026": 599, "OP|COM|2027": 600, "OP|COM|2028": 1}


def test_mandatory_operation_that_no_payment_can_cover() -> None:
    lock = Lock(operation="OP", partner="REG", sense="exactly", amount=1000, author="Comité", reason="illustratif")
    document = one((300, 300, 399), operations=(operation(profile="HALVES", mandatory=True),), locks=(lock,))
    with pytest.raises(InfeasibleScenarioError):
        checked_allocation(document)


def test_odd_cents_are_paid_within_tight_budgets() -> None:
    """Half a cent too many in each operation each year: rounded one by one, two payments of 51 would exceed 2026."""
    codes = ("A", "B", "C")
    document = one(
        (151, 152, 0), operations=[operation(code, profile="HALVES", divisible=True) for code in codes],
        eligibilities=[eligibility("REG", code) for code in codes],
        references=[line for code in codes for line in wanted(code, REG=101, COM=1099)],
    )  # fmt: skip
    plan = checked_allocation(document)
    region_pays = [line for line in plan.payments if line.partner == "REG"]
    by_year = [sum(line.amount for line in region_pays if line.year == year) for year in document.years]
    assert by_year == [151, 152, 0]
    assert {line.amount for line in region_pays} == {50, 51}
    assert plan.unique


def test_a_pool_is_shared_by_free_and_other_payments() -> None:
    pool = Pool(code="FONDS", label="f", commitment_limited=False, payment_limited=True, carry_over=False)
    document = one(
        (0, 0, 0), partners=partners(REG={"payments": "free", "pool": "FONDS"}, DEP={"pool": "FONDS"}), pools=(pool,),
        budgets=budgets("FONDS", "payment", amounts=(300, 300, 600)),
        eligibilities=(eligibility("REG"), eligibility("DEP")), references=wanted(REG=600, DEP=600),
    )  # fmt: skip
    # DEP pays 300 and 300; REG can only pay in 2028.
    assert paid(document) == {"OP|DEP|2026": 300, "OP|DEP|2027": 300, "OP|REG|2028": 600}


def test_leaving_the_profile_never_costs_what_is_funded() -> None:
    """No goal asks for OP: the tie-break funds all it can, though REG pays all of it a year after the profile."""
    document = one(
        (0, 0, 1000), references=(), goals=(VALUE,),
        operations=(operation(profile="HALVES", value=0, divisible=True),),
        rules=(rule("owner_capacity", partner="COM", amount=0),),
    )  # fmt: skip
    assert paid(document) == {"OP|REG|2028": 1000}
