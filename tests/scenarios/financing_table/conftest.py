"""A small foreign table, clean at first, and a way to spoil it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

EXAMPLE = Path(__file__).parent / "example.yaml"

TITLES = (
    ("N°", "Opération", "Nature", "Maître\nd'ouvrage", "Coût HT", "Priorité", "Démarrage", "Décision", "Financeurs",
     None, None, None, None, "Total", "Prêt CDC"),
    (None, None, None, None, None, None, None, None, "ANRU", "% ANRU", "Région", "Ville", "Office", None, None),
)  # fmt: skip
ROWS: tuple[tuple[Any, ...], ...] = (
    ("Axe 1 : habitat",),
    ("1", "Démolition\nde la barre A", "Démolition", "Office", "1 000 000,50 €", 3, "S1 2026", "15/06/2026",
     "400 000,20 €", "40 %", "100 k€", None, "500 000,30 €", "1 000 000,50 €", "0,2 M€"),
    ("2", "Démolition de la barre B", "Démolition", None, 500_000, 2, 2027, None, 200_000, 0.4, 0, "–", 300_000,
     500_000, "-"),
    (None, "Sous-total habitat", None, None, 1_500_000.5, None, None, None, "600 000,20 €", "40 %", "0,1 M€", None,
     800_000.3, 1_500_000.5, 200_000),
    (),
    ("3", "École", "Équipement", "Ville", "1,2 M€", 5, "01/09/2027", None, None, None, "240 000", "960 000", None,
     "1 200 000", None),
    ("TOTAL",  None, None, None, 2_700_000.5, None, None, None, 600_000.2, "22,2 %", 340_000, 960_000, 800_000.3,
     2_700_000.5, 200_000),
    ("Source : services de la métropole",),
)  # fmt: skip


def fill(sheet: Worksheet) -> None:
    sheet.title = "Maquette"
    sheet["A1"] = "Plan de financement prévisionnel"
    for row, values in enumerate((*TITLES, *ROWS), start=3):
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column).value = value
    for area in ("A1:O1", "I3:M3", "A3:A4", "B3:B4", "E3:E4", "D6:D7", "A5:O5"):
        sheet.merge_cells(area)
    sheet["J7"].number_format = "0 %"


@pytest.fixture
def table(tmp_path: Path) -> Callable[[Callable[[Worksheet], None]], Path]:
    """Return a function that writes the table after a change."""

    def write(change: Callable[[Worksheet], None] = lambda _sheet: None) -> Path:
        book = Workbook()
        fill(book.active)
        change(book.active)
        path = tmp_path / "tableau.xlsx"
        book.save(path)
        return path

    return write
