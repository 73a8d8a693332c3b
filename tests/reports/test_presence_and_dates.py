"""Controls of the rules about presence, dates and aids over several years: right on a right plan, wrong by a hair.

The plan is the one written by hand for the other reports; the rules are added here so that it meets each of them
exactly. LibreOffice recalculates the workbooks.
"""

import shutil
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from openpyxl import load_workbook

from allocator.check import verify
from reports import agreement, partner_summary
from scenarios.document import (
    Base,
    CommitmentDeadline,
    DeMinimis,
    Mark,
    MinimumTicket,
    MixedAid,
    OperationExclusion,
    OperationNeed,
    PartnerKind,
    PartnerLimit,
    PastAid,
    RegionOrDepartement,
    Sanction,
    StartBeforeDecision,
    Timing,
)
from scenarios.fingerprint import fingerprint
from tests.reports.by_hand import set_cell, verdict_of

RULES, TABLE = "Règles appliquées", "Plan de financement"

FAMILIES = {
    "Région ou département", "Tickets minimaux", "Nombre de partenaires", "Opérations nécessaires",
    "Opérations qui s'excluent", "Aides mixtes", "Aides de minimis", "Années où un partenaire peut engager",
    "Sanctions",
}  # fmt: skip

COMMON = {"negotiable": True, "reference": "Exemple de travail", "mark": Mark.ILLUSTRATIVE}
AIDS = (PartnerKind.ANAH, PartnerKind.REGION)

ADDED = (
    RegionOrDepartement(kind="region_or_departement", code="N-09", label="n", natures=("AME", "RCO"), **COMMON),
    MinimumTicket(
        kind="minimum_ticket", code="N-TICKET", label="n", partner="REGION", amount=5_000_000, natures=("RCO",),
        **COMMON,
    ),
    PartnerLimit(kind="partner_limit", code="N-NOMBRE", label="n", most=5, owner_counted=True, **COMMON),
    OperationNeed(
        kind="needs", code="N-BESOIN", label="n", needed="A-DEM", timing=Timing.NOT_LATER, natures=("EQP",),
        projects=("P1",), **COMMON,
    ),
    OperationExclusion(kind="excludes", code="N-EXCLUT", label="n", operations=("A-COM", "A-OPA"), **COMMON),
    MixedAid(
        kind="mixed_aid", code="N-MIXTE", label="n", operations=("A-OPA",), amount=25_000_000, counts=AIDS, **COMMON
    ),
    DeMinimis(
        kind="de_minimis", code="N-MINIMIS", label="n", operations=("A-OPA",), amount=26_000_000, counts=AIDS, **COMMON
    ),
    StartBeforeDecision(
        kind="start_before_decision", code="N-DEBUT", label="n", partner="DEPT", operations=("A-EQP",), **COMMON
    ),
    CommitmentDeadline(
        kind="commitment_deadline", code="N-LIMITE", label="n", partner="REGION", last_day=date(2027, 1, 1), **COMMON
    ),
    Sanction(
        kind="sanction", code="N-TAUX", label="n", partner="ANRU", since=date(2027, 1, 1), rate=Fraction(3, 10),
        base=Base.EXCL_VAT, **COMMON,
    ),
    Sanction(
        kind="sanction", code="N-MONTANT", label="n", partner="DEPT", since=date(2027, 1, 1), amount=25_000_000,
        **COMMON,
    ),
)  # fmt: skip


def ruled(scenario):
    """Return the scenario written by hand with the rules of this page."""
    lines = tuple(
        line.model_copy(update={"start_allowed_from": date(2027, 12, 31)})
        if (line.operation, line.partner) == ("A-EQP", "DEPT") else line
        for line in scenario.eligibilities
    )  # fmt: skip
    aids = (PastAid(partner="OPH", day=date(2025, 5, 1), amount=1_000_000, funder="Exemple"),)
    changes = {"rules": (*scenario.rules, *ADDED), "eligibilities": lines, "past_aids": aids}
    return scenario.model_copy(update=changes)


@pytest.fixture(scope="module")
def document(scenario):
    return ruled(scenario)


@pytest.fixture(scope="module")
def paths(document, allocation, tmp_path_factory):
    plan = replace(allocation, fingerprint=fingerprint(document))
    assert verify(document, plan) == ()
    folder = tmp_path_factory.mktemp("originaux")
    agreement.write(document, plan, "P1", folder / "convention.xlsx")
    partner_summary.write(document, plan, "REGION", folder / "financeur.xlsx")
    return folder


def controls_of(path):
    sheet = load_workbook(path, data_only=True)["Contrôles"]
    rows = [tuple(cell.value for cell in cells) for cells in sheet.iter_rows(min_row=12)]
    return [row for row in rows if isinstance(row[0], int)]


def test_every_family_is_controlled_and_right(paths):
    lines = controls_of(paths / "convention.xlsx")
    assert {line[1] for line in lines if line[1] in FAMILIES} == FAMILIES
    assert {line[2] for line in lines if line[1] in FAMILIES} == {rule.code for rule in ADDED}
    assert all("OK" in line for line in lines)


def test_a_partner_alone_shows_what_it_can_recompute(paths):
    lines = controls_of(paths / "financeur.xlsx")
    found = {line[1] for line in lines if line[1] in FAMILIES}
    assert found == {"Tickets minimaux", "Années où un partenaire peut engager"}


def wrong_families(document, plan, path):
    agreement.write(document, plan, "P1", path)
    sheet = load_workbook(path, data_only=True)["Contrôles"]
    rows = [tuple(cell.value for cell in cells) for cells in sheet.iter_rows(min_row=12)]
    return {row[1] for row in rows if isinstance(row[0], int) and "OK" not in row}


def with_rule(document, **changes):
    """Change one of the rules added here, so that the plan breaks it."""
    code = changes.pop("code")
    rules = tuple(rule.model_copy(update=changes) if rule.code == code else rule for rule in document.rules)
    return document.model_copy(update={"rules": rules})


@pytest.mark.parametrize(
    ("changes", "family"),
    [
        ({"code": "N-BESOIN", "needed": "A-COM"}, "Opérations nécessaires"),
        ({"code": "N-BESOIN", "needed": "A-OPA", "natures": ("DEM",)}, "Opérations nécessaires"),
        ({"code": "N-LIMITE", "last_day": date(2025, 12, 31)}, "Années où un partenaire peut engager"),
        ({"code": "N-LIMITE", "last_day": date(2026, 12, 31)}, "Années où un partenaire peut engager"),
        ({"code": "N-EXCLUT", "operations": ("A-DEM", "A-OPA")}, "Opérations qui s'excluent"),
    ],
    ids=["nécessaire jamais lancée", "nécessaire lancée après", "aucune année", "une année", "les deux lancées"],
)
def test_a_plan_that_breaks_a_rule_of_selection_or_dates_is_said_wrong(document, allocation, tmp_path, changes, family):
    """A launch that should not be had no control at all: nothing told that the plan was wrong."""
    assert wrong_families(with_rule(document, **changes), allocation, tmp_path / "faux.xlsx") == {family}


AE = "Échéancier AE"
SUMS = {
    "Totaux des lignes", "Totaux des colonnes", "Totaux généraux", "Reste à financer",
    "Plan de financement et échéanciers",
}  # fmt: skip


def moved(pair, amounts):
    """Commit otherwise, by year, in the schedule of commitments: its totals stay the same."""

    def change(book):
        for year, amount in amounts.items():
            set_cell(AE, pair, year, amount)(book)

    return change


CHANGES = {
    "opération nécessaire": (
        set_cell(TABLE, ("A-DEM",), "ANRU", 699_999.98), SUMS | {"Opérations nécessaires", "Opérations obligatoires"}
    ),
    "région et département": (set_cell(TABLE, ("A-AME",), "DEPT", 0.01), SUMS | {"Région ou département"}),
    "exclusion": (set_cell(TABLE, ("A-COM",), "REGION", 0.01), SUMS | {"Opérations qui s'excluent"}),
    "commencée trop tôt": (
        moved(("A-EQP", "DEPT"), {2026: 0.01, 2027: 249_999.99}), {"Années où un partenaire peut engager"}
    ),
    "date limite": (moved(("A-OPA", "REGION"), {2027: 0, 2028: 50_000}), {"Années où un partenaire peut engager"}),
    "ticket": (set_cell(RULES, ("N-TICKET",), "Montant", 50_000.01), {"Tickets minimaux"}),
    "nombre": (set_cell(RULES, ("N-NOMBRE",), "Nombre maximal", 4), {"Nombre de partenaires"}),
    "aide mixte": (set_cell(RULES, ("N-MIXTE",), "Montant", 249_999.99), {"Aides mixtes"}),
    "de minimis": (set_cell(RULES, ("N-MINIMIS",), "Montant", 259_999.99), {"Aides de minimis"}),
    "sanction, taux": (set_cell(RULES, ("N-TAUX",), "Taux", 0.299999), {"Sanctions"}),
    "sanction, montant": (set_cell(RULES, ("N-MONTANT",), "Montant", 249_999.99), {"Sanctions"}),
}  # fmt: skip


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice absent : soffice n'est pas installé")
def test_a_hair_turns_theverdict_of(paths, recalculate):
    books = {"intact": load_workbook(paths / "convention.xlsx")}
    for name, (change, _families) in CHANGES.items():
        books[name] = load_workbook(paths / "convention.xlsx")
        change(books[name])
    verdicts = {name: verdict_of(path) for name, path in recalculate(books).items()}
    assert verdicts.pop("intact") == ("CONFORME", set())
    assert verdicts == {name: ("NON CONFORME", families) for name, (_change, families) in CHANGES.items()}
