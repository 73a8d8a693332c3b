"""Amounts, rates and numbers written as the language spoken writes them, for every sentence a user reads.

French: ``1 234 567,89 €``, ``25 %``; English: ``1,234,567.89 €``, ``25%``. The currency keeps its place after the
amount, as in the tables of the committee.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from scenarios.document import GoalKind
from scenarios.equalisation import THOUSANDTHS
from scenarios.language import LANGUAGES, _, spoken

_THIN = "\u202f"
"""Narrow no-break space: an amount never breaks over two lines."""

_SIGNS = {"EUR": "€", "USD": "$"}


@dataclass(frozen=True)
class _Writing:
    """What a language puts between thousands, before decimals and before the sign of percent."""

    thousands: str
    decimal: str
    percent: str


_WRITINGS = dict(zip(LANGUAGES, (_Writing(_THIN, ",", f"{_THIN}%"), _Writing(",", ".", "%")), strict=True))


def money(cents: int, currency: str, *, decimals: bool = False) -> str:
    """Write integer cents in a currency: ``1 234 567,89 €``; decimals when they are not zero, or when asked.

    ``currency`` is the code a scenario declares; one without a usual sign is written as it stands (``CHF``).
    """
    units, rest = divmod(abs(cents), 100)
    cents_part = f"{_writing().decimal}{rest:02d}" if rest or decimals else ""
    minus = "-" if cents < 0 else ""
    return f"{minus}{_grouped(units)}{cents_part}{_THIN}{_SIGNS.get(currency, currency)}"


def figure(cents: int, *, decimals: bool) -> str:
    """Write integer cents for a column of amounts, without sign of currency: ``1 234 567`` or ``1 234 567,00``.

    ``decimals`` is true when an amount of the table is not whole, so that digits stand in line; nothing is rounded.
    """
    return money(cents, "", decimals=decimals).rstrip()


def in_line(cents: Iterable[int]) -> Callable[[int], str]:
    """Return how the amounts of one table are written: all with their cents as soon as one of them has some."""
    decimals = any(amount % 100 for amount in cents)
    return lambda amount: figure(amount, decimals=decimals)


def proposal() -> str:
    """Say what a plan is worth in law: no text gives the committee a power of decision."""
    return _("Ce plan est une proposition : seule la décision de chaque financeur l'engage.")


def euros(cents: int) -> str:
    """Write integer cents as euros: ``1 234 567,89 €``; decimals only when they are not zero."""
    return money(cents, "EUR")


def either(amount: Fraction, currency: str) -> str:
    """Write an exact number of cents as the whole cents next to it: one amount, or ``3,33 € ou 3,34 €``."""
    if amount.denominator == 1:
        return money(amount.numerator, currency)
    return _("{lower} ou {upper}").format(lower=money(floor(amount), currency), upper=money(ceil(amount), currency))


def percent(rate: Fraction) -> str:
    """Write a rate in percent: ``25 %``, ``16,404 %``, ``≈ 33,33 %``; see ``number``."""
    return f"{number(rate * 100)}{_writing().percent}"


def number(value: Fraction) -> str:
    """Write a number exactly when it has four decimals at most, else ``≈`` and two decimals (halves to even)."""
    exact = (value * 10_000).denominator == 1
    places = 4 if exact else 2
    units, rest = divmod(round(abs(value) * 10**places), 10**places)
    decimals = f"{rest:0{places}d}".rstrip("0")
    text = f"{_grouped(units)}{_writing().decimal}{decimals}" if decimals else _grouped(units)
    return f"{'' if exact else '≈ '}{'-' if value < 0 else ''}{text}"


def _grouped(units: int) -> str:
    return f"{units:,}".replace(",", _writing().thousands)


def _writing() -> _Writing:
    return _WRITINGS[spoken()]


def member_rate(kind: GoalKind, rate: Fraction, currency: str) -> str:
    """Write the rate of a member of a goal of equality: a burden is an amount per inhabitant, the others are shares.

    Weighted potentials count thousandths of inhabitants.
    """
    if kind is not GoalKind.EQUAL_BURDEN:
        return percent(rate)
    cents = rate * THOUSANDTHS
    return f"{'' if cents.denominator == 1 else '≈ '}{money(round(cents), currency)}"
