"""Number formats, fonts and colours of every workbook, in one place.

Sober and printable: one accent colour, figures on the right, entered values in blue and computed values in
black (the FAST standard's convention). Amounts keep two decimals everywhere.
"""

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from scenarios.formats.workbook.faces import ACCENT, ENTERED, FONT, HEAD_FILL, LINE, LOCALE

TOTAL_FILL = "#F3F5F8"
CLOSED_FILL = "#EDEDED"
RIGHT_FILL = "#DDEFE0"
WRONG_FILL = "#F7D4D0"

# The locale code makes the separators French wherever the reader's program honours it; elsewhere the
# program's own separators are used. The currency is a quoted text, never a symbol that depends on a country.
WHOLE = f"{LOCALE}#,##0"
RATE = f"{LOCALE}0.00 %"
SHARE = f"{LOCALE}0.0 %"
YEAR = "0"
DAY = "dd/mm/yyyy"
FINE = f"{LOCALE}0.000000"


def amount_format(currency: str, zero: str = "") -> str:
    """Give the number format of amounts: ``1 234 567,89 €``; ``zero`` replaces an amount of zero when given."""
    unit = unit_of(currency)
    shown = f'{LOCALE}#,##0.00 "{unit}"'
    return f'{shown};{LOCALE}-#,##0.00 "{unit}";"{zero}"' if zero else shown


_PLAIN: dict[str, dict[str, Any]] = {
    "title": {"font_size": 15, "bold": True, "font_color": ACCENT, "quote_prefix": True},
    "section": {"font_size": 11, "bold": True, "font_color": ACCENT, "quote_prefix": True},
    "note": {"font_color": "#444444", "quote_prefix": True},
    "paragraph": {"text_wrap": True, "quote_prefix": True},
    "link": {"font_color": ENTERED, "underline": 1},
}
"""Faces without a frame."""

_OVERLAYS: dict[str, dict[str, Any]] = {
    "right": {"bg_color": RIGHT_FILL},
    "wrong": {"bg_color": WRONG_FILL, "bold": True},
}
"""Faces of conditional formatting, laid over that of the cell."""


def _framed(currency: str) -> dict[str, dict[str, Any]]:
    """Give every face of a framed cell, as XlsxWriter properties."""
    amount, quiet = amount_format(currency), amount_format(currency, zero="–")
    box: dict[str, Any] = {"border": 1, "border_color": LINE}
    text: dict[str, Any] = {**box, "quote_prefix": True, "align": "left", "indent": 1}
    entered: dict[str, Any] = {**box, "font_color": ENTERED}
    total: dict[str, Any] = {**box, "bold": True, "bg_color": TOTAL_FILL, "top": 1, "top_color": ACCENT}
    return {
        "head": {**text, "bold": True, "bg_color": HEAD_FILL, "text_wrap": True},
        "head_figure": {
            **box, "bold": True, "bg_color": HEAD_FILL, "text_wrap": True, "align": "right", "quote_prefix": True,
        },
        "head_year": {**box, "bold": True, "bg_color": HEAD_FILL, "align": "right", "num_format": YEAR},
        "text": text,
        "wrapped": {**text, "text_wrap": True},
        "label": {**text, "bold": True, "text_wrap": True},
        "centred": {**box, "quote_prefix": True, "align": "center"},
        "amount": {**entered, "num_format": quiet},
        "amount_live": {**box, "num_format": quiet},
        "gap": {**box, "num_format": amount},
        "amount_total": {**total, "num_format": quiet},
        "text_total": {**total, "quote_prefix": True, "align": "left", "indent": 1},
        "share": {**box, "num_format": SHARE},
        "share_total": {**total, "num_format": SHARE},
        "rate": {**entered, "num_format": RATE},
        "whole": {**entered, "num_format": WHOLE},
        "whole_live": {**box, "num_format": WHOLE},
        "whole_total": {**total, "num_format": WHOLE},
        "year": {**entered, "num_format": YEAR, "align": "right"},
        "day": {**entered, "num_format": DAY, "align": "left"},
        "fine": {**entered, "num_format": FINE},
        "fine_live": {**box, "num_format": FINE},
        "closed": {**box, "bg_color": CLOSED_FILL},
        "verdict": {**box, "bold": True, "align": "center"},
        "verdict_large": {**box, "bold": True, "align": "center", "valign": "vcenter", "font_size": 11},
        "rate_to_fill": {"bottom": 1, "bottom_color": LINE, "locked": False, "num_format": RATE},
        "to_fill": {"bottom": 1, "bottom_color": LINE, "locked": False},
    }  # fmt: skip


BOLD = frozenset({"head", "head_figure", "label"})
WRAPPED = BOLD | {"wrapped", "paragraph"}
"""Faces whose text wraps over several lines."""


AMOUNTS = frozenset({"amount", "amount_live", "amount_total", "gap"})
"""Faces of amounts in the currency of the scenario."""


def unit_of(currency: str) -> str:
    """Give the unit written after amounts."""
    return "€" if currency == "EUR" else currency


def make_styles(workbook: Workbook, currency: str) -> dict[str, Format]:
    """Declare every face in ``workbook``; ``right`` and ``wrong`` serve conditional formatting."""
    faces = {name: {**FONT, **face} for name, face in {**_PLAIN, **_framed(currency)}.items()}
    return {name: workbook.add_format(face) for name, face in {**faces, **_OVERLAYS}.items()}
