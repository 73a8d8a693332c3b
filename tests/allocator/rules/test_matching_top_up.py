"""X+X: REG tops up what DEP brings to OP, 1200 cents, from a quarter of the cost."""

from typing import Any

import pytest

from scenarios.document import Lock, Scenario

from .tiny import committed, derogation, eligibility, formulation, rule, scenario, wanted

TOP = {"partner": "REG", "rate": "1/4", "base": "excl_vat", "counts": ("departement", "region")}


def topped(local: int, wish: int, **tables: Any) -> Scenario:
    lock = Lock(operation="OP", partner="DEP", sense="exactly", amount=local, author="Comité", reason="illustratif")
    fields = {
        "eligibilities": (eligibility("REG", eligible_base=800), eligibility("DEP")), "locks": (lock,),
        "rules": (rule("matching_top_up", **TOP),),
        "references": wanted(REG=wish, DEP=local, COM=max(0, 1200 - wish - local)),
    }  # fmt: skip
    return scenario(**{**fields, **tables})


def test_formulation() -> None:
    assert formulation(topped(0, 0), "matching_top_up", "matching_top_up_limit") == [
        "matching_top_up|R|OP|REG|2026: -1200 share|OP|2026 -4 commit|OP|DEP|2026 +4 commit|OP|REG|2026 <= 0",
        "matching_top_up_limit|R|OP|REG|2026: -6000 share|OP|2026 +8 commit|OP|REG|2026 <= 0",
    ]


@pytest.mark.parametrize(
    ("local", "wish", "brought"),
    [(0, 299, 299), (0, 300, 300), (0, 301, 300), (200, 499, 499), (200, 500, 500), (200, 501, 500)],
)
def test_below_at_and_above_what_is_matched(local: int, wish: int, brought: int) -> None:
    assert committed(topped(local, wish))["OP|REG|2026"] == brought


@pytest.mark.parametrize(("local", "brought"), [(299, 499), (300, 500), (301, 500), (400, 500)])
def test_the_rate_and_twice_the_points_stay_within_the_base(local: int, brought: int) -> None:
    # A base of 800: 200 before matching, and 200 + 2 x 300 = 800.
    document = topped(local, 900, rules=(rule("matching_top_up", **{**TOP, "base": "eligible"}),))
    assert committed(document)["OP|REG|2026"] == brought


def test_money_of_other_families_is_not_matched() -> None:
    document = topped(200, 900, rules=(rule("matching_top_up", **{**TOP, "counts": ("epci",)}),))
    assert committed(document)["OP|REG|2026"] == 300


def test_the_owner_is_not_matched() -> None:
    document = topped(200, 900, rules=(rule("matching_top_up", **{**TOP, "counts": ("commune",)}),))
    assert committed(document)["OP|REG|2026"] == 300


def test_a_derogation_lifts_it() -> None:
    assert committed(topped(200, 900, derogations=(derogation(operation="OP"),)))["OP|REG|2026"] == 900
