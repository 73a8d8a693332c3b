"""How wide a text is and how many lines it takes, without a screen: to set row heights and page breaks.

Programs do not agree on whether they fit row heights when they open or print a workbook, so heights are set.
The widths are those of Arial, by classes of characters, rounded up: a line too many is better than a cut text.
"""

from fractions import Fraction
from functools import lru_cache

PIXELS_PER_UNIT, PADDING = 7, 5
"""A column of width w takes ``7 w + 5`` pixels at 96 dots per inch, with the workbook's font (Arial 10)."""

PAGE_PIXELS = 1000
"""Width of a landscape A4 page between margins of 0.3 inch (1 065 pixels), less 6 %: programs draw wider than that."""

INDENT = 9
"""Space before a text in its cell, in pixels."""

_EM = 12.0
"""Size of the text of tables (9 points), in pixels."""

_BOLD = 1.08
"""How much wider bold text is."""

_NARROW = frozenset("ijlI.,:;'’!|/ ft()[]-r·\u202f\u00a0")
_WIDE = frozenset("mwMW%@—…")


def pixels(width: float) -> float:
    """Width of a column in pixels, from its width in characters."""
    return PIXELS_PER_UNIT * width + PADDING


@lru_cache(maxsize=1 << 16)
def line_count(text: str, width: float, *, bold: bool) -> int:
    """Count the lines that ``text`` takes when it wraps between words in a column ``width`` characters wide."""
    room = PIXELS_PER_UNIT * width - INDENT
    lines, used = 1, 0.0
    for word in text.split(" "):
        size = _size(word) * (_BOLD if bold else 1.0)
        if used and used + _EM / 3 + size > room:
            lines, used = lines + 1, 0.0
        used += size + (_EM / 3 if used else 0.0)
        if used > room:
            broken = int(used // room)
            lines, used = lines + broken, used - broken * room
    return lines


@lru_cache(maxsize=1 << 16)
def amount_width(number: Fraction, unit: str) -> float:
    """Width in characters of a column that shows an amount, in bold, as ``1 234 567,89 €``."""
    return (_size(f"{float(number):,.2f} {unit}") * _BOLD + INDENT) / PIXELS_PER_UNIT


def _size(text: str) -> float:
    return sum(_share(character) for character in text) * _EM


def _share(character: str) -> float:
    """Width of a character, in ems."""
    if character in _NARROW:
        return 0.3
    if character in _WIDE:
        return 0.92
    return 0.72 if character.isupper() else 0.54
