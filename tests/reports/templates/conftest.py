"""A partner's own workbook, as it could be sent: its titles, its formulas, its faces, and what it asks."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

# The plan of tests/reports, laid down by hand and confirmed there by the exact checker.
from tests.reports.conftest import allocation, scenario

__all__ = ["allocation", "scenario"]

Change = Callable[[Workbook], None]

REQUESTS: tuple[tuple[Any, ...], ...] = (
    ("cellule", "donnée", "opération", "financeur", "projet", "année", "liste", "sens"),
    ("Délibération!A8", "code opération", None, "REGION", None, None, "opérations", None),
    ("Délibération!B8", "intitulé", None, "REGION", None, None, "opérations", "bas"),
    ("Délibération!C8", "engagement", None, "REGION", None, None, "opérations", "bas"),
    ("Délibération!D8", "part", None, "REGION", None, None, "opérations", "bas"),
    ("Délibération!B18", "année", None, None, None, None, "années", "droite"),
    ("Délibération!B19", "paiement", None, "REGION", None, None, "années", "droite"),
    ("Délibération!B20", "prêt", "A-EQP", None, None, None, None, None),
    (),
    ("Délibération!B21", "engagement", None, "REGION", "P2", 2026, None, None),
)


def name(book: Workbook, word: str, cell: str) -> None:
    book.defined_names[word] = DefinedName(word, attr_text=f"'Délibération'!{cell}")


def compose(book: Workbook) -> None:
    sheet = book.active
    sheet.title = "Délibération"
    sheet["A1"] = "Conseil régional : délibération"
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.merge_cells("A1:D1")
    sheet["A3"], sheet["A4"], sheet["A5"] = "Programme", "Engagement total", "Le"
    sheet["B4"].number_format = '#,##0.00 "€"'
    sheet["B4"] = 0
    sheet["B6"] = "=B4*2"
    sheet["A7"].comment = Comment("à relire", "Service")
    for column, title in enumerate(("Code", "Opération", "Montant", "Taux"), start=1):
        sheet.cell(7, column).value = title
    sheet["C8"].number_format = "#,##0.00"
    choice = DataValidation(type="list", formula1='"oui,non"')
    sheet.add_data_validation(choice)
    choice.add("F1")
    name(book, "plan.titre", "$B$3")
    name(book, "plan.engagement.REGION", "$B$4")
    name(book, "plan.date_de_référence", "$B$5")
    name(book, "autre.nom", "$F$1")
    requests = book.create_sheet("Correspondance")
    for row in REQUESTS:
        requests.append(row)
    book.create_sheet("Annexe")["A1"] = "=1+1"


@pytest.fixture
def template(tmp_path: Path) -> Callable[[Change], Path]:
    """Return a function that writes the template after a change."""

    def write(change: Change = lambda _book: None) -> Path:
        book = Workbook()
        compose(book)
        change(book)
        path = tmp_path / "region.xlsx"
        book.save(path)
        return path

    return write
