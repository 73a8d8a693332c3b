"""One sheet of a workbook: typed cells, titles and page layout.

Text always goes through ``write_string``, so nothing a user typed can become a formula. Every amount goes
in as euros with two decimals, every formula with its value.
"""

from collections.abc import Container, Sequence
from datetime import date
from fractions import Fraction

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from reports.layout.live import Live, euros
from reports.layout.measure import PAGE_PIXELS, amount_width, line_count, pixels
from reports.layout.styles import AMOUNTS, BOLD, WRAPPED
from scenarios.formats.workbook.safe_text import safe_text

PAPER_A4 = 9
SMALLEST_SCALE, SMALLEST_WHOLE_SCALE = 0.65, 0.55
"""Scales below which a print is hard to read: of a table cut over several pages, of one kept whole."""

LINE_HEIGHT = 12.0
"""Height of one line of text, in points."""

_PROTECTION = {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True}


class Page:
    """A named sheet. Rows and columns count from zero; cells return a ``Live`` reference to themselves."""

    def __init__(self, workbook: Workbook, styles: dict[str, Format], name: str, unit: str, footer: str) -> None:
        self.name = name
        self.sheet: Worksheet = workbook.add_worksheet(name)
        self._styles = styles
        self._prefix = f"'{name}'!"
        self._unit = unit
        self._last = [0, 0]
        self._widths: list[float] = []
        self._lines: dict[int, int] = {}
        self._note = ""
        self.sheet.set_landscape()
        self.sheet.set_paper(PAPER_A4)
        self.sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.6)
        self.sheet.set_footer(footer)
        self.sheet.hide_gridlines(2)
        self.sheet.protect("", _PROTECTION)

    def columns(self, widths: Sequence[float]) -> None:
        """Set the widths of the columns, in characters; a column widens for an amount that needs more."""
        self._widths = list(widths)

    def text(self, row: int, column: int, text: str, style: str = "text") -> None:
        """Write text as text, whatever it begins with; an empty text keeps the face of its cell."""
        self._seen(row, column)
        if text:
            self.sheet.write_string(row, column, safe_text(text), self._styles[style])
            if style in WRAPPED:
                lines = line_count(text, self._widths[column], bold=style in BOLD)
                self._lines[row] = max(self._lines.get(row, 1), lines)
        else:
            self.sheet.write_blank(row, column, None, self._styles[style])

    def empty(self, row: int, column: int, style: str = "text") -> Live:
        """Leave a framed cell empty, and return the reference to it: it is worth zero in a sum."""
        self.text(row, column, "", style)
        return Live(self.address(row, column), Fraction(0))

    def heads(self, row: int, heads: Sequence[str], figures: Container[int] = ()) -> None:
        """Write a line of column titles; ``figures`` tells the columns that hold figures."""
        for column, head in enumerate(heads):
            self.text(row, column, head, "head_figure" if column in figures else "head")

    def amount(self, row: int, column: int, cents: int, style: str = "amount") -> Live:
        """Write integer cents as euros."""
        return self._number(row, column, euros(cents), style)

    def rate(self, row: int, column: int, rate: Fraction) -> Live:
        """Write a rate."""
        return self._number(row, column, rate, "rate")

    def count(self, row: int, column: int, count: int, style: str = "whole") -> Live:
        """Write a whole number: a quantity, or a year with the style ``year``."""
        return self._number(row, column, Fraction(count), style)

    def number(self, row: int, column: int, number: Fraction, style: str) -> Live:
        """Write any exact number."""
        return self._number(row, column, number, style)

    def day(self, row: int, column: int, day: date | None) -> None:
        """Write a date; no date leaves an empty framed cell."""
        self._seen(row, column)
        if day is None:
            self.text(row, column, "")
        else:
            self.sheet.write_datetime(row, column, day, self._styles["day"])

    def live(self, row: int, column: int, live: Live, style: str = "amount_live") -> Live:
        """Write a formula with its value, and return the reference to the cell."""
        self._seen(row, column)
        self._fit(column, live.value, style)
        formula = "=" + live.formula.replace(self._prefix, "")
        self.sheet.write_formula(row, column, formula, self._styles[style], _stored(live.value))
        return Live(self.address(row, column), live.value)

    def answer(self, row: int, column: int, formula: str, value: str, style: str = "verdict") -> None:
        """Write a formula whose result is a word."""
        self._seen(row, column)
        self.sheet.write_formula(row, column, "=" + formula.replace(self._prefix, ""), self._styles[style], value)

    def link(self, row: int, column: int, sheet: str) -> None:
        """Write a link to another sheet of the workbook."""
        self._seen(row, column)
        self.sheet.write_url(row, column, f"internal:'{sheet}'!A1", self._styles["link"], sheet)

    def address(self, row: int, column: int) -> str:
        """Full address of a cell, sheet included."""
        return f"{self._prefix}{xl_rowcol_to_cell(row, column)}"

    def area(self, first: int, column: int, last: int) -> str:
        """Full address of a piece of column."""
        return f"{self.address(first, column)}:{xl_rowcol_to_cell(last, column)}"

    def judge(self, first: tuple[int, int], last: tuple[int, int], right: str, wrong: str) -> None:
        """Colour the cells that hold the word ``right`` or the word ``wrong``."""
        for word, style in ((right, "right"), (wrong, "wrong")):
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": self._styles[style]}
            self.sheet.conditional_format(*first, *last, rule)

    def top(self, title: str, note: str) -> None:
        """Write the title of the sheet and what it shows."""
        self.text(0, 0, title, "title")
        self.text(1, 0, note, "note")
        self._note = note
        self.sheet.set_row(0, 24)

    def finish(
        self, head_row: int | None = None, frozen_columns: int = 0, groups: Sequence[int] = (),
        row_breaks: Sequence[int] = (),
    ) -> None:  # fmt: skip
        """Set row heights and printing: titles down to ``head_row`` repeated and frozen, as few pages as legible.

        A table too wide for one legible page is cut between groups of columns, the frozen columns repeated.
        ``groups`` holds the number of columns of each group that must stay together, in order; without it a
        table may be cut between any two columns. ``row_breaks`` holds the rows that begin a page.
        """
        # As wide as the columns, even where a table is empty: titles and notes run over the cells on their right.
        self.sheet.print_area(0, 0, self._last[0], max(self._last[1], len(self._widths) - 1))
        self._quiet()
        if head_row is not None:
            self.sheet.repeat_rows(head_row)
            self.sheet.freeze_panes(head_row + 1, frozen_columns)
        for row, lines in self._lines.items():
            if lines > 1:
                self.sheet.set_row(row, LINE_HEIGHT * lines + 2)
        for column, width in enumerate(self._widths):
            self.sheet.set_column(column, column, width)
        width = sum(map(pixels, self._widths))
        if row_breaks:  # a page fitted to a width ignores them
            self.sheet.set_print_scale(min(100, int(100 * PAGE_PIXELS / width)))
            self.sheet.set_h_pagebreaks(row_breaks)
            return
        if width <= PAGE_PIXELS / SMALLEST_WHOLE_SCALE:
            self.sheet.fit_to_pages(1, 0)
            return
        breaks, widest = self._parts(frozen_columns, groups or [1] * len(self._widths))
        self.sheet.set_print_scale(min(100, int(100 * PAGE_PIXELS / widest)))
        self.sheet.set_v_pagebreaks(breaks)
        if frozen_columns > 1:
            self.sheet.repeat_columns(0, frozen_columns - 1)
            self._narrow_note(frozen_columns)

    def _parts(self, frozen_columns: int, groups: Sequence[int]) -> tuple[list[int], float]:
        """Fill pages with groups of columns; return where to cut, and the width of the widest page in pixels."""
        widths = [pixels(width) for width in self._widths]
        repeated, room = sum(widths[:frozen_columns]), PAGE_PIXELS / SMALLEST_SCALE
        breaks: list[int] = []
        parts, column = [0.0], 0
        for size in groups:
            width = sum(widths[column : column + size])
            if column > frozen_columns and parts[-1] + width > room:
                breaks.append(column)
                parts.append(repeated)
            parts[-1] += width
            column += size
        return breaks, max(parts)

    def _quiet(self) -> None:
        """Switch off the program's guesses about codes made of digits and sums that leave the years out."""
        everywhere = f"A1:{xl_rowcol_to_cell(*self._last)}"
        self.sheet.ignore_errors(
            dict.fromkeys(("number_stored_as_text", "formula_range", "formula_differs"), everywhere)
        )

    def _narrow_note(self, frozen_columns: int) -> None:
        """Fold the note of the sheet into the repeated columns, so that no page shows it cut."""
        width = sum(self._widths[:frozen_columns])
        self.sheet.merge_range(1, 0, 1, frozen_columns - 1, self._note, self._styles["paragraph"])
        self.sheet.set_row(1, LINE_HEIGHT * line_count(self._note, width, bold=False) + 3)

    def _number(self, row: int, column: int, number: Fraction, style: str) -> Live:
        self._seen(row, column)
        self._fit(column, number, style)
        self.sheet.write_number(row, column, _stored(number), self._styles[style])
        return Live(self.address(row, column), number)

    def _fit(self, column: int, number: Fraction, style: str) -> None:
        """Widen a column so that its amounts never show as a row of hashes."""
        if style in AMOUNTS:
            self._widths[column] = max(self._widths[column], amount_width(number, self._unit))

    def _seen(self, row: int, column: int) -> None:
        self._last = [max(self._last[0], row), max(self._last[1], column)]


def _stored(number: Fraction) -> int | float:
    """Give the number a cell holds: whole numbers as such, cents as the nearest double, which prints back exactly."""
    return int(number) if number.denominator == 1 else float(number)
