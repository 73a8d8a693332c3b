"""The scope of rules and envelopes, and the bases of rates, on the complete scenario."""

from fractions import Fraction
from pathlib import Path

import pytest

from scenarios.document import Base, CostBasis, Derogation, Scenario
from scenarios.document.index import Index
from scenarios.formats import read


@pytest.fixture
def scenario(complete: Path) -> Scenario:
    return read(complete)


def concerned(scenario: Scenario, code: str) -> list[str]:
    rule = next(rule for rule in scenario.rules if rule.code == code)
    return [operation.code for operation in Index(scenario).concerned(rule)]


def narrowed(scenario: Scenario, **filters: tuple[str, ...]) -> list[str]:
    """Return the operations that a rule without filter nor derogation concerns once given these filters."""
    rule = next(rule for rule in scenario.rules if rule.code == "R-MONTANT")
    return [operation.code for operation in Index(scenario).concerned(rule.model_copy(update=filters))]


def test_an_empty_filter_does_not_restrict(scenario: Scenario) -> None:
    assert concerned(scenario, "R-MONTANT") == ["0010", "AME-1", "EQP-1", "REQ-1"]


def test_each_filter_restricts(scenario: Scenario) -> None:
    assert narrowed(scenario, natures=("DEM", "REQ")) == ["0010", "REQ-1"]
    assert narrowed(scenario, programmes=("OPAH",)) == ["EQP-1", "REQ-1"]
    assert narrowed(scenario, projects=("CENTRE",)) == ["0010", "AME-1"]
    assert narrowed(scenario, operations=("EQP-1",)) == ["EQP-1"]
    assert narrowed(scenario, owner_kinds=("commune",)) == ["AME-1", "EQP-1"]
    assert narrowed(scenario, owner_kinds=("commune",), projects=("CENTRE",)) == ["AME-1"]
    assert narrowed(scenario, owner_kinds=("landlord",), natures=("AME",)) == []


def test_derogations_lift_a_rule_for_an_operation_or_a_project(scenario: Scenario) -> None:
    assert concerned(scenario, "R-MO") == ["EQP-1"]
    assert concerned(scenario, "R-PLANCHER") == ["0010", "AME-1"]
    both = Derogation(rule="R-MO", project="GARE", author="a", reference="r")
    more = scenario.model_copy(update={"derogations": (*scenario.derogations, both)})
    assert concerned(more, "R-MO") == []
    assert Index(more).lifted == {
        "R-MO": frozenset({"AME-1", "EQP-1", "REQ-1"}), "R-PLANCHER": frozenset({"EQP-1", "REQ-1"}),
    }  # fmt: skip


def test_envelopes_cover_the_operations_that_meet_every_filter(scenario: Scenario) -> None:
    index, envelope = Index(scenario), scenario.envelopes[0]
    assert [operation.code for operation in index.covered(envelope)] == ["0010", "AME-1"]
    elsewhere = envelope.model_copy(update={"territories": ("T02",), "projects": (), "natures": ()})
    assert [operation.code for operation in index.covered(elsewhere)] == ["EQP-1", "REQ-1"]
    everywhere = elsewhere.model_copy(update={"territories": ()})
    assert index.covered(everywhere) == scenario.operations


def test_bases_are_those_of_the_operation_or_of_the_partner(scenario: Scenario) -> None:
    index = Index(scenario)
    first, second = index.operations["0010"], index.operations["AME-1"]
    assert index.base(Base.EXCL_VAT, first, "ANRU") == 63_932_580
    assert index.base(Base.COST, first, "ANRU") == 63_932_580
    assert index.base(Base.DEFICIT, first, "ANRU") == 63_832_579
    assert index.base(Base.EXCL_VAT, second, "ANRU") == 10_000_000
    assert index.base(Base.INCL_VAT, second, "ANRU") == 12_000_000
    assert index.base(Base.COST, second, "ANRU") == 12_000_000
    assert index.base(Base.ELIGIBLE, second, "ANRU") == 9_500_050


def test_a_deficit_is_never_negative(scenario: Scenario) -> None:
    rich = scenario.operations[0].model_copy(update={"receipts": 99_999_999_999})
    assert Index(scenario).base(Base.DEFICIT, rich, "ANRU") == 0


@pytest.mark.parametrize(
    ("base", "operation", "partner"),
    [(Base.INCL_VAT, "0010", "ANRU"), (Base.ELIGIBLE, "AME-1", "REGION"), (Base.ELIGIBLE, "AME-1", "VILLE")],
)
def test_a_missing_base_is_refused(scenario: Scenario, base: Base, operation: str, partner: str) -> None:
    index = Index(scenario)
    with pytest.raises(ValueError, match=f"{operation}: no base {base} for {partner}"):
        index.base(base, index.operations[operation], partner)


def test_a_missing_cost_is_refused(scenario: Scenario) -> None:
    index = Index(scenario)
    without = index.operations["0010"].model_copy(update={"cost_basis": CostBasis.INCL_VAT})
    with pytest.raises(ValueError, match="0010: no cost on basis incl_vat"):
        index.base(Base.COST, without, "ANRU")


def test_funders_are_the_owner_then_the_eligible_or_the_planned(scenario: Scenario) -> None:
    assert Index(scenario).funders == {
        "0010": ("BAILLEUR", "ANRU", "REGION"),
        "AME-1": ("VILLE", "ANRU", "REGION"),
        "EQP-1": ("VILLE", "ETAT"),
        "REQ-1": ("BAILLEUR", "REGION", "ETAT"),
    }


def test_purses_profiles_plans_and_budgets_are_looked_up_by_code(scenario: Scenario) -> None:
    index = Index(scenario)
    assert list(index.holders) == ["ANRU", "ETAT", "REGION", "CDC", "VILLE", "BAILLEUR", "FONDS"]
    assert [partner.code for partner in index.members["FONDS"]] == ["ANRU", "ETAT"]
    assert [partner.code for partner in index.members["ANRU"]] == ["ANRU"]
    third = Fraction(1, 3)
    assert index.profiles == {"UN": ((0, Fraction(1)),), "TIERS": ((0, third), (1, third), (2, third))}
    assert [(line.partner, line.amount) for line in index.plans["EQP-1"]] == [
        ("VILLE", 4_000_001), ("ETAT", 2_000_000), ("ETAT", 3_000_000),
    ]  # fmt: skip
    assert "0010" not in index.plans
    assert index.budgets["REGION"][2028].payment == 5_000_000
    assert set(index.budgets) == {"FONDS", "REGION", "BAILLEUR"}
    assert index.projects["GARE"].programme == "OPAH"
    assert index.communes["01005"].territory == "T02"
    assert index.eligibilities["REQ-1", "ETAT"].eligible_base == 25_000_000


def test_the_order_of_a_profile_is_that_of_its_years(scenario: Scenario) -> None:
    backwards = scenario.model_copy(update={"profiles": scenario.profiles[::-1]})
    assert Index(backwards).profiles == Index(scenario).profiles
