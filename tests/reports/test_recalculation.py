"""LibreOffice recalculates the workbooks: same cents, and a verdict that follows every hand-made change.

Workbooks are saved again by openpyxl, which drops every stored value, then converted with recalculation forced:
whatever value comes back was computed by LibreOffice. Starting it is slow: each test converts its files in one call.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from allocator.solve.allocate import allocate
from reports import agreement, partner_summary
from reports.agreements import write_all
from scenarios.formats import read
from scenarios.library import find
from scenarios.rulebooks import in_force, law_of
from tests.reports.by_hand import row_of, same_values, set_cell, verdict_of

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice absent : soffice n'est pas installé"),
]


def _loan(book: Workbook) -> None:
    sheet = book["Assiettes et prêts"]
    sheet.cell(row_of(sheet, "Second prêt d'exemple"), 5).value = 800_000


def _lock(book: Workbook) -> None:
    sheet = book["Journal"]
    sheet.cell(row_of(sheet, "Engagement signé"), 4).value = 400_000.01


def _control_removed(book: Workbook) -> None:
    book["Contrôles"].cell(row_of(book["Contrôles"], "Contrôles présents / archivés"), 4).value += 1


def _control_erased(book: Workbook) -> None:
    sheet = book["Contrôles"]
    sheet.cell(row_of(sheet, "Totaux généraux", "="), 11).value = None


TABLE, RULES, SUMMARY = "Plan de financement", "Règles appliquées", "Synthèse par partenaire"
SCHEDULES = f"{TABLE} et échéanciers"
SUMS = {"Totaux des lignes", "Totaux des colonnes", "Totaux généraux", "Reste à financer", SCHEDULES}


def _moved(book: Workbook) -> None:
    """Move one cent from an operation to another: the columns and the grand total still agree."""
    set_cell(TABLE, ("A-PLA",), "VILLE-A", 99_999.99)(book)
    set_cell(TABLE, ("A-EQP",), "VILLE-A", 1_049_999.90)(book)


CHANGES: dict[str, tuple[Callable[[Workbook], None], set[str]]] = {
    "un centime dans le plan": (set_cell(TABLE, ("A-OPA",), "ANAH", 200_000.01), SUMS),
    "un mot au lieu d'un montant": (set_cell(TABLE, ("A-OPA",), "ANAH", "à voir"), SUMS | {"Taux maximaux"}),
    "une formule en erreur": (
        set_cell(TABLE, ("A-OPA",), "ANAH", "=NA()"),
        SUMS | {"Taux maximaux", "Plafonds d'aides publiques"},
    ),
    "un montant dans une case grise": (set_cell(TABLE, ("A-OPA",), "DEPT", 0.01), SUMS),
    "un centime déplacé": (_moved, SUMS - {"Totaux des colonnes", "Totaux généraux"}),
    "échéancier AE": (
        set_cell("Échéancier AE", ("A-OPA", "ANAH"), 2027, 200_000.01),
        {"Reste à financer", SCHEDULES},
    ),
    "échéancier CP": (set_cell("Échéancier CP", ("A-OPA", "ANAH"), 2028, 0), {SCHEDULES}),
    "valeur archivée": (set_cell("Valeurs archivées", ("A-COM",), "Valeur archivée", 0.01), {"Totaux des lignes"}),
    "taux maximal": (set_cell(RULES, ("ANRU-DEM",), "Taux", 0.6), {"Taux maximaux"}),
    "plafond de l'assiette": (set_cell(RULES, ("ANRU-TIERS",), "Plafond de l'assiette", 1_799_999), {"Taux maximaux"}),
    "plafond par bâtiment": (
        set_cell(RULES, ("ANAH-CD",), "Plafond de l'assiette par bâtiment", 135_714),
        {"Taux maximaux"},
    ),
    "taux minimal": (set_cell(RULES, ("DEPT-MIN",), "Taux", 0.12), {"Taux minimaux"}),
    "montant maximal": (set_cell(RULES, ("REG-MAX",), "Montant", 399_999.99), {"Montants maximaux"}),
    "montant par unité": (set_cell(RULES, ("DEPT-UNITE",), "Montant par unité", 3_750), {"Montants maximaux"}),
    "forfait": (set_cell(RULES, ("ANRU-RLG",), "Montant par unité", 1_000), {"Forfaits"}),
    "aides publiques": (set_cell(RULES, ("ANAH-80",), "Taux", 0.39), {"Plafonds d'aides publiques"}),
    "part minimale": (set_cell(RULES, ("MO-20",), "Taux", 0.46), {"Part minimale du maître d'ouvrage"}),
    "prêts": (_loan, {"Prêts compris dans la part du maître d'ouvrage"}),
    "montant arrêté": (_lock, {"Montants arrêtés"}),
    "opération obligatoire": (set_cell("Opérations", ("A-DEM",), "Coût HT", 1_000_000.02), {"Opérations obligatoires"}),
    "budget d'engagement": (
        set_cell(SUMMARY, ("REGION", "Budget d'engagement (AE/AP)"), 2026, 599_999.99),
        {"Budgets d'engagement"},
    ),
    "budget cumulé d'un fonds commun": (
        set_cell(SUMMARY, ("FNRU", "Budget d'engagement (AE/AP)"), 2026, 904_333.36),
        {"Budgets d'engagement"},
    ),
    "engagements des autres projets": (
        set_cell(SUMMARY, ("REGION", "Engagements (AE) hors de ce classeur"), 2026, 400_000.01),
        {"Budgets d'engagement"},
    ),
    "budget de paiement": (
        set_cell(SUMMARY, ("REGION", "Budget de paiement (CP)"), 2027, 607_818.91),
        {"Budgets de paiement"},
    ),
    "enveloppe": (set_cell(SUMMARY, ("REG-EQP", "Enveloppe"), "Total", 699_999.99), {"Enveloppes"}),
    "contrôle effacé": (_control_erased, {"Totaux généraux"}),
    "nombre de contrôles": (_control_removed, set()),
}


PARTNER_CHANGES: dict[str, tuple[Callable[[Workbook], None], set[str]]] = {
    "financeur, un engagement": (
        set_cell("Engagements", ("A-OPA",), "Engagement", 50_000.01),
        {"Totaux des colonnes", SCHEDULES},
    ),
    "financeur, un montant maximal": (
        set_cell(RULES, ("REG-MAX",), "Montant", 399_999.99),
        {"Montants maximaux"},
    ),
}


@pytest.fixture(scope="module")
def originals(scenario, allocation, tmp_path_factory) -> dict[str, Path]:
    """Workbooks as we write them."""
    folder = tmp_path_factory.mktemp("originaux")
    paths = {"convention": folder / "convention.xlsx", "financeur": folder / "financeur.xlsx"}
    agreement.write(scenario, allocation, "P1", paths["convention"])
    partner_summary.write(scenario, allocation, "REGION", paths["financeur"])
    return paths


def test_recalculated_values_are_the_stored_ones(originals, recalculate):
    recalculated = recalculate({name: load_workbook(path) for name, path in originals.items()})
    for name, path in originals.items():
        same_values(path, recalculated[name], at_least=100)
        assert verdict_of(recalculated[name]) == ("CONFORME", set())


def test_rules_of_rulebooks_are_controlled_too(recalculate, tmp_path):
    document = read(find("droit-demo"))
    scenario = in_force(document)
    (tmp_path / "droit").mkdir()
    paths = write_all(scenario, allocate(scenario), tmp_path / "droit", lambda _text: None, law_of(document))
    books = {path.name.split("_")[1]: load_workbook(path) for path in paths}
    changed = next(path for path in paths if path.name.startswith("convention_QUARTIER"))
    books["changé"] = load_workbook(changed)
    set_cell(RULES, ("STATE-CAP-1999",), "Taux", 0.79)(books["changé"])
    verdicts = {name: verdict_of(path) for name, path in recalculate(books).items()}
    assert verdicts.pop("changé") == ("NON CONFORME", {"Plafonds d'aides publiques"})
    assert len(verdicts) == len(paths)
    assert all(verdict == ("CONFORME", set()) for verdict in verdicts.values())


def test_a_change_by_hand_turns_theverdict_of(originals, recalculate):
    books, expected = {}, {}
    for original, changes in (("convention", CHANGES), ("financeur", PARTNER_CHANGES)):
        for name, (change, families) in changes.items():
            books[name] = load_workbook(originals[original])
            change(books[name])
            expected[name] = ("NON CONFORME", families)
    assert {name: verdict_of(path) for name, path in recalculate(books).items()} == expected
