"""Published French plans, found again by the rules that their sources state.

Each scenario of ``tests/cases/fr`` says in its first lines what is published and how the plan comes out of it. The
expected figures are the published ones, in euros, kept apart from the scenarios.
"""

from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pytest

from allocator.allocation import Allocation
from allocator.check import verify
from allocator.solve.allocate import allocate
from scenarios.document import AmountCeiling, Envelope, Scenario
from scenarios.formats import read

CASES = Path(__file__).parent / "fr"
NAMES = ("fr01", "fr06", "fr22", "fr27", "fr34", "fr43")
EURO = 100
MILLION = 100_000_000


def solve(scenario: Scenario) -> Allocation:
    """Allocate, and check the plan independently of the function that made it."""
    allocation = allocate(scenario)
    assert verify(scenario, allocation) == ()
    return allocation


def brought(allocation: Allocation) -> dict[tuple[str, str], int]:
    """Cents that each partner commits to each operation."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for line in allocation.commitments:
        sums[line.operation, line.partner] += line.amount
    return dict(sums)


def funded(allocation: Allocation) -> dict[str, int]:
    """Cents funded of each operation."""
    sums: dict[str, int] = defaultdict(int)
    for launch in allocation.launches:
        sums[launch.operation] += launch.funded
    return dict(sums)


def case(name: str) -> Scenario:
    return read(CASES / f"{name}.yaml")


@pytest.mark.parametrize("name", NAMES)
def test_each_commitment_is_paid_in_full(name: str) -> None:
    allocation = solve(case(name))
    paid: dict[tuple[str, str], int] = defaultdict(int)
    for payment in allocation.payments:
        paid[payment.operation, payment.partner] += payment.amount
    assert dict(paid) == brought(allocation)


def test_fr01_is_exact_to_the_cent() -> None:
    plan = brought(solve(case("fr01")))
    assert plan == {
        ("DEMOLITION", "FEDER"): 25_555_200,
        ("DEMOLITION", "GIP"): 12_691_600,
        ("DEMOLITION", "VILLE"): 25_685_780,
    }
    assert sum(plan.values()) == 63_932_580
    own_share = Fraction(plan["DEMOLITION", "VILLE"], 63_932_580)
    assert round(own_share * 1000) == 402


def test_fr01_the_town_pays_more_when_the_gip_gives_less() -> None:
    scenario = case("fr01")
    rules = tuple(
        rule.model_copy(update={"amount": 10_000_000}) if isinstance(rule, AmountCeiling) else rule
        for rule in scenario.rules
    )
    plan = brought(solve(scenario.model_copy(update={"rules": rules})))
    assert plan["DEMOLITION", "VILLE"] == 63_932_580 - 25_555_200 - 10_000_000


def test_fr06_rates_give_the_published_amounts_to_the_euro() -> None:
    plan = brought(solve(case("fr06")))
    assert plan == {("RADIERS", "FEDER"): 289_995_930, ("RADIERS", "DEPARTEMENT"): 32_221_770}
    assert abs(plan["RADIERS", "FEDER"] - 2_899_960 * EURO) < EURO
    assert abs(plan["RADIERS", "DEPARTEMENT"] - 322_217 * EURO) < EURO


def test_fr22_costs_close_at_123_0_and_anru_at_42_2() -> None:
    scenario = case("fr22")
    plan = brought(solve(scenario))
    assert sum(operation.to_fund for operation in scenario.operations) == 123 * MILLION
    assert {operation: cents for (operation, partner), cents in plan.items() if partner == "ANRU"} == {
        "CHAOUE": 29 * MILLION,
        "SABLONS": 9_500_000 * EURO,
        "BELLEVUE": 3_700_000 * EURO,
    }
    assert sum(cents for (_, partner), cents in plan.items() if partner == "ANRU") == 42_200_000 * EURO
    assert sum(plan.values()) == 123 * MILLION


def test_fr22_the_announced_42_million_lack_200_000_euros() -> None:
    scenario = case("fr22")
    announced = Envelope(code="ANNONCE", label="42 M€ annoncés", partners=("ANRU",), amount=42 * MILLION)
    plan = brought(solve(scenario.model_copy(update={"envelopes": (announced,)})))
    assert sum(cents for (_, partner), cents in plan.items() if partner == "ANRU") == 42 * MILLION
    assert sum(cents for (_, partner), cents in plan.items() if partner == "AUTRES") == (80_800_000 + 200_000) * EURO


def test_fr27_grants_and_loans_make_115_and_are_never_added() -> None:
    scenario = case("fr27")
    plan = brought(solve(scenario))
    grants = plan["HUIT-QUARTIERS", "ANRU"]
    loans = sum(loan.amount for loan in scenario.loans)
    assert (grants, loans, grants + loans) == (89 * MILLION, 26 * MILLION, 115 * MILLION)
    assert plan["HUIT-QUARTIERS", "CUD"] == (340 - 89) * MILLION
    assert sum(plan.values()) == 342_800_000 * EURO


def test_fr27_the_owner_keeps_at_least_what_it_borrows() -> None:
    """Without the published ceiling, the grants stop where the owner's share no longer covers its loan."""
    scenario = case("fr27")
    rules = tuple(rule for rule in scenario.rules if rule.code != "ANRU-SUBVENTIONS")
    references = tuple(
        line.model_copy(update={"amount": 340 * MILLION}) if line.operation == "HUIT-QUARTIERS" else line
        for line in scenario.references
    )
    plan = brought(solve(scenario.model_copy(update={"rules": rules, "references": references})))
    assert plan["HUIT-QUARTIERS", "CUD"] == 26 * MILLION
    assert plan["HUIT-QUARTIERS", "ANRU"] == 314 * MILLION


def test_fr27_the_signed_protocol_respects_the_50_percent_of_the_anru() -> None:
    scenario = case("fr27")
    signed = brought(solve(scenario))["PROTOCOLE", "ANRU"]
    assert signed == 1_300_000 * EURO
    assert round(Fraction(signed, 2_800_000 * EURO) * 1000) == 464
    unsigned = brought(solve(scenario.model_copy(update={"locks": ()})))["PROTOCOLE", "ANRU"]
    assert unsigned == 1_400_000 * EURO


def test_fr34_the_hole_of_the_two_projects_is_reported_exactly() -> None:
    scenario = case("fr34")
    allocation = solve(scenario)
    plan = brought(allocation)
    known = {
        ("VAL-D-ARGENT", "ETAT"): 15_550_000 * EURO,
        ("VAL-D-ARGENT", "REGION"): 3_510_000 * EURO,
        ("VAL-D-ARGENT", "ARGENTEUIL"): 22_500_000 * EURO,
        ("GARGES-SARCELLES", "ETAT"): 19_820_000 * EURO,
        ("GARGES-SARCELLES", "REGION"): 9_880_000 * EURO,
        ("GARGES-SARCELLES", "GARGES-SARCELLES"): 18_294_000 * EURO,
    }
    assert {cell: cents for cell, cents in plan.items() if cell[1] != "DEPARTEMENT"} == known
    assert sum(cents for (_, partner), cents in plan.items() if partner == "DEPARTEMENT") == 15_240_000 * EURO
    cost = sum(operation.to_fund for operation in scenario.operations)
    assert cost == 203_970_000 * EURO
    assert cost - sum(funded(allocation).values()) == 99_176_000 * EURO


def test_fr43_ten_million_have_no_funder() -> None:
    scenario = case("fr43")
    allocation = solve(scenario)
    plan = brought(allocation)
    assert plan == {
        ("RENOVATION", "ANRU"): 715 * MILLION,
        ("RENOVATION", "REGION"): 200 * MILLION,
        ("ISOLEES", "ANRU"): 25 * MILLION,
        ("ISOLEES", "REGION"): 10 * MILLION,
    }
    missing = {
        operation.code: operation.to_fund - funded(allocation)[operation.code] for operation in scenario.operations
    }
    assert missing == {"RENOVATION": 10 * MILLION, "ISOLEES": 0}


def test_fr43_the_departements_can_close_the_plan() -> None:
    scenario = case("fr43")
    offered = tuple(lock.model_copy(update={"amount": 10 * MILLION}) for lock in scenario.locks)
    allocation = solve(scenario.model_copy(update={"locks": offered}))
    assert brought(allocation)["RENOVATION", "DEPARTEMENTS"] == 10 * MILLION
    assert funded(allocation)["RENOVATION"] == 925 * MILLION
