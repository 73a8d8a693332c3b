"""Rates by class: the class of a commune is published by the ANRU, and the committee may add points to its rate."""

from datetime import date
from fractions import Fraction

from scenarios.document import Commune
from scenarios.document.quantities import rate_to_text
from scenarios.language import _
from scenarios.rulebooks.book import Entry, Rulebook
from scenarios.rulebooks.versions import version_on


class NoRateError(ValueError):
    """A commune does not say what its rate depends on, or asks for more than the text gives. Texts are French."""

    def __init__(self, found: str, expected: str, advice: str) -> None:
        self.found, self.expected, self.advice = found, expected, advice
        super().__init__(found)


def class_of(entry: Entry, commune: Commune) -> int:
    """Return the class of a commune. Raises NoRateError when it has none: it is never computed."""
    if commune.anru_class is None:
        raise NoRateError(
            _("« {entry} », alors que la commune « {commune} » n'a pas de classe").format(
                entry=entry.id, commune=commune.code
            ),
            _("une classe de 1 à 6 dans « anru_class »"),
            _("Écrivez la classe publiée par l'ANRU et son année, ou n'employez pas cette entrée."),
        )
    return commune.anru_class


def with_bonus(book: Rulebook, entry: Entry, commune: Commune, day: date) -> Fraction:
    """Return the points added to the rate of a commune, zero when it has none.

    Raises NoRateError above what the text allows or when it allows none, NotInForceError outside its horizon.
    """
    asked = commune.anru_bonus or Fraction(0)
    if not asked:
        return asked
    limit = next((other for other in book.entries if other.id == entry.bonus), None)
    version = version_on(book, limit, day) if limit is not None else None
    if version is not None and version.allows(asked):
        return asked
    raise NoRateError(
        _("un bonus de {asked} pour la commune « {commune} »").format(asked=rate_to_text(asked), commune=commune.code),
        _("au plus {limit}").format(limit=version.written if version is not None else "0"),
        _("Corrigez « anru_bonus » de la commune."),
    )
