"""The scenario workbook, written: a sheet per table, every column of the data dictionary, the same bytes each time."""

import io
from datetime import UTC, date, datetime, time
from math import ceil
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from scenarios.dictionary import HEADER, Column, Table, tables
from scenarios.document import Scenario
from scenarios.document.quantities import DATE
from scenarios.fingerprint import fingerprint
from scenarios.formats.problems import Problem, ScenarioError
from scenarios.formats.text import document
from scenarios.formats.workbook import guide
from scenarios.formats.workbook.cell_text import FIRST_DAY, NUMBERS
from scenarios.formats.workbook.drop_downs import FIRST_ROW, SPARE_ROWS, DropDowns
from scenarios.formats.workbook.faces import Faces
from scenarios.formats.workbook.names import FIELD, LISTS, README, VALUE, sheet_names
from scenarios.formats.workbook.package import LAST_ROW
from scenarios.formats.workbook.safe_text import safe_text
from scenarios.language import _

PAPER_A4 = 9
LONGEST_CELL = 32_767
"""Characters that a cell holds at most."""

_HEADER_WIDTHS = (16, 44, 60, 76)
_NARROWEST, _WIDEST = 9, 44
_PAGE_WIDTH = 190
"""Characters across a page at the smallest scale that is easy to read; wider tables are cut, first columns repeated."""

_CUT_SCALE = 62
_LINE_HEIGHT = 12
"""Height of one line of a text that wraps, in points."""


def render(scenario: Scenario) -> bytes:
    """Return the workbook of a scenario. Raises ScenarioError when a table or a list is too long for a spreadsheet."""
    target = io.BytesIO()
    values = document(scenario)
    _refuse_long(values)
    book = Workbook(target, _options())
    book.set_properties(
        {
            "title": scenario.title,
            "author": scenario.committee,
            "comments": fingerprint(scenario),
            "created": datetime.combine(scenario.reference_date, time(), UTC).replace(tzinfo=None),
        }
    )
    _Writer(book, scenario, values).write()
    book.close()
    return target.getvalue()


def _options() -> dict[str, Any]:
    """Give the options of a new workbook: whatever a text begins with, it stays text."""
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": "Arial", "font_size": 10},
    }


def _refuse_long(values: dict[str, Any]) -> None:
    problems = []
    for name, table in tables().items():
        rows = values.get(name, ()) if name != HEADER else ()
        if len(rows) > LAST_ROW - FIRST_ROW:
            found = _("{count} lignes").format(count=len(rows))
            problems.append(_too_long(table, None, None, found, _("{most} lignes au plus").format(most=LAST_ROW)))
        for rank, row in enumerate(rows, start=1):
            for column, value in row.items():
                if len(_joined(value)) > LONGEST_CELL:
                    found = _("un contenu de {count} caractères").format(count=len(_joined(value)))
                    expected = _("{most} caractères au plus dans une cellule").format(most=LONGEST_CELL)
                    problems.append(_too_long(table, rank, column, found, expected))
    if problems:
        raise ScenarioError(problems)


def _too_long(table: Table, row: int | None, column: str | None, found: str, expected: str) -> Problem:
    advice = _("Écrivez ce scénario en dossier de tables CSV : un classeur ne peut pas le contenir.")
    return Problem("", row, column, found, expected, advice, table.name)


def _joined(value: str | list[str]) -> str:
    return "|".join(value) if isinstance(value, list) else value


class _Writer:
    """Writes the sheets of one scenario."""

    def __init__(self, book: Workbook, scenario: Scenario, values: dict[str, Any]) -> None:
        self.book = book
        self.scenario = scenario
        self.values = values
        self.faces = Faces(book)
        self.lists = DropDowns(scenario)

    def write(self) -> None:
        """Write every sheet, in the order of the document."""
        guide.write(self._sheet(_(README)), self.scenario, self.faces)
        for name, table in tables().items():
            sheet = self._sheet(sheet_names()[name])
            if name == HEADER:
                self._header(sheet, table)
            else:
                self._table(sheet, table, self.values.get(name, []))
        lists = self._sheet(_(LISTS))
        self.lists.write_lists(lists, self.faces)
        lists.freeze_panes(1, 0)
        lists.repeat_rows(0)
        lists.fit_to_pages(1, 0)

    def _sheet(self, name: str) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(PAPER_A4)
        sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.6)
        stamp = f"{self.scenario.code} · {fingerprint(self.scenario)[:12]}".replace("&", "&&")
        sheet.set_footer(f"&L&8{stamp}&C&8&A&R&8" + _("page {page} sur {pages}").format(page="&P", pages="&N"))
        sheet.hide_gridlines(2)
        return sheet

    def _header(self, sheet: Worksheet, table: Table) -> None:
        titles = (FIELD, _("Champ")), ("", _("Intitulé")), (VALUE, _("Valeur")), ("", _("Ce qu'on y écrit"))
        for place, (name, title) in enumerate(titles):
            sheet.write_string(0, place, title, self.faces.title())
            sheet.write_string(1, place, name, self.faces.technical())
        for row, column in enumerate(table.columns, start=FIRST_ROW):
            sheet.write_string(row, 0, column.name, self.faces.technical())
            sheet.write_string(row, 1, column.title, self.faces.needed() if column.required else self.faces.title())
            text, note = self.values.get(column.name, ""), guide.note(column)
            self._cell(sheet, row, 2, column, text, wrapped=True)
            sheet.write_string(row, 3, note, self.faces.paragraph())
            sheet.set_row(row, 13 * max(note.count("\n") + 1, len(text) // _HEADER_WIDTHS[2] + 1) + 4)
            self.lists.offer(sheet, (row, 2, row, 2), table, column)
        for place, width in enumerate(_HEADER_WIDTHS):
            sheet.set_column(place, place, width)
        sheet.freeze_panes(FIRST_ROW, 0)
        sheet.repeat_rows(0, FIRST_ROW - 1)
        sheet.fit_to_pages(1, 0)

    def _table(self, sheet: Worksheet, table: Table, rows: list[dict[str, Any]]) -> None:
        last = FIRST_ROW + len(rows) + SPARE_ROWS - 1
        widths = []
        for place, (column, title) in enumerate(zip(table.columns, table.titles, strict=True)):
            face = self.faces.needed() if column.required and not column.kinds else self.faces.title()
            sheet.write_string(0, place, title, face)
            note = guide.note(column)
            box = {"x_scale": 2.2, "y_scale": 0.6 + len(note) / 240, "font_size": 8}
            sheet.write_comment(0, place, note, box)
            sheet.write_string(1, place, column.name, self.faces.technical())
            longest = max((len(_joined(row.get(column.name, ""))) for row in rows), default=0)
            widths.append(max(_NARROWEST, min(_WIDEST, max(longest + 3, len(title) / 2.4))))
            sheet.set_column(place, place, widths[-1], self.faces.cell(column.quantity))
            self.lists.offer(sheet, (FIRST_ROW, place, last, place), table, column)
        for row, line in enumerate(rows, start=FIRST_ROW):
            lines = 1
            for place, column in enumerate(table.columns):
                value = line.get(column.name, "")
                needed = ceil(len(_joined(value)) / widths[place])
                self._cell(sheet, row, place, column, value, wrapped=needed > 1)
                lines = max(lines, needed)
            if lines > 1:
                sheet.set_row(row, _LINE_HEIGHT * lines + 2)
        self._frame(sheet, table, len(rows), widths)

    def _frame(self, sheet: Worksheet, table: Table, count: int, widths: list[float]) -> None:
        """Freeze and repeat titles, and cut what is too wide for one legible page."""
        kept = 2 if len(table.columns) > 2 and table.columns[1].name == "label" else 1
        sheet.set_row(0, 50)
        sheet.freeze_panes(FIRST_ROW, kept)
        sheet.repeat_rows(0, FIRST_ROW - 1)
        sheet.autofilter(FIRST_ROW - 1, 0, FIRST_ROW - 1 + max(1, count), len(table.columns) - 1)
        sheet.print_area(0, 0, FIRST_ROW - 1 + max(1, count), len(table.columns) - 1)
        if sum(widths) <= _PAGE_WIDTH:
            sheet.fit_to_pages(1, 0)
        else:
            sheet.repeat_columns(0, kept - 1)
            sheet.set_print_scale(_CUT_SCALE)

    def _cell(
        self, sheet: Worksheet, row: int, place: int, column: Column, value: str | list[str], *, wrapped: bool = False
    ) -> None:
        text = _joined(value)
        face = self.faces.cell(column.quantity, text, wrapped=wrapped)
        day = date.fromisoformat(text) if column.quantity == DATE and text else None
        if not text:
            sheet.write_blank(row, place, None, face)
        elif column.quantity in NUMBERS and "/" not in text:
            sheet.write_number(row, place, float(text), face)
        elif day is not None and day >= FIRST_DAY:
            sheet.write_datetime(row, place, day, face)
        else:
            sheet.write_string(row, place, safe_text(text), face)
