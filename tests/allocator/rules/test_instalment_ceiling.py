"""REG pays freely, at most a rate of its commitment before completion: OP is paid by QUARTERS, completed in 2028."""

from fractions import Fraction
from typing import Any

import pytest

from scenarios.checks import findings
from scenarios.document import ProfileShare, Scenario

from .tiny import budgets, committed, formulation, operation, paid, partners, rule, scenario, wanted

QUARTERS = tuple(
    ProfileShare(profile="QUARTERS", offset=offset, share=Fraction(share, 4)) for offset, share in enumerate((2, 1, 1))
)


def one(rate: str, wish: int = 1000, **tables: Any) -> Scenario:
    fields = {
        "partners": partners(REG={"payments": "free"}),
        "profiles": QUARTERS,
        "operations": (operation(profile="QUARTERS"),),
        "rules": (rule("instalment_ceiling", partner="REG", rate=rate),),
        "references": wanted(REG=wish, COM=1200 - wish),
    }
    return scenario(**{**fields, **tables})


def region(document: Scenario) -> list[int]:
    """Give what REG pays for OP each year."""
    found = paid(document)
    return [found.get(f"OP|REG|{year}", 0) for year in document.years]


def test_formulation() -> None:
    assert formulation(one("0.8"), "instalment_ceiling") == [
        "instalment_ceiling|R|OP|REG|2026: -4 commit|OP|REG|2026 +5 pay|OP|REG|2026|2026 +5 pay|OP|REG|2026|2027 <= 0"
    ]


@pytest.mark.parametrize(("rate", "balance"), [("0.749", 251), ("0.75", 250), ("0.751", 250), ("0", 1000)])
def test_below_at_and_above_what_the_profile_pays(rate: str, balance: int) -> None:
    first, second, last = region(one(rate))
    assert last == balance
    assert first + second == 1000 - balance


def test_a_ceiling_of_an_odd_commitment_is_rounded_down() -> None:
    # Seven tenths of 101 cents: 70.7 cents.
    assert region(one("0.7", wish=101))[2] == 31


def test_the_balance_may_wait_after_completion() -> None:
    """Completed in 2027, the operation leaves its balance of 300 to 2028, the only year with a budget for it."""
    halves = (ProfileShare(profile="QUARTERS", offset=t, share=Fraction(1, 2)) for t in (0, 1))
    document = one(
        "0.7", profiles=tuple(halves), partners=partners(REG={"payments": "free", "payment_limited": True}),
        budgets=budgets("REG", "payment", amounts=(1000, 0, 300)),
    )  # fmt: skip
    assert committed(document)["OP|REG|2026"] == 1000
    assert region(document) == [700, 0, 300]


@pytest.mark.parametrize(("last", "brought"), [(299, 996), (300, 1000), (301, 1000)])
def test_below_at_and_above_the_balance(last: int, brought: int) -> None:
    """A balance of 299 cents is three tenths of 996 cents at most, rounded as the ceiling asks."""
    document = one(
        "0.7", partners=partners(REG={"payments": "free", "payment_limited": True}),
        budgets=budgets("REG", "payment", amounts=(1000, 0, last)),
    )  # fmt: skip
    assert committed(document)["OP|REG|2026"] == brought


@pytest.mark.parametrize(("rate", "refused"), [("0.749999", True), ("0.75", False), ("0.750001", False)])
def test_a_profile_that_pays_more_is_refused(rate: str, refused: bool) -> None:
    assert bool(findings(one(rate, partners=partners()))) is refused


def test_a_profile_at_the_ceiling_is_rounded_under_it() -> None:
    """Three quarters of 101 cents at most before 2028: 75.75 cents, so that 26 are left."""
    assert region(one("0.75", wish=101, partners=partners()))[2] == 26
