"""Malformed workbooks, one fault each: the sheet, the cell, what was found; and the scenario is not read.

The faults of values themselves are those of every format, told here with their cell.
"""

from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openpyxl import Workbook, load_workbook

from scenarios.formats import Problem, ScenarioError, read
from scenarios.formats.workbook.names import sheet_names
from tests.scenarios.workbook.conftest import address, sheet_of

Change = Callable[[Workbook], None]


def moment(*parts: int) -> datetime:
    """Return a moment as spreadsheets hold it, without time zone."""
    return datetime(*parts)  # type: ignore[arg-type] # noqa: DTZ001 - spreadsheets know no time zone


class Fault(NamedTuple):
    """A change, and the problem it gives: table, line and column (for its cell), what is found, part of the advice."""

    name: str
    change: Change
    table: str
    row: int | None
    column: str | None
    found: str
    advice: str


def put(table: str, row: int, column: str, value: Any, number_format: str = "General") -> Change:
    def change(book: Workbook) -> None:
        cell = sheet_of(book, table)[address(book, table, row, column)]
        cell.value = value
        cell.number_format = number_format

    return change


def field(name: str, value: Any) -> Change:
    def change(book: Workbook) -> None:
        sheet = sheet_of(book, "")
        sheet.cell(field_row(book, name), 3).value = value

    return change


def field_row(book: Workbook, name: str) -> int:
    return next(row for row in range(3, 60) if sheet_of(book, "").cell(row, 1).value == name)


def value_fault(
    name: str, table: str, row: int, column: str, value: Any, found: str, advice: str, number_format: str = "General"
) -> Fault:
    return Fault(name, put(table, row, column, value, number_format), table, row, column, found, advice)


def header_fault(name: str, column: str, value: Any, found: str, advice: str) -> Fault:
    return Fault(name, field(column, value), "", None, column, found, advice)


OPERATION = "operations"
LOGICAL = True
VALUES = [
    value_fault("montant en lettres", OPERATION, 3, "receipts", "beaucoup", "« beaucoup »", "point décimal"),
    value_fault("montant à la virgule", OPERATION, 3, "receipts", "12,50", "« 12,50 »", "un point à la place"),
    value_fault("montant avec unité", OPERATION, 3, "receipts", "12 €", "« 12 € »", "sans espace ni symbole"),
    value_fault("montant négatif", OPERATION, 3, "receipts", -1, "« -1 »", "point décimal"),
    value_fault("fraction de centime", OPERATION, 3, "receipts", 0.005, "« 0.005 »", "deux décimales"),
    value_fault("montant démesuré", OPERATION, 3, "receipts", 1e30, f"« 1{'0' * 30} »", "point décimal"),
    value_fault("montant logique", OPERATION, 3, "receipts", LOGICAL, "la valeur logique VRAI", "Retapez"),
    value_fault(
        "montant devenu date", OPERATION, 3, "receipts", moment(2026, 3, 1), "la date 01/03/2026", "format Standard",
        "dd/mm/yyyy",
    ),
    value_fault(
        "montant devenu heure", OPERATION, 3, "receipts", time(12, 30), "une heure ou une durée", "format Standard",
        "hh:mm",
    ),
    value_fault("cellule en erreur", OPERATION, 3, "receipts", "#REF!", "l'erreur « #REF! »", "Corrigez la formule"),
    value_fault("division par zéro", OPERATION, 3, "receipts", "#DIV/0!", "l'erreur « #DIV/0! »", "tapez la valeur"),
    value_fault(
        "formule sans résultat", OPERATION, 3, "receipts", "=1+1", "une formule dont le résultat n'est pas enregistré",
        "enregistrez-le, ou collez la valeur",
    ),
    value_fault("taux de plus de 100 %", "rules", 3, "rate", 80, "« 80 »", "1 ou 100 % au plus"),
    value_fault("taux trop fin", "rules", 3, "rate", 0.33333333, "« 0.33333333 »", "sinon une fraction"),
    value_fault("tiers divisé par zéro", "rules", 3, "rate", "1/0", "« 1/0 »", "une fraction"),
    value_fault("année à deux chiffres", "budgets", 3, "year", 26, "« 26 »", "quatre chiffres"),
    value_fault("année à virgule", "budgets", 3, "year", 2026.5, "« 2026.5 »", "quatre chiffres"),
    value_fault(
        "année devenue date", "budgets", 3, "year", moment(2026, 1, 1), "la date 01/01/2026", "format Standard",
        "dd/mm/yyyy",
    ),
    value_fault("entier à virgule", OPERATION, 3, "units", 12.5, "« 12.5 »", "nombre entier"),
    value_fault("oui avec majuscule", OPERATION, 3, "mandatory", "Oui", "« Oui »", "en minuscules"),
    value_fault("oui en chiffre", OPERATION, 3, "mandatory", 1, "le nombre 1", "format Texte"),
    value_fault("mot inconnu", OPERATION, 3, "cost_basis", "HT", "« HT »", "l'un des mots attendus"),
    value_fault("mot proche", OPERATION, 3, "cost_basis", "excl_vta", "« excl_vta »", "Écrivez « excl_vat »"),
    value_fault("genre de règle inconnu", "rules", 3, "kind", "plafond", "« plafond »", "l'un des mots attendus"),
    value_fault("code devenu nombre", OPERATION, 3, "code", 10, "le nombre 10", "zéros du début"),
    value_fault("code avec espace", OPERATION, 3, "nature", "D M", "« D M »", "sans espace ni accent"),
    value_fault("code inconnu", OPERATION, 3, "owner", "VILE", "« VILE »", ""),
    value_fault("code vide", OPERATION, 3, "owner", None, "rien", "Remplissez « owner »"),
    value_fault("libellé sur deux lignes", OPERATION, 3, "label", "deux\nlignes", "« deux\\nlignes »", "retour à la"),
    value_fault("libellé trop long", OPERATION, 3, "label", "x" * 301, "…", "texte court"),
    value_fault("libellé à virgule", OPERATION, 3, "label", 1.5, "le nombre 1.5", "format Texte"),
    value_fault("date en français", "rules", 3, "valid_from", "24/11/2026", "« 24/11/2026 »", "année, mois, jour"),
    value_fault(
        "date avec une heure", "rules", 3, "valid_from", moment(2026, 3, 1, 12, 30),
        "un jour et une heure, 01/03/2026 12:30", "Gardez le jour seul", "dd/mm/yyyy hh:mm",
    ),
    value_fault("liste à virgules", "envelopes", 3, "partners", "a, b", "« a, b »", "sans espace ni accent"),
    value_fault("colonne d'un autre genre", "rules", 3, "amount", 5, "« 5 »", "Videz « amount »"),
    value_fault("code écrit deux fois", "partners", 4, "code", "ANRU", "déjà écrit à la ligne 3", "Supprimez l'une"),
]  # fmt: skip
HEADER_VALUES = [
    header_fault("date de référence en lettres", "reference_date", "demain", "« demain »", "année, mois, jour"),
    header_fault("titre vide", "title", None, "rien", "Remplissez « title »"),
    header_fault("code du scénario devenu nombre", "code", 7, "le nombre 7", "format Texte"),
    header_fault("formule dans l'en-tête", "first_year", "=2025+1", "une formule dont le résultat", "collez la valeur"),
    header_fault("version inconnue", "format_version", 9, "« 9 »", "Convertissez"),
]


@pytest.mark.parametrize("fault", [pytest.param(fault, id=fault.name) for fault in (*VALUES, *HEADER_VALUES)])
def test_a_value_is_refused_in_its_cell(fault: Fault, edited: Callable[[Change], Path]) -> None:
    path = edited(fault.change)
    book = load_workbook(path)
    with pytest.raises(ScenarioError) as refusal:
        read(path)
    row = fault.row or field_row(book, fault.column or "")
    cell = f"C{row}" if fault.row is None else address(book, fault.table, row, fault.column or "")
    told = [problem for problem in refusal.value.problems if problem.cell == cell]
    assert len(told) == 1, refusal.value
    (problem,) = told
    assert (problem.file, problem.sheet) == ("plan.xlsx", sheet_names()[fault.table])
    assert (problem.table, problem.row, problem.column) == (fault.table, row, fault.column)
    assert fault.found in problem.found
    assert fault.advice in problem.advice
    assert problem.expected
    assert f"plan.xlsx, feuille « {problem.sheet} », cellule {cell}, " in str(refusal.value)


def drop(table: str) -> Change:
    return lambda book: book.remove(sheet_of(book, table))


def rename(table: str, name: str) -> Change:
    def change(book: Workbook) -> None:
        sheet_of(book, table).title = name

    return change


def copy_sheet(table: str, name: str) -> Change:
    def change(book: Workbook) -> None:
        copied = book.create_sheet(name)
        for row in sheet_of(book, table).iter_rows(values_only=True):
            copied.append(row)

    return change


def column_named(table: str, column: str, name: str | None) -> Change:
    def change(book: Workbook) -> None:
        sheet_of(book, table)[address(book, table, 2, column)].value = name

    return change


def without_names(table: str) -> Change:
    return lambda book: sheet_of(book, table).delete_rows(2)


def merged(table: str, area: str) -> Change:
    return lambda book: sheet_of(book, table).merge_cells(area)


def beyond(book: Workbook) -> None:
    sheet_of(book, "communes")["AZ3"] = "une remarque"


def twice(book: Workbook) -> None:
    sheet_of(book, "")["A5"] = sheet_of(book, "")["A4"].value


def unknown_field(book: Workbook) -> None:
    sheet_of(book, "")["A4"] = "titel"


SHEETS = [
    ("feuille obligatoire absente", drop("operations"), "Opérations", "", "aucune feuille « Opérations »"),
    ("en-tête absent", drop(""), "En-tête du scénario", "", "aucune feuille « En-tête du scénario »"),
    ("feuille mal nommée", rename("loans", "Prets"), "Prets", "", "une feuille qui n'est pas une table"),
    ("feuille de trop", lambda b: b.create_sheet("Brouillon").append(["x"]), "Brouillon", "", "une feuille qui n'est"),
    ("table en double", copy_sheet("projects", "projects"), "projects", "", "la table de la feuille « Projets »"),
    ("noms techniques absents", without_names("communes"), "Communes", "", "aucune ligne de noms techniques"),
    ("colonne inconnue", column_named("communes", "population", "habitants"), "Communes", "D2", "« habitants »"),
    (
        "colonne en double",
        column_named("communes", "population", "code"),
        "Communes",
        "D2",
        "une colonne présente deux",
    ),
    ("colonne sans nom", column_named("communes", "population", None), "Communes", "D3", "« "),
    ("colonne obligatoire absente", column_named("communes", "territory", None), "Communes", "", "une colonne absente"),
    ("valeur hors du tableau", beyond, "Communes", "AZ3", "« une remarque »"),
    ("cellules fusionnées", merged("communes", "B3:B4"), "Communes", "B3", "des cellules fusionnées (B3:B4)"),
    ("champ inconnu", unknown_field, "En-tête du scénario", "A4", "« titel »"),
    ("champ en double", twice, "En-tête du scénario", "A5", "« code » écrit deux fois"),
]


@pytest.mark.parametrize(("change", "sheet", "cell", "found"), [pytest.param(*case[1:], id=case[0]) for case in SHEETS])
def test_a_sheet_is_refused_where_it_is_wrong(
    change: Change, sheet: str, cell: str, found: str, edited: Callable[[Change], Path]
) -> None:
    with pytest.raises(ScenarioError) as refusal:
        read(edited(change))
    told = [problem for problem in refusal.value.problems if (problem.sheet, problem.cell) == (sheet, cell)]
    assert any(problem.found.startswith(found) for problem in told), refusal.value
    assert all(problem.file == "plan.xlsx" and problem.advice.endswith(".") for problem in refusal.value.problems)


def test_there_are_at_least_forty_of_them() -> None:
    assert len(VALUES) + len(HEADER_VALUES) + len(SHEETS) >= 40


def test_every_fault_is_told_at_once_in_the_order_of_the_document(edited: Callable[[Change], Path]) -> None:
    def change(book: Workbook) -> None:
        for fault in (VALUES[20], VALUES[0], VALUES[12], HEADER_VALUES[0]):
            fault.change(book)

    with pytest.raises(ScenarioError) as refusal:
        read(edited(change))
    assert [problem.column for problem in refusal.value.problems] == [
        "reference_date", "receipts", "mandatory", "rate",
    ]  # fmt: skip


def test_a_missing_sheet_is_told_once(edited: Callable[[Change], Path]) -> None:
    def change(book: Workbook) -> None:
        drop("")(book)
        drop("operations")(book)

    with pytest.raises(ScenarioError) as refusal:
        read(edited(change))
    problems: tuple[Problem, ...] = refusal.value.problems
    assert [problem.sheet for problem in problems] == ["En-tête du scénario", "Opérations"]
