"""Workbooks changed by hand and recalculated by LibreOffice, and what is read back from them.

Workbooks are saved again by openpyxl, which drops every stored value, then converted with recalculation forced:
whatever value comes back was computed by LibreOffice. Starting it is slow: each test converts its files in one call.
"""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""


def row_of(sheet: Worksheet, *texts: str) -> int:
    """First row that holds all these texts."""
    for row in range(1, sheet.max_row + 1):
        if set(texts) <= {cell.value for cell in sheet[row]}:
            return row
    raise AssertionError(texts)


def column_of(sheet: Worksheet, head: object) -> int:
    """First column that holds this title."""
    return next(cell.column for cells in sheet.iter_rows(max_row=9) for cell in cells if cell.value == head)


def set_cell(sheet_name: str, texts: tuple[str, ...], head: object, value: object) -> Callable[[Workbook], None]:
    """Change made by hand: the cell of the line that holds ``texts``, in the column titled ``head``."""

    def change(book: Workbook) -> None:
        sheet = book[sheet_name]
        cell = sheet.cell(row_of(sheet, *texts), column_of(sheet, head))
        assert cell.data_type != "f"
        assert cell.value != value
        cell.value = value

    return change


def verdict_of(path: Path) -> tuple[str, set[str]]:
    """Verdict of a workbook, and the families that its summary says to be wrong."""
    sheet = load_workbook(path, data_only=True)["Contrôles"]
    families = set()
    row = 12
    while sheet.cell(row, 2).value:
        if sheet.cell(row, 5).value != "OK":
            families.add(sheet.cell(row, 2).value)
        row += 1
    return sheet["C4"].value, families


def same_values(path: Path, recalculated: Path, at_least: int) -> None:
    """Compare every formula's stored value with the recalculated one, to the cent: words the same, figures equal."""
    formulas, stored = load_workbook(path), load_workbook(path, data_only=True)
    again = load_workbook(recalculated, data_only=True)
    compared = 0
    for sheet in formulas:
        for cell in (cell for cells in sheet.iter_rows() for cell in cells if cell.data_type == "f"):
            before, after = (book[sheet.title][cell.coordinate].value for book in (stored, again))
            where = (path.name, sheet.title, cell.coordinate)
            if isinstance(before, str):
                assert after == before, where
            else:
                assert after == pytest.approx(before, abs=1e-6), where
                compared += 1
    assert compared > at_least


def convert(books: dict[str, Workbook], folder: Path) -> dict[str, Path]:
    """Save workbooks without their stored values, have LibreOffice compute them, all in one call."""
    source, target, profile = (folder / name for name in ("a_convertir", "convertis", "profil"))
    source.mkdir()
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
    files = {name: f"{rank}.xlsx" for rank, name in enumerate(books)}
    for name, book in books.items():
        book.save(source / files[name])
    command = [
        "soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx",
        "--outdir", str(target), *(str(source / file) for file in files.values()),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return {name: target / file for name, file in files.items()}
