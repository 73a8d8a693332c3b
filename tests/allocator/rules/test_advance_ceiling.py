"""REG pays freely, and in the start year at most a rate of its commitment: OP is paid in halves, completed in 2027."""

from typing import Any

import pytest

from scenarios.checks import findings
from scenarios.document import Scenario

from .tiny import (
    budgets,
    checked_allocation,
    committed,
    derogation,
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


def one(rate: str = "2/5", wish: int = 1000, **tables: Any) -> Scenario:
    fields = {
        "partners": partners(REG={"payments": "free"}),
        "operations": (operation(profile="HALVES"),),
        "rules": (rule("advance_ceiling", partner="REG", rate=rate),),
        "references": wanted(REG=wish, COM=1200 - wish),
    }
    return scenario(**{**fields, **tables})


def region(document: Scenario) -> list[int]:
    """Give what REG pays for OP each year."""
    found = paid(document)
    return [found.get(f"OP|REG|{year}", 0) for year in document.years]


def test_formulation() -> None:
    document = one(operations=(operation(profile="HALVES", latest_start=2027), operation("B", profile="ONCE")))
    assert formulation(document, "advance_ceiling") == [
        "advance_ceiling|R|OP|REG|2026: -2 commit|OP|REG|2026 +5 pay|OP|REG|2026|2026 <= 0",
        "advance_ceiling|R|OP|REG|2027: -2 commit|OP|REG|2027 +5 pay|OP|REG|2027|2027 <= 0",
    ]


@pytest.mark.parametrize(("rate", "first"), [("0.499", 499), ("0.5", 500), ("0.501", 500), ("0", 0), ("0.4999", 499)])
def test_below_at_and_above_what_the_profile_pays(rate: str, first: int) -> None:
    found = region(one(rate))
    assert (found[0], sum(found)) == (first, 1000)


def test_a_ceiling_of_an_odd_commitment_is_rounded_down() -> None:
    # Two fifths of 101 cents: 40.4 cents.
    document = one(wish=101)
    assert committed(document)["OP|REG|2026"] == 101
    assert region(document)[0] == 40


def test_an_operation_completed_in_its_start_year_is_paid_at_once() -> None:
    assert region(one("0", operations=(operation(),))) == [1000, 0, 0]


def test_a_budget_that_only_pays_early_reduces_the_commitment() -> None:
    """Paid 2 fifths at most in 2026, with 300 afterwards: the rest is three fifths of 500."""
    free = {"payments": "free", "payment_limited": True}
    document = one(partners=partners(REG=free), budgets=budgets("REG", "payment", amounts=(1000, 300, 0)))
    assert committed(document) == {"OP|COM|2026": 700, "OP|REG|2026": 500}
    assert region(document) == [200, 300, 0]


def test_filters_and_derogations() -> None:
    scoped = rule("advance_ceiling", partner="REG", rate="0", operations=("B",))
    both = (operation(profile="HALVES"), operation("B", profile="HALVES", value=0))
    assert region(one(rules=(scoped,), operations=both)) == [500, 500, 0]
    assert region(one("0", derogations=(derogation(operation="OP"),))) == [500, 500, 0]


@pytest.mark.parametrize(("rate", "refused"), [("0.499999", True), ("0.5", False), ("0.500001", False)])
def test_a_profile_that_pays_more_is_refused(rate: str, refused: bool) -> None:
    found = findings(one(rate, partners=partners()))
    assert [(line.table, line.column) for line in found] == [("rules", "rate")] * refused
    if refused:
        assert "« REG » paie 0.5 de ses engagements trop tôt dans « OP »" in found[0].found


def test_a_profile_at_the_ceiling_is_rounded_under_it() -> None:
    """Half of 101 cents at most in 2026: 50, when rounding to the nearest would pay 51."""
    document = one("0.5", wish=101, partners=partners())
    assert region(document) == [50, 51, 0]
    free = one("1", wish=101, partners=partners())
    assert region(free) == [51, 50, 0]


@pytest.mark.parametrize(("first", "refused"), [(399, False), (400, False), (401, True)])
def test_a_fixed_plan_that_pays_more_is_refused(first: int, refused: bool) -> None:
    lines = (plan_line("REG", 2026, first), plan_line("REG", 2027, 1000 - first), plan_line("COM", 2027, 200))
    document = one(operations=(operation(profile=None),), eligibilities=(), plans=lines, references=())
    document = document.model_copy(update={"goals": document.goals[:1]})
    assert bool(findings(document)) is refused


def test_another_partner_is_not_concerned() -> None:
    document = one("0", eligibilities=(eligibility("REG"), eligibility("DEP")), references=wanted(DEP=1200))
    assert paid(document) == {"OP|DEP|2026": 600, "OP|DEP|2027": 600}
    assert checked_allocation(document).commitments[0].partner == "DEP"
