"""Provisions: REG keeps a tenth of its budgets back; OP costs 1200 cents."""

from typing import Any

import pytest

from scenarios.document import Decommitment, Pool, Scenario

from .tiny import budgets, committed, eligibility, formulation, limited, operation, partners, rule, scenario, wanted

TENTH = {"holder": "REG", "rate": "1/10"}


def kept(wish: int, budget: int = 400, **tables: Any) -> Scenario:
    fields = {
        "partners": limited("REG"), "budgets": budgets("REG", amounts=[budget, 0, 0]),
        "rules": (rule("contingency", **TENTH),), "references": wanted(REG=wish, COM=1200 - wish),
    }  # fmt: skip
    return scenario(**{**fields, **tables})


def test_formulation() -> None:
    assert formulation(kept(0), "contingency") == [
        "contingency|R|REG|2026: +1 commit|OP|REG|2026 <= 360",
        "contingency|R|REG|2027:  <= 0",
        "contingency|R|REG|2028:  <= 0",
    ]


@pytest.mark.parametrize(("wish", "brought"), [(359, 359), (360, 360), (361, 360), (400, 360)])
def test_below_at_and_above_what_may_be_shared_out(wish: int, brought: int) -> None:
    assert committed(kept(wish))["OP|REG|2026"] == brought


@pytest.mark.parametrize(("budget", "brought"), [(400, 360), (401, 360), (402, 361)])
def test_what_is_left_is_rounded_down(budget: int, brought: int) -> None:
    assert committed(kept(900, budget))["OP|REG|2026"] == brought


def test_credits_recovered_are_kept_back_too() -> None:
    back = Decommitment(holder="REG", year=2026, amount=100, reason="illustratif")
    assert committed(kept(900, decommitments=(back,)))["OP|REG|2026"] == 450


def test_carry_over_bears_on_running_totals() -> None:
    # 90 % of 400 in the first year; 90 % of 800 up to the second, whatever was used before.
    document = kept(
        900, partners=limited("REG", commitment_limited=True, carry_over=True),
        budgets=budgets("REG", amounts=[400, 400, 0]), operations=(operation(earliest_start=2027, latest_start=2027),),
    )  # fmt: skip
    assert committed(document)["OP|REG|2027"] == 720


def test_a_pool_keeps_a_provision_for_all_its_partners() -> None:
    pool = Pool(code="FONDS", label="Fonds", commitment_limited=True, payment_limited=False, carry_over=False)
    document = scenario(
        partners=partners(REG={"pool": "FONDS"}, DEP={"pool": "FONDS"}), pools=(pool,),
        budgets=budgets("FONDS", amounts=[400, 0, 0]), rules=(rule("contingency", holder="FONDS", rate="1/10"),),
        eligibilities=(eligibility("REG"), eligibility("DEP")), references=wanted(REG=200, DEP=200),
    )  # fmt: skip
    plan = committed(document)
    assert plan["OP|REG|2026"] + plan["OP|DEP|2026"] == 360
