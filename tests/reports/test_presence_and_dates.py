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


@pytest.fixture(scope="module")
def document(scenario):
    lines = tuple(
        line.model_copy(update={"start_allowed_from": date(2027, 12, 31)})
        if (line.operation, line.partner) == ("A-EQP", "DEPT") else line
        for line in scenario.eligibilities
    )  # fmt: skip
    aids = (PastAid(partner="OPH", day=date(2025, 5, 1), amount=1_000_000, funder="Exemple"),)
    changes = {"rules": (*scenario.rules, *ADDED), "eligibilities": lines, "past_aids": aids}
    return scenario.model_copy(update=changes)


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


CHANGES = {
    "ticket": (set_cell(RULES, ("N-TICKET",), "Montant", 50_000.01), {"Tickets minimaux"}),
    "nombre": (set_cell(RULES, ("N-NOMBRE",), "Nombre maximal", 4), {"Nombre de partenaires"}),
    "aide mixte": (set_cell(RULES, ("N-MIXTE",), "Montant", 249_999.99), {"Aides mixtes"}),
    "de minimis": (set_cell(RULES, ("N-MINIMIS",), "Montant", 259_999.99), {"Aides de minimis"}),
    "sanction, taux": (set_cell(RULES, ("N-TAUX",), "Taux", 0.299999), {"Sanctions"}),
    "sanction, montant": (set_cell(RULES, ("N-MONTANT",), "Montant", 249_999.99), {"Sanctions"}),
}


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice absent : soffice n'est pas installé")
def test_a_hair_turns_theverdict_of(paths, recalculate):
    books = {"intact": load_workbook(paths / "convention.xlsx")}
    for name, (change, _families) in CHANGES.items():
        books[name] = load_workbook(paths / "convention.xlsx")
        change(books[name])
    books["région et département"] = load_workbook(paths / "convention.xlsx")
    set_cell(TABLE, ("A-OPA",), "DEPT", 0.01)(books["région et département"])
    verdicts = {name: verdict_of(path) for name, path in recalculate(books).items()}
    assert verdicts.pop("intact") == ("CONFORME", set())
    assert verdicts.pop("région et département")[0] == "NON CONFORME"
    assert verdicts == {name: ("NON CONFORME", families) for name, (_change, families) in CHANGES.items()}
