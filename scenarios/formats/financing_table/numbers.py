"""Figures as French tables write them: spaces between thousands, a decimal comma, k€ and M€, percentages as text.

Nothing is guessed: what may be read in two ways is refused.
"""

import re
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from scenarios.formats.workbook.cell_text import UnfitCellError, plain
from scenarios.formats.workbook.sheet import ErrorValue, Value
from scenarios.language import N_, _
from scenarios.wording import shown

UNITS: dict[str, int] = {"€": 1, "k€": 1_000, "M€": 1_000_000}
"""What amounts may be counted in, in euros (or in units of the scenario's currency)."""

_UNIT_WORDS = {
    "€": 1, "eur": 1, "euro": 1, "euros": 1, "k€": 1_000, "keur": 1_000, "m€": 1_000_000, "meur": 1_000_000,
}  # fmt: skip
_DASHES = frozenset({"-", "–", "—", "−"})
_SPACES = re.compile("[ \u00a0\u202f\u2009]+")
_FIGURE = re.compile(r"([-−]?)(\d{1,3}(?: \d{3})+|\d+)(?:([,.])(\d+))? ?([a-z€]*)")
_PERCENT = re.compile(r"(\d{1,3})(?:[,.](\d{1,6}))? ?%")
_SCALING_COMMA = re.compile(r"[0#?],+(?![0#?])")
_FORMAT_UNIT = re.compile("(k|m)(?:€|eur)", re.IGNORECASE)
_FORMAT_DECIMALS = re.compile(r"\.(0+)")
_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_YEAR = re.compile(r"(?:s[12][ -]?)?((?:19|20)\d{2})(?:[ -]?s[12])?", re.IGNORECASE)

_ADVICE = N_("Écrivez un montant comme 1 234 567,89 € ou 12,3 M€, ou un nombre.")
_RATE_ADVICE = N_("Écrivez un taux comme 40 % ou 40,2 %.")


def is_dash(value: Value | None) -> bool:
    """Tell whether a cell holds only a dash, by which tables mean that there is nothing."""
    return isinstance(value, str) and value.strip() in _DASHES


def amount(value: Value, number_format: str, unit: int) -> Decimal:
    """Return an amount in euros. ``unit`` is what amounts that do not tell theirs are counted in.

    Raises UnfitCellError.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(plain(value)) * _unit_of(number_format, unit)
    if not isinstance(value, str) or isinstance(value, ErrorValue):
        raise UnfitCellError(_found(value), _(_ADVICE))
    text = _SPACES.sub(" ", value.strip()).lower()
    match = _FIGURE.fullmatch(text)
    if match is None or (match[5] and match[5] not in _UNIT_WORDS):
        raise UnfitCellError(shown(value), _(_ADVICE))
    if match[3] == "." and len(match[4]) == len("000"):
        raise UnfitCellError(
            shown(value), _("Ce point sépare-t-il des milliers ou des décimales ? Écrivez une virgule.")
        )
    digits = f"{match[2].replace(' ', '')}.{match[4] or 0}"
    scale = _UNIT_WORDS[match[5]] if match[5] else unit
    return Decimal(digits) * scale * (-1 if match[1] else 1)


def rate(value: Value, number_format: str) -> tuple[Fraction, Fraction]:
    """Return a rate, and half of its last digit shown: how far the exact rate may be. Raises UnfitCellError."""
    if isinstance(value, str) and not isinstance(value, ErrorValue):
        match = _PERCENT.fullmatch(_SPACES.sub(" ", value.strip()))
        if match is None:
            raise UnfitCellError(shown(value), _(_RATE_ADVICE))
        decimals = match[2] or ""
        return Fraction(f"{match[1]}.{decimals or 0}") / 100, Fraction(1, 200 * 10 ** len(decimals))
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise UnfitCellError(_found(value), _(_RATE_ADVICE))
    exact = Fraction(plain(value))
    if "%" not in number_format:
        return exact, Fraction(1, 10**9)
    shown_decimals = _FORMAT_DECIMALS.search(number_format)
    return exact, Fraction(1, 200 * 10 ** len(shown_decimals[1] if shown_decimals else ""))


def day(value: Value) -> str:
    """Return a date as files write it, from a date or from text like 01/03/2026. Raises UnfitCellError."""
    advice = _("Écrivez une date comme 01/03/2026.")
    if isinstance(value, datetime):
        return value.date().isoformat()
    match = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        if isinstance(value, str) and not isinstance(value, ErrorValue):
            return value.strip()
        raise UnfitCellError(_found(value), advice)
    return f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}"


def year(value: Value) -> str:
    """Return a year, from a year, a date, or text like « S1 2026 » or 01/03/2026. Raises UnfitCellError."""
    if isinstance(value, datetime):
        return str(value.year)
    text = plain(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value).strip()
    match = _YEAR.fullmatch(text)
    if match is not None:
        return match[1]
    found = _DAY.fullmatch(text)
    if found is None:
        raise UnfitCellError(_found(value), _("Écrivez une année comme 2026, « S1 2026 » ou une date."))
    return found[3]


def whole(value: Value) -> str:
    """Return a whole number, written with or without spaces. Raises UnfitCellError."""
    return format(amount(value, "", 1).normalize(), "f")


def _unit_of(number_format: str, unit: int) -> int:
    """Return what a number is counted in: its format may write k€ or M€ after it; a scaling comma only hides digits."""
    match = _FORMAT_UNIT.search(number_format)
    if _SCALING_COMMA.search(number_format):
        return 1
    if match is None:
        return unit
    return 1_000 if match[1].lower() == "k" else 1_000_000


def _found(value: Value) -> str:
    if isinstance(value, ErrorValue):
        return _("l'erreur « {error} »").format(error=value)
    if isinstance(value, datetime):
        return _("la date {day}").format(day=f"{value:%d/%m/%Y}")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _("le nombre {number}").format(number=plain(value))
    return shown(value)
