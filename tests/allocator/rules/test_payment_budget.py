"""K12: a partner pays no more each year than its payment credits."""

from fractions import Fraction
from typing import Any

import pytest

from scenarios.checks import findings
from scenarios.document import Decommitment, Pool, ProfileShare
from tests.allocator.rules.tiny import (
    VALUE,
    budgets,
    committed,
    eligibility,
    formulation,
    operation,
    paid,
    partners,
    plan_line,
    scenario,
)

ONCE = ProfileShare(profile="ONCE", offset=0, share=Fraction(1))
THIRDS = tuple(ProfileShare(profile="THIRDS", offset=i, share=Fraction(i + 1, 3)) for i in (0, 1))
HALVES = tuple(ProfileShare(profile="HALVES", offset=i, share=Fraction(1, 2)) for i in (0, 1))


def owner_pays(*amounts: int, carry_over: bool = False) -> dict[str, Any]:
    """Limit the payments of the owner, who funds alone."""
    return {
        "goals": (VALUE,), "eligibilities": (), "budgets": budgets("COM", "payment", amounts=amounts),
        "partners": partners(COM={"payment_limited": True, "carry_over": carry_over}),
    }  # fmt: skip


def test_formulation_in_whole_numbers() -> None:
    # Halves and thirds are written in sixths.
    document = scenario(
        operations=(
            operation("A", profile="THIRDS", latest_start=2027),
            operation("B", profile="HALVES", earliest_start=2027, latest_start=2027),
            operation("C", profile=None),
        ),
        plans=(plan_line("COM", 2027, 700, "C"), plan_line("COM", 2028, 500, "C")), **owner_pays(100, 200, 300),
    )  # fmt: skip
    assert formulation(document, "payment_budget") == [
        "payment_budget|COM|2026: +2 commit|A|COM|2026 <= 600",
        (
            "payment_budget|COM|2027: +4200 share|C|2026 +4 commit|A|COM|2026 +2 commit|A|COM|2027 "
            "+3 commit|B|COM|2027 <= 1200"
        ),
        "payment_budget|COM|2028: +3000 share|C|2026 +4 commit|A|COM|2027 +3 commit|B|COM|2027 <= 1800",
    ]


def test_formulation_on_running_totals_with_carry_over() -> None:
    document = scenario(
        operations=(operation("A", profile="THIRDS"), operation("C", profile=None)), profiles=THIRDS,
        plans=(plan_line("COM", 2027, 1200, "C"),),
        decommitments=(Decommitment(holder="COM", year=2027, amount=7, reason="illustratif"),),
        **owner_pays(100, 200, 300, carry_over=True),
    )  # fmt: skip
    assert formulation(document, "payment_budget") == [
        "payment_budget|COM|2026: +1 commit|A|COM|2026 <= 300",
        "payment_budget|COM|2027: +3600 share|C|2026 +3 commit|A|COM|2026 <= 921",
        "payment_budget|COM|2028: +3600 share|C|2026 +3 commit|A|COM|2026 <= 1821",
    ]


def test_formulation_of_a_pool_and_of_lines_paid_the_same_year() -> None:
    pool = Pool(code="FONDS", label="FONDS", commitment_limited=False, payment_limited=True, carry_over=False)
    document = scenario(
        operations=(operation("A"), operation("C", profile=None)), profiles=(ONCE,), pools=(pool,),
        eligibilities=(eligibility("REG", "A"), eligibility("DEP", "A")),
        plans=(plan_line("REG", 2026, 700, "C"), plan_line("DEP", 2026, 500, "C")),
        partners=partners(REG={"pool": "FONDS"}, DEP={"pool": "FONDS"}),
        budgets=budgets("FONDS", "payment", amounts=[900, 0, 0]),
    )  # fmt: skip
    assert formulation(document, "payment_budget") == [
        "payment_budget|FONDS|2026: +1200 share|C|2026 +1 commit|A|DEP|2026 +1 commit|A|REG|2026 <= 900",
        "payment_budget|FONDS|2027:  <= 0",
        "payment_budget|FONDS|2028:  <= 0",
    ]


def test_formulation_of_several_purses_that_share_partners() -> None:
    pool = Pool(code="FONDS", label="FONDS", commitment_limited=False, payment_limited=True, carry_over=True)
    document = scenario(
        operations=(operation(profile="THIRDS"),), profiles=THIRDS, pools=(pool,), last_year=2027,
        eligibilities=(eligibility("REG"), eligibility("DEP")),
        partners=partners(
            REG={"pool": "FONDS", "payment_limited": True}, DEP={"pool": "FONDS"}, COM={"payment_limited": True}
        ),
        budgets=[
            line for code, amounts in (("REG", [5, 6]), ("FONDS", [3, 4]), ("COM", [1, 2]))
            for line in budgets(code, "payment", amounts=amounts)
        ],
    )  # fmt: skip
    assert formulation(document, "payment_budget") == [
        "payment_budget|COM|2026: +1 commit|OP|COM|2026 <= 3",
        "payment_budget|COM|2027: +2 commit|OP|COM|2026 <= 6",
        "payment_budget|FONDS|2026: +1 commit|OP|DEP|2026 +1 commit|OP|REG|2026 <= 9",
        "payment_budget|FONDS|2027: +3 commit|OP|DEP|2026 +3 commit|OP|REG|2026 <= 21",
        "payment_budget|REG|2026: +1 commit|OP|REG|2026 <= 15",
        "payment_budget|REG|2027: +2 commit|OP|REG|2026 <= 18",
    ]


@pytest.mark.parametrize(
    ("profile", "amounts", "is_launched"),
    [
        ("ONCE", [1199, 9999, 9999], False),
        ("ONCE", [1200, 0, 0], True),
        ("ONCE", [1201, 0, 0], True),
        ("HALVES", [599, 9999, 0], False),
        ("HALVES", [9999, 599, 9999], False),
        ("HALVES", [600, 600, 0], True),
        ("THIRDS", [399, 9999, 0], False),
        ("THIRDS", [9999, 799, 9999], False),
        ("THIRDS", [400, 800, 0], True),
        ("THIRDS", [401, 801, 0], True),
    ],
)
def test_below_at_and_above_the_credits(profile: str, amounts: list[int], is_launched: bool) -> None:
    document = scenario(operations=(operation(profile=profile),), **owner_pays(*amounts))
    assert committed(document) == ({"OP|COM|2026": 1200} if is_launched else {})


@pytest.mark.parametrize(
    ("carry_over", "amounts", "is_launched"),
    [
        (False, [600, 599, 0], False),
        (True, [601, 599, 0], True),
        (True, [601, 598, 0], False),
        (True, [599, 9999, 0], False),
        (True, [1200, 0, 0], True),
    ],
)
def test_credits_left_serve_the_next_years_only_with_carry_over(
    carry_over: bool, amounts: list[int], is_launched: bool
) -> None:
    document = scenario(
        operations=(operation(profile="HALVES"),), **owner_pays(*amounts, carry_over=carry_over)
    )  # fmt: skip
    assert committed(document) == ({"OP|COM|2026": 1200} if is_launched else {})


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ([100, 9999, 0], {"OP|COM|2026": 100, "OP|COM|2027": 200}),
        ([101, 9999, 0], {"OP|COM|2026": 101, "OP|COM|2027": 202}),
        ([9999, 200, 0], {"OP|COM|2026": 100, "OP|COM|2027": 200}),
        ([9999, 201, 0], {"OP|COM|2026": 100, "OP|COM|2027": 201}),
    ],
)
def test_a_divisible_operation_is_launched_as_far_as_payments_go(amounts: list[int], expected: dict[str, int]) -> None:
    document = scenario(operations=(operation(profile="THIRDS", divisible=True),), **owner_pays(*amounts))
    assert paid(document) == expected


def test_payments_between_two_cents_are_rounded_within_every_year() -> None:
    # 1000 in thirds: 333.33 then 666.67. 334 and 667 would do; so does any budget that bears the exact ones.
    document = scenario(operations=(operation(cost_excl_vat=1000, profile="THIRDS"),), **owner_pays(334, 667, 0))
    found = paid(document)
    assert sum(found.values()) == 1000
    assert found in ({"OP|COM|2026": 333, "OP|COM|2027": 667}, {"OP|COM|2026": 334, "OP|COM|2027": 666})


def test_payments_are_rounded_together_when_one_year_has_no_cent_to_spare() -> None:
    # Three commitments of 101 in halves of 50.5: on their own all three would round the same year up, to 153 cents.
    operations = [operation(f"A{i}", cost_excl_vat=101, profile="HALVES") for i in range(3)]
    document = scenario(operations=operations, **owner_pays(152, 152, 0))
    found = paid(document)
    by_year = {year: sum(a for cell, a in found.items() if cell.endswith(year)) for year in ("2026", "2027")}
    assert sorted(by_year.values()) == [151, 152]
    assert set(found.values()) == {50, 51}


def test_credits_that_come_back_are_paid_again() -> None:
    back = (Decommitment(holder="COM", year=2027, amount=1, reason="illustratif"),)
    tables = owner_pays(600, 599, 0)
    assert committed(scenario(operations=(operation(profile="HALVES"),), **tables)) == {}
    assert committed(scenario(operations=(operation(profile="HALVES"),), decommitments=back, **tables)) == {
        "OP|COM|2026": 1200
    }


def test_the_largest_budgets_a_document_accepts_bind_no_one() -> None:
    # 50 billion euros a year on running totals, and shares in millionths: a product beyond 64 bits.
    millionths = [
        ProfileShare.model_validate({"profile": "MILLIONTHS", "offset": offset, "share": share})
        for offset, share in enumerate(("0.000001", "0.999999"))
    ]
    document = scenario(
        operations=(operation(profile="MILLIONTHS"),), profiles=millionths,
        **owner_pays(*[5_000_000_000_000] * 3, carry_over=True),
    )  # fmt: skip
    assert committed(document) == {"OP|COM|2026": 1200}


def test_profiles_too_unlike_to_be_compiled_are_refused_by_the_checks() -> None:
    # Sevenths written with six decimals beside exact thirds: a common denominator of three million.
    sevenths = [
        ProfileShare.model_validate({"profile": "SEVENTHS", "offset": offset, "share": share})
        for offset, share in enumerate(("0.142857", "0.857143"))
    ]
    document = scenario(
        operations=(operation(profile="THIRDS"),), profiles=(*THIRDS, *sevenths), **owner_pays(400, 800, 0)
    )
    assert [finding.found for finding in findings(document)] == [
        "des parts dont le plus petit dénominateur commun est 3000000"
    ]
