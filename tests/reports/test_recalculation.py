"""LibreOffice recalculates the workbooks: same cents, and a verdict that follows every hand-made change.

Workbooks are saved again by openpyxl, which drops every stored value, then converted with recalculation forced:
whatever value comes back was computed by LibreOffice. Starting it is slow: each test converts its files in one call.
"""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from allocator.solve.allocate import allocate
from reports import agreement, partner_summary
from reports.agreements import write_all
from scenarios.formats import read
from scenarios.library import find
from scenarios.rulebooks import in_force, law_of

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice absent : soffice n'est pas installé"),
]

_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""


def _row(sheet: Worksheet, *texts: str) -> int:
    """First row that holds all these texts."""
    for row in range(1, sheet.max_row + 1):
        if set(texts) <= {cell.value for cell in sheet[row]}:
            return row
    raise AssertionError(texts)


def _column(sheet: Worksheet, head: object) -> int:
    """First column that holds this title."""
    return next(cell.column for cells in sheet.iter_rows(max_row=6) for cell in cells if cell.value == head)


def _set(sheet_name: str, texts: tuple[str, ...], head: object, value: object) -> Callable[[Workbook], None]:
    """Change made by hand: the cell of the line that holds ``texts``, in the column titled ``head``."""

    def change(book: Workbook) -> None:
        sheet = book[sheet_name]
        cell = sheet.cell(_row(sheet, *texts), _column(sheet, head))
        assert cell.data_type != "f"
        assert cell.value != value
        cell.value = value

    return change


def _loan(book: Workbook) -> None:
    sheet = book["Assiettes et prêts"]
    sheet.cell(_row(sheet, "Second prêt d'exemple"), 5).value = 800_000


def _lock(book: Workbook) -> None:
    sheet = book["Journal"]
    sheet.cell(_row(sheet, "Engagement signé"), 4).value = 400_000.01


def _control_removed(book: Workbook) -> None:
    book["Contrôles"].cell(_row(book["Contrôles"], "Contrôles présents / archivés"), 4).value += 1


def _control_erased(book: Workbook) -> None:
    sheet = book["Contrôles"]
    sheet.cell(_row(sheet, "Totaux généraux", "="), 11).value = None


TABLE, RULES, SUMMARY = "Plan de financement", "Règles appliquées", "Synthèse par partenaire"
SCHEDULES = f"{TABLE} et échéanciers"
SUMS = {"Totaux des lignes", "Totaux des colonnes", "Totaux généraux", "Reste à financer", SCHEDULES}


def _moved(book: Workbook) -> None:
    """Move one cent from an operation to another: the columns and the grand total still agree."""
    _set(TABLE, ("A-PLA",), "VILLE-A", 99_999.99)(book)
    _set(TABLE, ("A-EQP",), "VILLE-A", 1_049_999.90)(book)


CHANGES: dict[str, tuple[Callable[[Workbook], None], set[str]]] = {
    "un centime dans le plan": (_set(TABLE, ("A-OPA",), "ANAH", 200_000.01), SUMS),
    "un mot au lieu d'un montant": (_set(TABLE, ("A-OPA",), "ANAH", "à voir"), SUMS | {"Taux maximaux"}),
    "une formule en erreur": (
        _set(TABLE, ("A-OPA",), "ANAH", "=NA()"),
        SUMS | {"Taux maximaux", "Plafonds d'aides publiques"},
    ),
    "un montant dans une case grise": (_set(TABLE, ("A-OPA",), "DEPT", 0.01), SUMS),
    "un centime déplacé": (_moved, SUMS - {"Totaux des colonnes", "Totaux généraux"}),
    "échéancier AE": (
        _set("Échéancier AE", ("A-OPA", "ANAH"), 2027, 200_000.01),
        {"Reste à financer", SCHEDULES},
    ),
    "échéancier CP": (_set("Échéancier CP", ("A-OPA", "ANAH"), 2028, 0), {SCHEDULES}),
    "valeur archivée": (_set("Valeurs archivées", ("A-COM",), "Valeur archivée", 0.01), {"Totaux des lignes"}),
    "taux maximal": (_set(RULES, ("ANRU-DEM",), "Taux", 0.6), {"Taux maximaux"}),
    "plafond de l'assiette": (_set(RULES, ("ANRU-TIERS",), "Plafond de l'assiette", 1_799_999), {"Taux maximaux"}),
    "plafond par bâtiment": (
        _set(RULES, ("ANAH-CD",), "Plafond de l'assiette par bâtiment", 135_714),
        {"Taux maximaux"},
    ),
    "taux minimal": (_set(RULES, ("DEPT-MIN",), "Taux", 0.12), {"Taux minimaux"}),
    "montant maximal": (_set(RULES, ("REG-MAX",), "Montant", 399_999.99), {"Montants maximaux"}),
    "montant par unité": (_set(RULES, ("DEPT-UNITE",), "Montant par unité", 3_750), {"Montants maximaux"}),
    "forfait": (_set(RULES, ("ANRU-RLG",), "Montant par unité", 1_000), {"Forfaits"}),
    "aides publiques": (_set(RULES, ("ANAH-80",), "Taux", 0.39), {"Plafonds d'aides publiques"}),
    "part minimale": (_set(RULES, ("MO-20",), "Taux", 0.46), {"Part minimale du maître d'ouvrage"}),
    "prêts": (_loan, {"Prêts compris dans la part du maître d'ouvrage"}),
    "montant arrêté": (_lock, {"Montants arrêtés"}),
    "opération obligatoire": (_set("Opérations", ("A-DEM",), "Coût HT", 1_000_000.02), {"Opérations obligatoires"}),
    "budget d'engagement": (
        _set(SUMMARY, ("REGION", "Budget d'engagement (AE/AP)"), 2026, 599_999.99),
        {"Budgets d'engagement"},
    ),
    "budget cumulé d'un fonds commun": (
        _set(SUMMARY, ("FNRU", "Budget d'engagement (AE/AP)"), 2026, 904_333.36),
        {"Budgets d'engagement"},
    ),
    "engagements des autres projets": (
        _set(SUMMARY, ("REGION", "Engagements (AE) hors de ce classeur"), 2026, 400_000.01),
        {"Budgets d'engagement"},
    ),
    "budget de paiement": (
        _set(SUMMARY, ("REGION", "Budget de paiement (CP)"), 2027, 607_818.91),
        {"Budgets de paiement"},
    ),
    "enveloppe": (_set(SUMMARY, ("REG-EQP", "Enveloppe"), "Total", 699_999.99), {"Enveloppes"}),
    "contrôle effacé": (_control_erased, {"Totaux généraux"}),
    "nombre de contrôles": (_control_removed, set()),
}


PARTNER_CHANGES: dict[str, tuple[Callable[[Workbook], None], set[str]]] = {
    "financeur, un engagement": (
        _set("Engagements", ("A-OPA",), "Engagement", 50_000.01),
        {"Totaux des colonnes", SCHEDULES},
    ),
    "financeur, un montant maximal": (
        _set(RULES, ("REG-MAX",), "Montant", 399_999.99),
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


@pytest.fixture
def recalculate(tmp_path) -> Callable[[dict[str, Workbook]], dict[str, Path]]:
    """Save workbooks without their stored values, have LibreOffice compute them, all in one call."""
    source, target, profile = (tmp_path / name for name in ("a_convertir", "convertis", "profil"))
    source.mkdir()
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE, encoding="utf-8")

    def convert(books: dict[str, Workbook]) -> dict[str, Path]:
        files = {name: f"{rank}.xlsx" for rank, name in enumerate(books)}
        for name, book in books.items():
            book.save(source / files[name])
        command = [
            "soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx",
            "--outdir", str(target), *(str(source / file) for file in files.values()),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=600)
        return {name: target / file for name, file in files.items()}

    return convert


def _verdict(path: Path) -> tuple[str, set[str]]:
    """Verdict of a workbook, and the families that its summary says to be wrong."""
    sheet = load_workbook(path, data_only=True)["Contrôles"]
    families = set()
    row = 12
    while sheet.cell(row, 2).value:
        if sheet.cell(row, 5).value != "OK":
            families.add(sheet.cell(row, 2).value)
        row += 1
    return sheet["C4"].value, families


def test_recalculated_values_are_the_stored_ones(originals, recalculate):
    recalculated = recalculate({name: load_workbook(path) for name, path in originals.items()})
    for name, path in originals.items():
        formulas, stored = load_workbook(path), load_workbook(path, data_only=True)
        again = load_workbook(recalculated[name], data_only=True)
        compared = 0
        for sheet in formulas:
            for cell in (cell for cells in sheet.iter_rows() for cell in cells if cell.data_type == "f"):
                before, after = (book[sheet.title][cell.coordinate].value for book in (stored, again))
                where = (name, sheet.title, cell.coordinate)
                if isinstance(before, str):
                    assert after == before, where
                else:
                    assert after == pytest.approx(before, abs=1e-6), where
                    compared += 1
        assert compared > 100
        assert _verdict(recalculated[name]) == ("CONFORME", set())


def test_rules_of_rulebooks_are_controlled_too(recalculate, tmp_path):
    document = read(find("droit-demo"))
    scenario = in_force(document)
    (tmp_path / "droit").mkdir()
    paths = write_all(scenario, allocate(scenario), tmp_path / "droit", lambda _text: None, law_of(document))
    books = {path.name.split("_")[1]: load_workbook(path) for path in paths}
    changed = next(path for path in paths if path.name.startswith("convention_QUARTIER"))
    books["changé"] = load_workbook(changed)
    _set(RULES, ("STATE-CAP-1999",), "Taux", 0.79)(books["changé"])
    verdicts = {name: _verdict(path) for name, path in recalculate(books).items()}
    assert verdicts.pop("changé") == ("NON CONFORME", {"Plafonds d'aides publiques"})
    assert len(verdicts) == len(paths)
    assert all(verdict == ("CONFORME", set()) for verdict in verdicts.values())


def test_a_change_by_hand_turns_the_verdict(originals, recalculate):
    books, expected = {}, {}
    for original, changes in (("convention", CHANGES), ("financeur", PARTNER_CHANGES)):
        for name, (change, families) in changes.items():
            books[name] = load_workbook(originals[original])
            change(books[name])
            expected[name] = ("NON CONFORME", families)
    assert {name: _verdict(path) for name, path in recalculate(books).items()} == expected
