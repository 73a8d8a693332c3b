"""The complete scenario as a workbook, and cells named as people know them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from scenarios.formats import read, write
from scenarios.formats.workbook.names import sheet_names

COMPLETE = Path(__file__).parents[1] / "complete"


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the workbook of the complete scenario, as exported."""
    path = tmp_path_factory.mktemp("exported") / "complet.xlsx"
    write(read(COMPLETE), path)
    return path


def sheet_of(book: Workbook, table: str) -> Worksheet:
    return book[sheet_names()[table]]


def address(book: Workbook, table: str, row: int, column: str) -> str:
    """Return the address of a column by its technical name, whatever columns the dictionary gains."""
    names = [cell.value for cell in sheet_of(book, table)[2]]
    return sheet_of(book, table).cell(row, names.index(column) + 1).coordinate


@pytest.fixture
def edited(exported: Path, tmp_path: Path) -> Callable[[Callable[[Workbook], None]], Path]:
    """Return a function that saves the exported workbook after a change."""

    def save(change: Callable[[Workbook], None]) -> Path:
        book = load_workbook(exported)
        change(book)
        path = tmp_path / "plan.xlsx"
        book.save(path)
        return path

    return save
