"""Every workbook that compares two plans, and what LibreOffice makes of them: same cents, a verdict that follows."""

import shutil
from datetime import date

import pytest
from openpyxl import load_workbook

from reports import comparisons
from reports.layout.figures import Figures
from reports.layout.pair import Pair
from tests.reports.by_hand import same_values, set_cell, verdict_of

LINES, OPERATIONS, PARTNERS, YEARS = "Lignes qui changent", "Par opération", "Par financeur", "Par année"
BY_OPERATION, BY_PARTNER, BY_YEAR, FLOWS, TOTALS, PLACES = (
    "Écarts par opération", "Écarts par financeur", "Écarts par année", "Écarts d'engagement et de paiement",
    "Écarts, totaux généraux", "Écarts par territoire",
)  # fmt: skip


@pytest.fixture(scope="module")
def pair(scenario, allocation, amended):
    return Pair(Figures(scenario, allocation), Figures(*amended))


@pytest.fixture(scope="module")
def paths(pair, tmp_path_factory):
    folder = tmp_path_factory.mktemp("comparaison")
    return comparisons.write_all(pair, folder / "sortie", lambda _text: None, date(2027, 3, 1))


def test_one_comparison_then_one_amendment_per_project_that_changes(pair, paths):
    marks = "_".join(side.allocation.fingerprint[:12] for side in pair.sides)
    assert [path.name for path in paths] == [f"comparaison_{marks}.xlsx", f"avenant_P1_{marks}.xlsx"]
    assert sorted(path.name for path in paths[0].parent.iterdir()) == sorted(path.name for path in paths)


def test_nothing_is_written_when_nothing_changes(pair, tmp_path):
    assert comparisons.write_all(Pair(pair.before, pair.before), tmp_path / "rien", lambda _text: None) == []
    assert not (tmp_path / "rien").exists()


def _value(sheet, texts, column, value):
    """Change made by hand in the column of that rank: titles of the sheets of totals repeat themselves."""

    def change(book):
        cells = next(row for row in book[sheet].iter_rows() if row[0].value == texts)
        assert cells[column].data_type != "f"
        assert cells[column].value != value
        cells[column].value = value

    return change


CHANGES = {
    "engagement d'une ligne": (
        set_cell(LINES, ("A-COM", "REGION"), "Engagé après (AE)", 100_000.01),
        {BY_OPERATION, BY_PARTNER, BY_YEAR, FLOWS, TOTALS},
    ),
    "paiement d'une ligne": (
        set_cell(LINES, ("A-COM", "REGION"), "Payé après (CP)", 0), {BY_YEAR, FLOWS, TOTALS},
    ),
    "titre d'une ligne": (
        set_cell(LINES, ("A-AME", "AGGLO"), "À quel titre, après", "maître d'ouvrage"), {BY_OPERATION, BY_PARTNER},
    ),
    "année d'une ligne": (set_cell(LINES, ("A-COM", "REGION"), "Année", 2028), {BY_YEAR}),
    "opération, avant": (_value(OPERATIONS, "B-EQP", 5, 799_999.99), {BY_OPERATION, TOTALS, PLACES}),
    "opération, part propre": (_value(OPERATIONS, "B-EQP", 9, 0), {BY_OPERATION, PLACES}),
    "financeur, après": (_value(PARTNERS, "ANAH", 3, 149_999.99), {BY_PARTNER, TOTALS}),
    "année, engagements": (_value(YEARS, 2026, 1, 0), {BY_YEAR, TOTALS}),
    "année, paiements": (_value(YEARS, 2026, 5, 0), {BY_YEAR, TOTALS}),
    "valeur archivée": (set_cell("Valeurs archivées", ("Total, avant",), "Valeur archivée", 0.01), {TOTALS}),
    "commune": (_value("Par commune", "A", 3, 0), {PLACES}),
}  # fmt: skip


WHOLE_ONLY = {"opération, avant", "opération, part propre", "commune"}
"""Changes of what an amendment of P1 does not show."""


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice absent : soffice n'est pas installé")
def test_recalculated_values_are_the_stored_ones_and_a_change_by_hand_turns_the_verdict(paths, recalculate):
    books = {path.name: load_workbook(path) for path in paths}
    expected = dict.fromkeys(books, ("CONFORME", set()))
    whole, amendment = paths
    changes = [(whole, name) for name in CHANGES] + [(amendment, name) for name in CHANGES if name not in WHOLE_ONLY]
    for original, name in changes:
        change, families = CHANGES[name]
        books[f"{original.name} {name}"] = load_workbook(original)
        change(books[f"{original.name} {name}"])
        expected[f"{original.name} {name}"] = ("NON CONFORME", families)
    recalculated = recalculate(books)
    for path in paths:
        same_values(path, recalculated[path.name], at_least=100)
    assert {name: verdict_of(path) for name, path in recalculated.items()} == expected
