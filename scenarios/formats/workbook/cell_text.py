"""One cell of the scenario workbook as the text that every other format writes, and back.

Numbers keep 15 significant digits, what spreadsheets keep of them: an amount of 50 billion euros has its cents.
"""

from datetime import date, datetime, time
from decimal import Decimal

from scenarios.dictionary import VERSION, Column
from scenarios.document.quantities import AMOUNT, DATE, FLAG, LABEL, RATE, RATIO, TEXT, WHOLE, YEAR
from scenarios.formats.workbook.sheet import ErrorValue, Value
from scenarios.language import _

NUMBERS = frozenset({AMOUNT, RATE, RATIO, YEAR, WHOLE, VERSION})
FIRST_DAY = date(1900, 3, 1)
"""First day that every spreadsheet numbers alike: earlier days stay text."""


class UnfitCellError(ValueError):
    """A cell that cannot be this value. ``found`` and ``advice`` are French."""

    def __init__(self, found: str, advice: str) -> None:
        super().__init__(found)
        self.found = found
        self.advice = advice


def text_of(value: Value, column: Column) -> str:
    """Return the text of a cell. Raises UnfitCellError when its type says something else than the column holds."""
    if isinstance(value, ErrorValue):
        advice = _("Corrigez la formule, ou tapez la valeur à sa place.")
        raise UnfitCellError(_("l'erreur « {error} »").format(error=value), advice)
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return _flag(value, column)
    if isinstance(value, datetime):
        return _day(value, column)
    if isinstance(value, int | float):
        return _number(value, column)
    raise UnfitCellError(_("une heure ou une durée"), _("Mettez la cellule au format Standard et retapez sa valeur."))


def plain(number: float) -> str:
    """Write a number without exponent, with 15 significant digits at most."""
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    text = format(Decimal(format(number, ".15g")), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(number: float, column: Column) -> str:
    text = plain(number)
    if column.quantity in NUMBERS:
        return text
    if column.quantity in {TEXT, LABEL} and "." not in text:
        return text
    advice = _("Mettez la cellule au format Texte et retapez sa valeur : un nombre perd les zéros du début.")
    raise UnfitCellError(_("le nombre {number}").format(number=text), advice)


def _flag(flag: bool, column: Column) -> str:
    word = "oui" if flag else "non"
    if column.quantity == FLAG:
        return word
    found = _("la valeur logique {word}").format(word=_("VRAI") if flag else _("FAUX"))
    raise UnfitCellError(found, _("Retapez la valeur attendue."))


def _day(moment: datetime, column: Column) -> str:
    if column.quantity == DATE and moment.time() == time():
        return moment.date().isoformat()
    if column.quantity == DATE:
        raise UnfitCellError(
            _("un jour et une heure, {moment}").format(moment=f"{moment:%d/%m/%Y %H:%M}"), _("Gardez le jour seul.")
        )
    found = _("la date {day}").format(day=f"{moment:%d/%m/%Y}")
    raise UnfitCellError(found, _("Mettez la cellule au format Standard et retapez sa valeur."))
