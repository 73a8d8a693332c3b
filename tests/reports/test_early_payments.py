"""Controls of the ceilings on early payments: right on a right plan, wrong by a cent moved from a year to another.

The plan is the one written by hand for the other reports; its payments meet the rules added here exactly. One
operation has two launches, whose payments the schedule adds up. LibreOffice recalculates the workbooks.
"""

import shutil
from dataclasses import replace
from fractions import Fraction

import pytest
from openpyxl import load_workbook

from allocator.check import verify
from reports import agreement, partner_summary
from scenarios.document import AdvanceCeiling, InstalmentCeiling, Mark
from scenarios.fingerprint import fingerprint
from tests.reports.by_hand import set_cell, verdict_of

RULES, PAYMENTS = "Règles appliquées", "Échéancier CP"
ADVANCES, INSTALMENTS = "Avances", "Acomptes avant achèvement"
COMMON = {"label": "n", "negotiable": True, "reference": "Exemple de travail", "mark": Mark.ILLUSTRATIVE}
THIRD = Fraction(1, 3)

ADDED = (
    AdvanceCeiling(
        kind="advance_ceiling", code="N-AVANCE", partner="ANAH", rate=THIRD, operations=("A-OPA",), **COMMON
    ),
    InstalmentCeiling(
        kind="instalment_ceiling", code="N-ACOMPTES", partner="REGION", rate=THIRD,
        operations=("A-AME", "A-RLG", "A-PLA"), **COMMON,
    ),
)  # fmt: skip
"""A-AME has two launches; A-RLG is completed in its start year, A-PLA has a fixed plan: nothing limits them."""


@pytest.fixture(scope="module")
def document(scenario):
    return scenario.model_copy(update={"rules": (*scenario.rules, *ADDED)})


@pytest.fixture(scope="module")
def folder(document, allocation, tmp_path_factory):
    plan = replace(allocation, fingerprint=fingerprint(document))
    assert verify(document, plan) == ()
    folder = tmp_path_factory.mktemp("avances")
    agreement.write(document, plan, "P1", folder / "convention.xlsx")
    partner_summary.write(document, plan, "REGION", folder / "financeur.xlsx")
    return folder


def controls_of(path):
    """Families, operations, values and limits in cents, and results of the controls of early payments."""
    sheet = load_workbook(path, data_only=True)["Contrôles"]
    rows = [tuple(cell.value for cell in cells) for cells in sheet.iter_rows(min_row=12)]
    lines = [row for row in rows if isinstance(row[0], int) and row[1] in {ADVANCES, INSTALMENTS}]
    return [(row[1], row[3], row[5], round(100 * row[6]), round(100 * row[8], 2), row[10]) for row in lines]


def instalments_of(path):
    rows = load_workbook(path, data_only=True)["Versements"].iter_rows(min_row=5, values_only=True)
    return {row[0].partition(" (")[2]: (*row[4:9], row[9]) for row in rows if row[0]}


def test_rates_that_the_allocation_applies_are_those_of_the_instalments(folder):
    """REGION brings money to other operations than those of its rule: its rate stays to be filled."""
    lines = instalments_of(folder / "convention.xlsx")
    assert lines["ANAH)"][:3] == (pytest.approx(1 / 3), None, pytest.approx(200_000 / 3))
    assert lines["ANAH)"][5].startswith("n (règle N-AVANCE)")
    assert lines["REGION)"][:2] == (None, None)
    assert lines["REGION)"][5] == "rien : le règlement du financeur est à lire"


def test_an_instalment_ceiling_on_every_operation_says_the_balance(document, allocation, tmp_path):
    everywhere = InstalmentCeiling(kind="instalment_ceiling", code="N-TOUT", partner="ANAH", rate=THIRD, **COMMON)
    rules = (*(rule for rule in document.rules if rule.code != "N-AVANCE"), everywhere)
    agreement.write(document.model_copy(update={"rules": rules}), allocation, "P1", tmp_path / "c.xlsx")
    anah = instalments_of(tmp_path / "c.xlsx")["ANAH)"]
    assert anah[:2] == (None, pytest.approx(1 / 3))
    assert anah[3:5] == (pytest.approx(200_000 / 3), pytest.approx(400_000 / 3))


REGION = [
    (INSTALMENTS, "A-AME", "n (payé avant 2027)", 3_333_333, 3_333_333.33, "OK"),
    (INSTALMENTS, "A-AME", "n (payé avant 2028)", 14_115_226, 14_115_226, "OK"),
]
"""Two launches: 100 000.00 of 2026, of which a third the first year, then 123 456.78 of 2027, a third the second."""


def test_each_launch_has_its_control_and_what_is_over_counts_whole(folder):
    advance = (ADVANCES, "A-OPA", "n (payé avant 2028)", 6_666_666, 6_666_666.67, "OK")
    assert controls_of(folder / "convention.xlsx") == [advance, *REGION]


def test_a_partner_alone_has_the_same_controls(folder):
    assert controls_of(folder / "financeur.xlsx") == REGION


def moved(pair, amounts):
    """Pay otherwise, by year: the total stays the same."""

    def change(book):
        for year, amount in amounts.items():
            set_cell(PAYMENTS, pair, year, amount)(book)

    return change


CHANGES = {
    "avance, paiement": (moved(("A-OPA", "ANAH"), {2027: 66_666.68, 2028: 133_333.32}), {ADVANCES}),
    "avance, taux": (set_cell(RULES, ("N-AVANCE",), "Taux", 0.333333), {ADVANCES}),
    "acomptes du premier lancement": (
        moved(("A-AME", "REGION"), {2026: 33_333.34, 2027: 107_818.92}), {INSTALMENTS},
    ),
    "acomptes du second lancement": (
        moved(("A-AME", "REGION"), {2027: 107_818.94, 2028: 82_304.51}), {INSTALMENTS},
    ),
    "acomptes, taux": (set_cell(RULES, ("N-ACOMPTES",), "Taux", 0.333333), {INSTALMENTS}),
}  # fmt: skip


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice absent : soffice n'est pas installé")
def test_a_cent_turns_the_verdict(folder, recalculate):
    books = {name: load_workbook(folder / f"{name}.xlsx") for name in ("convention", "financeur")}
    for name, (change, _families) in CHANGES.items():
        books[name] = load_workbook(folder / "convention.xlsx")
        change(books[name])
    verdicts = {name: verdict_of(path) for name, path in recalculate(books).items()}
    assert [verdicts.pop(name) for name in ("convention", "financeur")] == [("CONFORME", set())] * 2
    assert verdicts == {name: ("NON CONFORME", families) for name, (_change, families) in CHANGES.items()}
