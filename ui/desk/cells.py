"""A cell as people write it in the language spoken, and as files hold it: ``1 234 567,89`` and ``1234567.89``.

Nothing is guessed: what cannot be read stays as it was typed, and the checks of the scenario say what is wrong.
"""

import re
from collections.abc import Callable
from fractions import Fraction

from pydantic_core import PydanticCustomError

from allocator.words import figure, number, percent
from scenarios.choices import CHOICES
from scenarios.dictionary import Column
from scenarios.document.quantities import (
    AMOUNT,
    DATE,
    FLAG,
    RATE,
    RATIO,
    WHOLE,
    YEAR,
    Quantity,
    cents_to_text,
    parse_cents,
    parse_rate,
    parse_ratio,
    rate_to_text,
)
from scenarios.formats.financing_table import numbers
from scenarios.formats.workbook.cell_text import UnfitCellError
from scenarios.language import _, spoken

FLAGS = ("oui", "non")
"""Words of files for a column that says yes or no."""

_PARTS = re.compile(r"\s*[|,;]\s*")
_SPACES = re.compile("[ \u00a0\u202f\u2009]")
_GROUPED = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?: ?(?:€|eur))?", re.IGNORECASE)
_AMBIGUOUS = re.compile(r"\d{1,3}\.\d{3}")


def is_choice(column: Column) -> bool:
    """Tell whether a cell holds one word of a closed list."""
    return not column.listed and bool(column.values or column.quantity == FLAG)


def choices(column: Column) -> tuple[str, ...]:
    """Return the words of a closed list, as files write them."""
    return column.values or FLAGS


def choice_face(word: str) -> str:
    """Say what a word of a closed list means."""
    if word in FLAGS:
        return _("oui") if word == FLAGS[0] else _("non")
    return _(CHOICES[word]) if word in CHOICES else word


def face(text: str, column: Column) -> str:
    """Write the text of a file as the language spoken does; words of closed lists stay."""
    if column.listed:
        return ", ".join(text.split("|"))
    write = _FACES.get(column.quantity)
    try:
        return write(text) if write is not None and text else text
    except (PydanticCustomError, ValueError):
        return text


def text_of(typed: object, column: Column) -> str:
    """Return what a file would hold for a cell as it was typed or pasted; what cannot be read stays as it is."""
    text = "" if typed is None else str(typed).strip()
    if column.listed:
        return "|".join(filter(None, _PARTS.split(text)))
    if is_choice(column):
        known = {choice_face(word).casefold(): word for word in choices(column)}
        return known.get(text.casefold(), text)
    read = _TEXTS.get(column.quantity)
    try:
        return read(text) if read is not None and text else text
    except (PydanticCustomError, UnfitCellError, ValueError):
        return text


def rank(text: str, column: Column) -> tuple[int, Fraction, str]:
    """Return by what cells of a column are sorted: figures by their value, then texts, then empty cells."""
    read = _VALUES.get(column.quantity)
    if not text:
        return 2, Fraction(0), ""
    try:
        if read is not None and not column.listed:
            return 0, Fraction(read(text)), ""
    except (PydanticCustomError, ValueError):
        pass
    return 1, Fraction(0), text.casefold()


def _amount_face(text: str) -> str:
    return figure(parse_cents(text), decimals=False)


def _rate_face(text: str) -> str:
    rate = parse_rate(text)
    return percent(rate) if (rate * 1_000_000).denominator == 1 else text


def _ratio_face(text: str) -> str:
    ratio = parse_ratio(text)
    return number(ratio) if (ratio * 10_000).denominator == 1 else text


def _amount_text(text: str) -> str:
    if spoken() == "en":
        return cents_to_text(parse_cents(_english(text)))
    if _AMBIGUOUS.fullmatch(text):
        return f"{text} ?"  # thousands or decimals: refused, and asked
    return cents_to_text(parse_cents(format(numbers.amount(text, "", 1), "f")))


def _rate_text(text: str) -> str:
    plain = _SPACES.sub("", text)
    return rate_to_text(parse_rate(plain.replace(",", ".")))


def _ratio_text(text: str) -> str:
    return rate_to_text(parse_ratio(_SPACES.sub("", text).replace(",", ".")))


def _whole_text(text: str) -> str:
    plain = _english(text) if spoken() == "en" else text
    return str(int(_SPACES.sub("", plain)))


def _english(text: str) -> str:
    """Take the commas between thousands away; a comma elsewhere is not read."""
    match = _GROUPED.fullmatch(_SPACES.sub(" ", text))
    if match is None:
        raise ValueError(text)
    return match[1].replace(",", "") + (match[2] or "")


_FACES: dict[Quantity, Callable[[str], str]] = {
    AMOUNT: _amount_face,
    RATE: _rate_face,
    RATIO: _ratio_face,
    WHOLE: lambda text: number(Fraction(int(text))),
}

_TEXTS: dict[Quantity, Callable[[str], str]] = {
    AMOUNT: _amount_text,
    RATE: _rate_text,
    RATIO: _ratio_text,
    WHOLE: _whole_text,
    DATE: numbers.day,
}

_VALUES: dict[Quantity, Callable[[str], int | Fraction]] = {
    AMOUNT: parse_cents,
    RATE: parse_rate,
    RATIO: parse_ratio,
    WHOLE: int,
    YEAR: int,
}
