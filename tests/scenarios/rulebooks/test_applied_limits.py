"""The allocation holds the limits of the rulebooks to the cent: reached is accepted, a cent further is not."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from allocator.solve.allocate import allocate
from allocator.solve.infeasible import InfeasibleScenarioError
from scenarios.document import Lock, LockSense, Scenario
from scenarios.rulebooks import in_force


def locked(scenario: Scenario, operation: str, partner: str, amount: int) -> Scenario:
    """Ask for exactly an amount of a partner on an operation."""
    line = Lock(
        operation=operation, partner=partner, sense=LockSense.EXACTLY, amount=amount, author="essai", reason="essai"
    )
    return in_force(scenario).model_copy(update={"locks": (line,)})


def accepted(scenario: Scenario, operation: str, partner: str, amount: int) -> bool:
    try:
        allocate(locked(scenario, operation, partner, amount))
    except InfeasibleScenarioError:
        return False
    return True


STATE = {"rulebook": "etat-subventions", "partner": "ETAT"}
DETR = {"rulebook": "etat-detr", "partner": "ETAT"}
NAMED = {"rulebook": "cgct-part-propre", "entry": "MO-30", "operations": ("ECOLE",)}
FLOORS = [
    pytest.param(date(2018, 9, 30), [STATE], "VILLE", 20_000_000, id="STATE-CAP-1999"),
    pytest.param(date(2019, 6, 1), [{"rulebook": "cgct-part-propre"}], "VILLE", 20_000_000, id="MO-20"),
    pytest.param(date(2019, 6, 1), [NAMED], "VILLE", 30_000_000, id="MO-30"),
    pytest.param(date(2019, 6, 1), [DETR], "VILLE", 20_000_000, id="DETR-CAP"),
    pytest.param(date(2019, 6, 1), [DETR], "ETAT", 20_000_000, id="DETR-MIN"),
]


@pytest.mark.parametrize(("day", "uses", "partner", "least"), FLOORS)
def test_what_must_be_reached(changed: Any, day: date, uses: list[dict[str, Any]], partner: str, least: int) -> None:
    """A floor, or a cap on what the others bring: the school costs a million."""
    scenario = changed(day, uses)
    assert not accepted(scenario, "ECOLE", partner, least - 1)
    assert accepted(scenario, "ECOLE", partner, least)
    assert accepted(scenario, "ECOLE", partner, least + 1)


def test_state_aid_may_reach_the_eligible_expense_since_2018(changed: Any) -> None:
    lines = tuple(line.model_copy(update={"eligible_base": 60_000_000}) for line in changed().eligibilities)
    scenario = changed(date(2018, 10, 1), [STATE], tables={"eligibilities": lines})
    assert not accepted(scenario, "ECOLE", "VILLE", 39_999_999)
    assert accepted(scenario, "ECOLE", "VILLE", 40_000_000)


def anah(entry: str, **fields: Any) -> dict[str, Any]:
    return {"rulebook": "anah", "partner": "ANRU", "entry": entry, **fields}


CEILINGS = [
    pytest.param(anah("ANAH-PDS", operations=("PLACE",)), {}, 25_000_000, id="ANAH-PDS"),
    pytest.param(anah("ANAH-CD", operations=("PLACE",)), {}, 10_500_000, id="ANAH-CD"),
    pytest.param(anah("ANAH-RHI"), {"nature": "RHI", "receipts": 10_000_000}, 28_000_000, id="ANAH-RHI"),
    pytest.param(anah("ANAH-THIRORI"), {"nature": "THIRORI"}, 20_000_000, id="ANAH-THIRORI"),
]


@pytest.mark.parametrize(("use", "square", "most"), CEILINGS)
def test_what_the_anah_may_bring(as_anah: Any, use: dict[str, Any], square: dict[str, Any], most: int) -> None:
    """The square costs 500 000 euros without VAT; it has ten lots in one building."""
    scenario = as_anah("excl_vat", [use], square=square)
    assert accepted(scenario, "PLACE", "ANRU", most - 1)
    assert accepted(scenario, "PLACE", "ANRU", most)
    assert not accepted(scenario, "PLACE", "ANRU", most + 1)


def test_anah_cap_counts_public_aids_against_the_cost_with_vat(as_anah: Any) -> None:
    scenario = as_anah("incl_vat", [anah("ANAH-CAP")])
    assert not accepted(scenario, "PLACE", "VILLE", 10_999_999)
    assert accepted(scenario, "PLACE", "VILLE", 11_000_000)


def test_anah_cap_of_health_works_is_the_whole_cost(as_anah: Any) -> None:
    scenario = as_anah("incl_vat", [anah("ANAH-CAP"), anah("ANAH-CAP-X", operations=("PLACE",))])
    assert accepted(scenario, "PLACE", "VILLE", 0)


def test_rhi_may_be_wholly_public(as_anah: Any) -> None:
    scenario = as_anah("incl_vat", [anah("ANAH-CAP"), anah("ANAH-RHI-CAP")], square={"nature": "RHI"})
    assert accepted(scenario, "PLACE", "VILLE", 0)


BY_CLASS = [
    pytest.param({"anru_class": 1, "anru_class_year": 2015}, 5_000_000, id="ANRU-CLASS-1"),
    pytest.param({"anru_class": 6, "anru_class_year": 2015}, 35_000_000, id="ANRU-CLASS-6"),
    pytest.param(
        {"anru_class": 6, "anru_class_year": 2015, "anru_bonus": Fraction(15, 100)}, 42_500_000, id="ANRU-BONUS"
    ),
]


@pytest.mark.parametrize(("commune", "most"), BY_CLASS)
def test_what_the_anru_may_bring_by_class(changed: Any, commune: dict[str, Any], most: int) -> None:
    uses = [{"rulebook": "anru-npnru", "partner": "ANRU"}]
    scenario = changed(date(2016, 1, 1), uses, communes={"VILLE-A": commune})
    assert accepted(scenario, "PLACE", "ANRU", most)
    assert not accepted(scenario, "PLACE", "ANRU", most + 1)


def test_the_anru_brings_half_of_studies(changed: Any) -> None:
    uses = [{"rulebook": "anru-npnru", "partner": "ANRU"}]
    scenario = changed(date(2019, 1, 1), uses, operations={"PLACE": {"nature": "ING"}})
    assert [rule.code for rule in in_force(scenario).rules] == ["ANRU-ING-RATE"]
    assert accepted(scenario, "PLACE", "ANRU", 25_000_000)
    assert not accepted(scenario, "PLACE", "ANRU", 25_000_001)
