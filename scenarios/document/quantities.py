"""The kinds of value a scenario holds: amounts, rates, codes, years, texts.

Amounts are integer cents and rates exact fractions; no floating-point number ever enters a document.
In a file an amount is written in euros (``639325.80``) and a rate as a decimal, a percentage or a
fraction (``0.25``, ``25 %``, ``1/3``). In Python an ``int`` given for an amount is already in cents.
"""

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, StringConstraints
from pydantic_core import PydanticCustomError

from scenarios.language import N_
from scenarios.look_alikes import REVERSING

MAX_CENTS = 5_000_000_000_000
"""Largest amount accepted (50 billion euros): keeps every exact product within 64-bit integers."""

MAX_DENOMINATOR = 1_000_000
"""Largest denominator of a rate, for the same reason."""

FIRST_YEAR, LAST_YEAR = 1990, 2100
FIRST_DATED, LAST_DATED = 1900, 2200
"""Years of dates: texts are older than horizons, and spreadsheets number no day before 1900."""

MOST_WHOLE = 999_999_999
HIGHEST_RATIO = 10

_DECIMAL = re.compile(r"(-?)(\d{1,13})(?:\.(\d+))?")
_RATE = re.compile(r"(\d{1,7})(?:\.(\d{1,6}))?\s*(%?)")
_RATIO = re.compile(r"(\d{1,7})\s*/\s*(\d{1,7})")
_YEAR = re.compile(r"\d{4}")
_WHOLE = re.compile(r"\d{1,9}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Quantity:
    """How a kind of value is named, measured and bounded, for the data dictionary and the messages."""

    name: str
    unit: str
    expected: str


AMOUNT = Quantity(
    N_("montant"), N_("€"), N_("un montant en euros, de 0 à 50 milliards, deux décimales au plus, comme 639325.80")
)
RATE = Quantity(N_("taux"), N_("fraction"), N_("un taux de 0 à 1, comme 0.25, 25 % ou 1/3"))
RATIO = Quantity(N_("rapport"), "", N_("un rapport de 0 à 10, comme 1.23 ou 5/4"))
CODE = Quantity(N_("code"), "", N_("un code de 1 à 40 lettres sans accent, chiffres, tirets, points ou soulignés"))
YEAR = Quantity(N_("année"), N_("année"), N_("une année de 1990 à 2100, comme 2026"))
WHOLE = Quantity(N_("entier"), "", N_("un nombre entier de 0 à 999 999 999"))
TEXT = Quantity(N_("texte"), "", N_("un texte d'une seule pièce, de 2 000 caractères au plus"))
LABEL = Quantity(N_("libellé"), "", N_("un texte non vide, de 300 caractères au plus"))
FLAG = Quantity(N_("oui ou non"), "", N_("« oui » ou « non »"))
DATE = Quantity(N_("date"), N_("jour"), N_("une date de 1900 à 2200, comme 2026-11-24"))


def _refuse(quantity: Quantity) -> PydanticCustomError:
    return PydanticCustomError("quantity", "{expected}", {"expected": quantity.expected})


def parse_cents(value: Any) -> int:
    """Read an amount of euros from text as integer cents; pass an integer number of cents through.

    Raises PydanticCustomError for anything else, for a fraction of a cent and outside the range.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        cents = value
    else:
        match = _DECIMAL.fullmatch(value.strip()) if isinstance(value, str) else None
        decimals = (match[3] or "").rstrip("0") if match else ""
        if match is None or len(decimals) > 2:
            raise _refuse(AMOUNT)
        cents = int(match[1] + match[2] + decimals.ljust(2, "0"))
    if not 0 <= cents <= MAX_CENTS:
        raise _refuse(AMOUNT)
    return cents


def cents_to_text(cents: int) -> str:
    """Write integer cents as euros, the form ``parse_cents`` reads back."""
    sign = "-" if cents < 0 else ""
    euros, rest = divmod(abs(cents), 100)
    return f"{sign}{euros}.{rest:02d}" if rest else f"{sign}{euros}"


def parse_rate(value: Any) -> Fraction:
    """Read an exact rate in [0, 1] from ``0.25``, ``25 %`` or ``1/3``; pass a Fraction through."""
    if isinstance(value, Fraction):
        rate = value
    elif isinstance(value, int) and not isinstance(value, bool):
        rate = Fraction(value)
    elif isinstance(value, str) and (ratio := _RATIO.fullmatch(value.strip())) and int(ratio[2]):
        rate = Fraction(int(ratio[1]), int(ratio[2]))
    elif isinstance(value, str) and (match := _RATE.fullmatch(value.strip())):
        rate = Fraction(f"{match[1]}.{match[2] or 0}") / (100 if match[3] else 1)
    else:
        raise _refuse(RATE)
    if not 0 <= rate <= 1 or rate.denominator > MAX_DENOMINATOR:
        raise _refuse(RATE)
    return rate


def parse_ratio(value: Any) -> Fraction:
    """Read an exact ratio in [0, 10] from ``1.23`` or ``5/4``; pass a Fraction through."""
    if isinstance(value, Fraction):
        ratio = value
    elif isinstance(value, str) and (parts := _RATIO.fullmatch(value.strip())) and int(parts[2]):
        ratio = Fraction(int(parts[1]), int(parts[2]))
    elif isinstance(value, str) and (match := _RATE.fullmatch(value.strip())) and not match[3]:
        ratio = Fraction(f"{match[1]}.{match[2] or 0}")
    else:
        raise _refuse(RATIO)
    if not 0 <= ratio <= HIGHEST_RATIO or ratio.denominator > MAX_DENOMINATOR:
        raise _refuse(RATIO)
    return ratio


def rate_to_text(rate: Fraction) -> str:
    """Write an exact rate as a decimal when it has six decimals at most, else as a fraction."""
    scaled = rate * 1_000_000
    if scaled.denominator == 1:
        text = f"{scaled.numerator // 1_000_000}.{scaled.numerator % 1_000_000:06d}"
        return text.rstrip("0").rstrip(".")
    return f"{rate.numerator}/{rate.denominator}"


def _parse_year(value: Any) -> int:
    text = str(value).strip()
    if isinstance(value, bool) or not _YEAR.fullmatch(text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise _refuse(YEAR)
    return int(text)


def _parse_whole(value: Any) -> int:
    text = str(value).strip()
    if isinstance(value, bool) or not _WHOLE.fullmatch(text):
        raise _refuse(WHOLE)
    return int(text)


def _parse_day(value: Any) -> Any:
    day = value
    if isinstance(value, str) and _DAY.fullmatch(value.strip()):
        try:
            day = date.fromisoformat(value.strip())
        except ValueError:
            raise _refuse(DATE) from None
    if not isinstance(day, date) or not FIRST_DATED <= day.year <= LAST_DATED:
        raise _refuse(DATE)
    return day


def _parse_flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    flags = {"oui": True, "true": True, "yes": True, "non": False, "false": False, "no": False}
    if isinstance(value, str) and value in flags:
        return flags[value]
    raise _refuse(FLAG)


def split_cell(value: Any) -> Any:
    """Read a list written in one cell: parts are separated by vertical bars, an empty cell is an empty list."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split("|")) if value.strip() else ()
    return value


_UNSEEN = REVERSING | frozenset(map(chr, range(32)))
"""Characters that would break a text in pieces, or show it in another order than it is written."""


def _single_piece(text: str) -> str:
    if not _UNSEEN.isdisjoint(text):
        raise _refuse(TEXT)
    return text


Cents = Annotated[int, BeforeValidator(parse_cents), PlainSerializer(cents_to_text, when_used="json"), AMOUNT]
Rate = Annotated[Fraction, BeforeValidator(parse_rate), PlainSerializer(rate_to_text, when_used="json"), RATE]
Ratio = Annotated[Fraction, BeforeValidator(parse_ratio), PlainSerializer(rate_to_text, when_used="json"), RATIO]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,39}$"), CODE]
Year = Annotated[int, BeforeValidator(_parse_year), PlainSerializer(str, when_used="json"), YEAR]
Whole = Annotated[int, BeforeValidator(_parse_whole), PlainSerializer(str, when_used="json"), WHOLE]
Flag = Annotated[
    bool, BeforeValidator(_parse_flag), PlainSerializer(lambda flag: "oui" if flag else "non", when_used="json"), FLAG
]
Text = Annotated[str, StringConstraints(max_length=2000, strip_whitespace=True), AfterValidator(_single_piece), TEXT]
Label = Annotated[
    str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True), AfterValidator(_single_piece), LABEL
]
Day = Annotated[date, BeforeValidator(_parse_day), DATE]
Codes = Annotated[tuple[Code, ...], BeforeValidator(split_cell)]
