"""The tutorial: the plan found equals, cent by cent, the one that ``docs/tutoriel.md`` finds by hand."""

from fractions import Fraction
from pathlib import Path

import pytest

from allocator.allocation import Allocation, Commitment, Launch, Payment
from allocator.check import verify
from allocator.solve.allocate import allocate
from scenarios.document import GoalKind, Scenario
from scenarios.formats import read
from scenarios.library import find

PAGE = Path(__file__).parents[3] / "docs" / "tutoriel.md"

BY_HAND = {
    ("COPRO", "ANAH", 2027): "500 000,00",
    ("COPRO", "COPRO", 2027): "220 000,00",
    ("COPRO", "VILLE", 2027): "380 000,00",
    ("ECOLE", "ETAT", 2027): "1 440 000,00",
    ("ECOLE", "REGION", 2027): "480 000,00",
    ("ECOLE", "VILLE", 2027): "480 000,00",
    ("ETUDE", "ETAT", 2027): "42 000,25",
    ("ETUDE", "VILLE", 2027): "42 000,25",
    ("PLACE", "ETAT", 2028): "433 333,30",
    ("PLACE", "REGION", 2028): "300 000,00",
    ("PLACE", "VILLE", 2028): "500 000,00",
}
PAID_BY_HAND = {
    ("COPRO", "ANAH"): ("200 000,00", "300 000,00"),
    ("COPRO", "COPRO"): ("88 000,00", "132 000,00"),
    ("COPRO", "VILLE"): ("152 000,00", "228 000,00"),
    ("ECOLE", "ETAT"): ("576 000,00", "864 000,00"),
    ("ECOLE", "REGION"): ("192 000,00", "288 000,00"),
    ("ECOLE", "VILLE"): ("192 000,00", "288 000,00"),
    ("ETUDE", "ETAT"): ("42 000,25",),
    ("ETUDE", "VILLE"): ("42 000,25",),
    ("PLACE", "ETAT"): ("173 333,32", "259 999,98"),
    ("PLACE", "REGION"): ("120 000,00", "180 000,00"),
    ("PLACE", "VILLE"): ("200 000,00", "300 000,00"),
}
BOTH_SCHOOL_AND_GYM = 205_200_025
"""Smallest envelope of the State, in cents, with which the school and the gymnasium can both be funded."""


def cents(written: str) -> int:
    return int(written.replace(" ", "").replace(",", ""))


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return read(find("tutoriel"))


@pytest.fixture(scope="module")
def allocation(scenario: Scenario) -> Allocation:
    return allocate(scenario)


def test_plan_respects_every_rule(scenario: Scenario, allocation: Allocation) -> None:
    assert verify(scenario, allocation) == ()


def test_launches_are_those_found_by_hand(allocation: Allocation) -> None:
    assert allocation.launches == (
        Launch("COPRO", 2027, 110_000_000),
        Launch("ECOLE", 2027, 240_000_000),
        Launch("ETUDE", 2027, 8_400_050),
        Launch("PLACE", 2028, 123_333_330),
    )


def test_commitments_are_those_found_by_hand(allocation: Allocation) -> None:
    expected = [
        Commitment(operation, partner, start, cents(amount)) for (operation, partner, start), amount in BY_HAND.items()
    ]
    assert allocation.commitments == tuple(sorted(expected))


def test_payments_are_those_found_by_hand(allocation: Allocation) -> None:
    expected = [
        Payment(operation, partner, start, start + offset, cents(amount))
        for operation, partner, start in BY_HAND
        for offset, amount in enumerate(PAID_BY_HAND[operation, partner])
    ]
    assert allocation.payments == tuple(sorted(expected))


def test_goals_reach_what_is_found_by_hand(allocation: Allocation) -> None:
    assert {goal.kind: goal.value for goal in allocation.goals} == {
        GoalKind.PRIORITY_VALUE: 75 + 30 * Fraction(123_333_330, 150_000_000),
        GoalKind.REFERENCE_CLOSENESS: Fraction(16_000_004),
    }


def test_plan_falls_in_whole_cents(allocation: Allocation) -> None:
    assert allocation.rounding == ()


@pytest.mark.parametrize("engine", ["ortools", "pulp"])
def test_plan_is_the_same_with_every_engine(scenario: Scenario, allocation: Allocation, engine: str) -> None:
    """The page proves by hand that no other selection is as good; whole decisions are not certified unique."""
    assert allocation.unique
    assert allocate(scenario, engine).commitments == allocation.commitments


def with_envelope(scenario: Scenario, amount: int) -> Scenario:
    (envelope,) = scenario.envelopes
    return scenario.model_copy(update={"envelopes": (envelope.model_copy(update={"amount": amount}),)})


def funded(scenario: Scenario) -> set[str]:
    allocation = allocate(scenario)
    assert verify(scenario, allocation) == ()
    return {launch.operation for launch in allocation.launches}


def test_gymnasium_enters_exactly_when_the_envelope_allows_both(scenario: Scenario) -> None:
    every = {operation.code for operation in scenario.operations}
    assert funded(with_envelope(scenario, BOTH_SCHOOL_AND_GYM - 1)) == every - {"GYMNASE"}
    assert funded(with_envelope(scenario, BOTH_SCHOOL_AND_GYM)) == every


def test_with_both_the_town_leaves_the_condominium(scenario: Scenario) -> None:
    plan = allocate(with_envelope(scenario, BOTH_SCHOOL_AND_GYM))
    brought = {(line.operation, line.partner): line.amount for line in plan.commitments}
    assert ("COPRO", "VILLE") not in brought
    assert brought["ECOLE", "VILLE"] == 90_799_975
    assert brought["ECOLE", "ETAT"] == 101_200_025


def test_without_the_cap_of_the_anah_the_town_brings_its_reference(scenario: Scenario) -> None:
    rules = tuple(rule for rule in scenario.rules if rule.code != "ANAH-CAP")
    plan = allocate(scenario.model_copy(update={"rules": rules}))
    brought = {line.partner: line.amount for line in plan.commitments if line.operation == "COPRO"}
    assert brought == {"ANAH": 50_000_000, "VILLE": 40_000_000, "COPRO": 20_000_000}


def test_page_shows_every_cell(scenario: Scenario) -> None:
    page = PAGE.read_text(encoding="utf-8")
    columns = [partner.code for partner in scenario.partners]
    for operation in scenario.operations:
        amounts = {partner: amount for (code, partner, _), amount in BY_HAND.items() if code == operation.code}
        cells = [amounts.get(column, "0,00") for column in columns]
        total = sum(cents(amount) for amount in amounts.values())
        shown = f"{total // 100:,}".replace(",", " ") + f",{total % 100:02d}"
        assert f"| {operation.code} | {' | '.join(cells)} | {shown} |" in page
