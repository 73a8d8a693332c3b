"""The sheets of a workbook as plain values: what both the scenario workbook and foreign tables are read from."""

import io
import re
import warnings
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import get_column_letter
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from scenarios.formats.problems import Problem
from scenarios.formats.workbook.package import (
    MOST_CELLS,
    UNREADABLE,
    Layout,
    Range,
    damaged,
    layout_of,
    read_bytes,
)
from scenarios.language import _

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")

Place = tuple[int, int]
"""Row and column of a cell, from 1."""


class ErrorValue(str):
    """The result of a formula that failed, like ``#REF!``."""

    __slots__ = ()


Value = str | int | float | bool | date | datetime | time | timedelta


@dataclass(frozen=True)
class Sheet:
    """One sheet. ``values`` holds the cells that are not empty, ``formats`` the number format of those that have one.

    ``unsaved`` holds the cells whose formula has no saved value: what they are worth cannot be known.
    """

    name: str
    values: dict[Place, Value]
    formats: dict[Place, str]
    unsaved: frozenset[Place]
    merged: tuple[Range, ...]

    @property
    def empty(self) -> bool:
        """Tell whether nothing stands on the sheet."""
        return not self.values and not self.unsaved

    @property
    def last_column(self) -> int:
        """Last column that is not empty, 0 for an empty sheet."""
        return max((column for _row, column in (*self.values, *self.unsaved)), default=0)


def address(place: Place) -> str:
    """Return the address of a cell, like ``D12``."""
    row, column = place
    return f"{get_column_letter(column)}{row}"


def range_address(area: Range) -> str:
    """Return the address of a range, like ``B3:B5``."""
    return f"{address(area[:2])}:{address(area[2:])}"


def sheets(path: Path, problems: list[Problem]) -> list[Sheet] | None:
    """Return the sheets of a workbook in order; None, and what is wrong, when it may not or cannot be read.

    Raises OSError.
    """
    content = read_bytes(path, problems)
    if content is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what it leaves out: none of it holds values
            return _sheets(content, path.name, problems)
    except UNREADABLE:
        problems.append(damaged(path.name))
        return None


def _sheets(content: bytes, name: str, problems: list[Problem]) -> list[Sheet] | None:
    reader = _Reader(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    reader.read()
    found = []
    for sheet in reader.wb.worksheets:
        layout = layout_of(content, sheet._worksheet_path)  # noqa: SLF001 - openpyxl tells it nowhere else
        if layout.too_large:
            problems.append(_too_many(name, sheet.title))
        else:
            found.append(_sheet(sheet, layout))
    return None if problems else found


class _Reader(ExcelReader):  # type: ignore[misc] # openpyxl carries no types
    """The reader of openpyxl, with the escapes of shared strings undone as the format says (ECMA-376, ST_Xstring)."""

    archive: zipfile.ZipFile

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)
        if part is None:
            return
        with self.archive.open(part.PartName[1:]) as source:
            for _event, node in iterparse(source):
                if node.tag == f"{{{SHEET_MAIN_NS}}}si":
                    self.shared_strings.append(_unescaped(Text.from_tree(node).content))
                    node.clear()


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _sheet(sheet: Any, layout: Layout) -> Sheet:
    sheet.reset_dimensions()  # the file may lie about them
    values: dict[Place, Value] = {}
    formats: dict[Place, str] = {}
    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.value is None or cell.value == "":
                continue
            place = cell.row, cell.column
            values[place] = ErrorValue(cell.value) if cell.data_type == "e" else cell.value
            if cell.number_format != "General":
                formats[place] = cell.number_format
    return Sheet(sheet.title, values, formats, frozenset(layout.unsaved), tuple(layout.merged))


def _too_many(name: str, sheet: str) -> Problem:
    return Problem(
        name, None, None, _("une feuille trop grande, ou une cellule fusionnée trop étendue"),
        _("{cells} cellules au plus par feuille").format(cells=MOST_CELLS),
        _("Effacez ce qui n'est pas du tableau, ou employez un dossier de tables CSV."), sheet=sheet,
    )  # fmt: skip
