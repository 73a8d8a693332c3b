"""Fonts, colours and number formats of the scenario workbook; the palette is that of every workbook."""

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from scenarios.document.quantities import AMOUNT, DATE, RATE, RATIO, WHOLE, YEAR, Quantity

FONT = {"font_name": "Arial", "font_size": 9, "valign": "top"}
ACCENT = "#1F3A5F"
ENTERED = "#1F4E9E"
HEAD_FILL = "#E4EAF1"
LINE = "#B8C0CA"

# The locale code makes the separators French wherever the reader's program honours it; elsewhere the
# program's own separators are used.
LOCALE = "[$-40C]"

_NUMBER_FORMATS = {
    AMOUNT: f"{LOCALE}#,##0.00",
    RATE: f"{LOCALE}0.00 %",
    RATIO: f"{LOCALE}0.00####",
    WHOLE: f"{LOCALE}#,##0",
    YEAR: "0",
    DATE: "dd/mm/yyyy",
}
_AS_TEXT = "@"
_LEAST_PERCENT_DECIMALS = 2


class Faces:
    """The faces of one workbook, each declared once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._known: dict[str, Format] = {}

    def cell(self, quantity: Quantity, text: str = "", *, wrapped: bool = False) -> Format:
        """Return the face of a cell of a table: text stays text whatever is typed in it, numbers are on the right.

        ``wrapped`` folds long text, and puts everything on the left.
        """
        number_format = _NUMBER_FORMATS.get(quantity, _AS_TEXT)
        if "/" in text:
            number_format = _AS_TEXT
        elif quantity == RATE and len(text) > len("0.1234"):  # the whole rate is shown, whatever its decimals
            number_format = f"{LOCALE}0.{'0' * (len(text) - len('0.12'))} %"
        box = {"border": 1, "border_color": LINE, "font_color": ENTERED, "num_format": number_format}
        if wrapped:
            return self._face(f"{number_format} wrapped", {**box, "text_wrap": True, "align": "left"})
        return self._face(number_format, box)

    def title(self) -> Format:
        """Return the face of French column titles."""
        face = {"bold": True, "bg_color": HEAD_FILL, "text_wrap": True, "border": 1, "border_color": LINE}
        return self._face("title", face)

    def needed(self) -> Format:
        """Return the face of the titles of columns that every line must fill."""
        face = {"bold": True, "bg_color": HEAD_FILL, "text_wrap": True, "border": 1, "border_color": LINE}
        return self._face("needed", {**face, "font_color": ACCENT, "underline": 1})

    def technical(self) -> Format:
        """Return the face of technical names, which are for the program."""
        return self._face("technical", {"font_size": 7, "italic": True, "font_color": "#808080", "border": 1,
                                        "border_color": LINE})  # fmt: skip

    def heading(self) -> Format:
        """Return the face of the title of a sheet."""
        return self._face("heading", {"font_size": 15, "bold": True, "font_color": ACCENT})

    def paragraph(self) -> Format:
        """Return the face of text to read."""
        return self._face("paragraph", {"text_wrap": True})

    def plain(self) -> Format:
        """Return the face of a short text, which runs over the next cells."""
        return self._face("plain", {})

    def link(self) -> Format:
        """Return the face of a link to another sheet."""
        return self._face("link", {"font_color": ENTERED, "underline": 1})

    def _face(self, name: str, properties: dict[str, Any]) -> Format:
        if name not in self._known:
            self._known[name] = self._workbook.add_format({**FONT, **properties})
        return self._known[name]
