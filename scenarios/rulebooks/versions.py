"""The value of an entry on a given day, and what it allows."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scenarios.document.quantities import cents_to_text, rate_to_text
from scenarios.language import _
from scenarios.rulebooks.book import DatedValue, Entry, Horizon, Rulebook
from scenarios.rulebooks.words import FRACTIONS, Holds, word


class NotInForceError(ValueError):
    """An entry has no value on a day, or none at all. The message is French; ``expected`` and ``advice`` too."""

    def __init__(self, found: str, expected: str, advice: str) -> None:
        self.found, self.expected, self.advice = found, expected, advice
        super().__init__(_("{found} ; attendu : {expected}").format(found=found, expected=expected))


@dataclass(frozen=True)
class Version:
    """One dated value of an entry of a rulebook."""

    book: Rulebook
    entry: Entry
    dated: DatedValue

    @property
    def value(self) -> Fraction | int | None:
        """The number in force: an exact fraction, cents, or None for an exemption."""
        return self.entry.number(self.dated)

    @property
    def written(self) -> str:
        """The number and its unit in French."""
        return written(self.entry, self.value)

    @property
    def code(self) -> str:
        """Code of the version: its own, else that of its entry."""
        return self.dated.id or self.entry.id

    def allows(self, value: Fraction | int) -> bool:
        """Tell whether ``value``, in the unit of the entry (amounts in cents), respects the version, exactly."""
        limit = self.value
        if limit is None:
            return True
        if value == limit:
            return self.entry.inclusive or self.entry.holds is Holds.EXACTLY
        if self.entry.holds is Holds.EXACTLY:
            return False
        return value < limit if self.entry.holds is Holds.AT_MOST else value > limit


def version_on(book: Rulebook, entry: Entry, day: date, anru_class: int | None = None) -> Version:
    """Return the version of an entry in force on a day, for a class when the entry goes by class.

    Raises NotInForceError when the entry is to fill, and when the day is outside its horizon.
    """
    name = entry.id if anru_class is None else _("{entry} (classe {number})").format(entry=entry.id, number=anru_class)
    if entry.to_fill or anru_class in entry.classes_to_fill:
        raise NotInForceError(
            _("« {entry} », entrée à remplir : aucune source n'en donne la valeur").format(entry=name),
            _("une valeur lue dans un texte, avec sa référence"),
            _("Remplissez « {entry} » dans le recueil « {book} », ou n'employez que d'autres entrées.").format(
                entry=entry.id, book=book.code
            ),
        )
    if book.horizon.covers(day):
        for value in entry.values:
            if value.anru_class == anru_class and value.holds_on(day):
                return Version(book, entry, value)
    raise NotInForceError(
        _("« {entry} » le {day}, hors de son horizon de validité").format(entry=name, day=day),
        _("une date de l'horizon : {horizon}").format(horizon=horizon_text(book, entry, anru_class)),
        _("Corrigez la date, ou complétez le recueil « {book} » par la valeur de ce jour et sa source.").format(
            book=book.code
        ),
    )


def horizon_text(book: Rulebook, entry: Entry, anru_class: int | None = None) -> str:
    """Say in French the days of the rulebook on which an entry has a value: periods that touch are joined."""
    values = sorted(
        (value for value in entry.values if anru_class is None or value.anru_class == anru_class),
        key=lambda value: value.start,
    )
    closing = book.horizon.end or date.max
    periods: list[tuple[date, date]] = []
    for value in values:
        end = min(value.end or date.max, closing)
        if periods and value.start.toordinal() <= periods[-1][1].toordinal() + 1:
            periods[-1] = (periods[-1][0], max(periods[-1][1], end))
        else:
            periods.append((value.start, end))
    texts = [period_text(start, None if end == date.max else end) for start, end in periods]
    return _(" ; ").join(texts) or _("aucune date")


def book_horizon_text(horizon: Horizon) -> str:
    """Say in French the days about which a rulebook may be asked."""
    return period_text(horizon.start, horizon.end)


def period_text(start: date, end: date | None) -> str:
    """Say in French from which day to which day."""
    if end is None:
        return _("à partir du {start}").format(start=start)
    return _("du {start} au {end}").format(start=start, end=end)


def written(entry: Entry, value: Fraction | int | None) -> str:
    """Write a number with the unit of its entry, in French."""
    unit = word(entry.unit)
    if value is None:
        return unit
    if entry.unit in FRACTIONS:
        return f"{rate_to_text(Fraction(value))} ({unit})"
    return f"{cents_to_text(int(value))} {unit}"
