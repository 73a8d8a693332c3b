"""What would be modelled wrongly by default: one named test per trap of the law, from 1 to 10, then others."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from allocator.solve.allocate import allocate
from allocator.words import proposal
from reports.agreements import write_all
from scenarios.document import Budget, Loan, PublicAidCap, TransferContribution
from scenarios.document.index import Index
from scenarios.rulebooks import find_entry, in_force, law_of, listing, version
from scenarios.rulebooks.settlement import final_payment
from scenarios.rulebooks.words import APPLIED, EntryBase, EntryKind

DAY = date(2019, 6, 1)
STATE = {"rulebook": "etat-subventions", "partner": "ETAT"}
DETR = {"rulebook": "etat-detr", "partner": "ETAT"}
OWN = {"rulebook": "cgct-part-propre"}


def brought(scenario: Any, operation: str) -> dict[str, int]:
    plan = allocate(in_force(scenario))
    return {line.partner: line.amount for line in plan.commitments if line.operation == operation}


def test_trap_01_the_state_no_longer_caps_at_80_but_the_detr_and_the_own_share_do(changed: Any) -> None:
    assert version("STATE-CAP", DAY).value == 1
    assert brought(changed(DAY, [STATE]), "ECOLE").get("VILLE", 0) == 0
    assert brought(changed(DAY, [DETR]), "ECOLE")["VILLE"] == 20_000_000
    assert brought(changed(DAY, [STATE, OWN]), "ECOLE")["VILLE"] == 20_000_000


def test_trap_02_four_denominators_are_never_shared() -> None:
    bases = {name: find_entry(name)[1].base for name in ("MO-20", "DETR-CAP", "ANAH-CAP", "ANAH-RHI-CAP")}
    assert bases == {
        "MO-20": EntryBase.PUBLIC_FUNDING,
        "DETR-CAP": EntryBase.ELIGIBLE,
        "ANAH-CAP": EntryBase.INCL_VAT,
        "ANAH-RHI-CAP": EntryBase.DEFICIT,
    }


def test_trap_03_the_floor_binds_the_operations_outside_the_programme_only(changed: Any) -> None:
    scenario = changed(DAY, [OWN])
    assert "VILLE" not in brought(scenario, "PLACE")
    assert brought(scenario, "ECOLE")["VILLE"] == 20_000_000
    outside = tuple(line.model_copy(update={"programme": "CONTRAT"}) for line in scenario.projects)
    assert brought(changed(DAY, [OWN], tables={"projects": outside}), "PLACE")["VILLE"] == 10_000_000


def test_trap_04_the_anru_rate_follows_the_class_and_not_the_nature(changed: Any) -> None:
    uses = [{"rulebook": "anru-npnru", "partner": "ANRU"}]
    for nature in ("AME", "EQP"):
        for number, most in ((1, 5_000_000), (6, 25_000_000)):
            classed = {"VILLE-A": {"anru_class": number, "anru_class_year": 2015}}
            scenario = changed(date(2016, 1, 1), uses, operations={"PLACE": {"nature": nature}}, communes=classed)
            assert brought(scenario, "PLACE")["ANRU"] == most


def test_trap_05_a_loan_is_not_a_grant(changed: Any) -> None:
    loan = Loan(operation="ECOLE", partner="ETAT", amount=15_000_000, label="Prêt illustratif")
    without = brought(changed(date(2017, 6, 1), [STATE]), "ECOLE")
    assert brought(changed(date(2017, 6, 1), [STATE], tables={"loans": (loan,)}), "ECOLE") == without


def test_trap_06_the_base_may_be_a_deficit_that_receipts_move(as_anah: Any) -> None:
    use = {"rulebook": "anah", "partner": "ANRU", "entry": "ANAH-RHI"}
    for receipts, base in ((0, 50_000_000), (10_000_000, 40_000_000)):
        scenario = in_force(as_anah("excl_vat", [use], square={"nature": "RHI", "receipts": receipts}))
        index = Index(scenario)
        (rule,) = scenario.rules
        assert getattr(rule, "rate", None) == Fraction(7, 10)
        assert index.base(rule.base, index.operations["PLACE"], "ANRU") == base  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("actual", "due", "owner"),
    [
        pytest.param(99_999_999, 33_333_333, 66_666_666, id="one cent below what was planned"),
        pytest.param(100_000_000, 33_333_333, 66_666_667, id="as planned"),
        pytest.param(100_000_001, 33_333_333, 66_666_668, id="one cent above: the owner bears it"),
        pytest.param(130_000_000, 33_333_333, 96_666_667, id="an overrun stays with the owner"),
        pytest.param(60_000_000, 20_000_000, 40_000_000, id="a saving is shared at the rate of the decision"),
        pytest.param(-5, 0, -5, id="no deficit left, nothing due"),
    ],
)
def test_trap_07_the_last_payment_takes_the_smaller_of_planned_and_actual(actual: int, due: int, owner: int) -> None:
    found = final_payment(Fraction(1, 3), 100_000_000, actual)
    assert (found, actual - found) == (due, owner)
    assert final_payment(Fraction(1, 3), 100_000_000, actual, paid=25_000_000) == due - 25_000_000
    for name, day in (("STATE-FINAL", date(2017, 6, 1)), ("DETR-FINAL", DAY), ("ANAH-RHI-FINAL", DAY)):
        found_version = version(name, day)
        assert found_version.allows(Fraction(actual, 100_000_000)) is (actual <= 100_000_000)
        assert found_version.entry.kind is EntryKind.PARAMETER


@pytest.mark.parametrize(("rate", "planned", "paid"), [(Fraction(11, 10), 1, 0), (Fraction(1, 2), -1, 0), (0, 1, -1)])
def test_trap_07_a_settlement_without_meaning_is_refused(rate: Fraction, planned: int, paid: int) -> None:
    with pytest.raises(ValueError, match="rate"):
        final_payment(rate, planned, 1, paid)


def test_trap_08_european_percentages_cap_a_priority_and_never_an_operation() -> None:
    for name in ("FEDER-2127", "FEDER-1420"):
        entry = find_entry(name)[1]
        assert (entry.kind, entry.base, entry.to_fill) == (EntryKind.PARAMETER, EntryBase.PRIORITY, True)
        assert entry.kind not in APPLIED


def test_trap_09_a_plan_within_the_commitments_of_a_year_may_break_its_payments(changed: Any) -> None:
    region = {"commitment_limited": True, "payment_limited": True}
    partners = tuple(line.model_copy(update=region if line.code == "REGION" else {}) for line in changed().partners)
    for payment, most in ((100_000_000, 65_000_000), (30_000_000, 30_000_000)):
        budget = Budget(holder="REGION", year=2026, commitment=100_000_000, payment=payment)
        plan = allocate(changed(DAY, [], tables={"partners": partners, "budgets": (budget,)}))
        assert sum(line.amount for line in plan.commitments if line.partner == "REGION") == most


def test_trap_10_what_the_committee_decides_is_a_proposal(changed: Any, tmp_path: Path) -> None:
    document = changed(DAY, [STATE])
    scenario = in_force(document)
    for path in write_all(scenario, allocate(scenario), tmp_path, lambda _text: None, law_of(document)):
        sheet = load_workbook(path)["Lisez-moi"]
        lines = {row[0].value: row[1].value for row in sheet.iter_rows(max_col=2)}
        assert lines["Statut du plan"] == "proposé"
        assert proposal() in [row[1].value for row in sheet.iter_rows(max_col=2)]


def test_who_counts_as_public_belongs_to_each_rule(changed: Any, as_anah: Any) -> None:
    (state,) = in_force(changed(DAY, [STATE])).rules
    (anah,) = in_force(as_anah("incl_vat", [{"rulebook": "anah", "partner": "ANRU", "entry": "ANAH-CAP"}])).rules
    assert isinstance(state, PublicAidCap)
    assert isinstance(anah, PublicAidCap)
    assert ("anru" in state.counts, "anru" in anah.counts) == (True, False)
    assert not {"action_logement", "private"} & {*state.counts, *anah.counts}


def test_a_reference_value_says_that_the_allocation_does_not_apply_it(changed: Any) -> None:
    lines = listing(changed(DAY, [{"rulebook": "etat-fctva"}]))
    assert {(line.rule, line.status) for line in lines} == {
        ("", "valeur de référence, non appliquée par la répartition")
    }


def test_fonds_de_concours_are_what_an_epci_brings_to_a_commune(changed: Any) -> None:
    rules = in_force(changed(DAY, [{"rulebook": "cgct-fonds-de-concours"}])).rules
    assert [(rule.kind, rule.rate, rule.counts) for rule in rules if isinstance(rule, TransferContribution)] == [
        ("transfer_contribution", Fraction(1, 2), ("epci",))
    ]
