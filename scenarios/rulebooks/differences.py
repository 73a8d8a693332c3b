"""What differs between a rulebook on two days, or between two rulebooks: values, and the texts responsible."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scenarios.rulebooks.book import DatedValue, Entry, Rulebook

Values = tuple[DatedValue, ...]


@dataclass(frozen=True)
class EntryDifference:
    """An entry whose values differ. A side without the entry has None; a side without value has no values."""

    before: Entry | None
    after: Entry | None
    values_before: Values
    values_after: Values

    @property
    def responsible(self) -> Values:
        """The values whose texts make the difference: those of the second side, else those it no longer has."""
        return self.values_after or self.values_before


def values_on(book: Rulebook, entry: Entry, day: date) -> Values:
    """Return the values of an entry in force on a day, one per class for rates by class."""
    if not book.horizon.covers(day):
        return ()
    return tuple(value for value in entry.values if value.holds_on(day))


def between_days(book: Rulebook, first: date, second: date) -> tuple[EntryDifference, ...]:
    """Return the entries of a rulebook whose values differ on two days, in the order of the rulebook."""
    sides = ((entry, values_on(book, entry, first), values_on(book, entry, second)) for entry in book.entries)
    return tuple(
        EntryDifference(entry, entry, before, after)
        for entry, before, after in sides
        if _substance(entry, before) != _substance(entry, after)
    )


def between_books(first: Rulebook, second: Rulebook) -> tuple[EntryDifference, ...]:
    """Return what differs between two rulebooks, value by value over time: common entries, first's own, second's own.

    Two entries are the same rule when they have the same identifier, or when they alone, in their rulebooks, do the
    same thing: same kind, unit, base, sense and scope.
    """
    pairs = _pairs(first, second)
    matched = {id(entry) for pair in pairs for entry in pair}
    found = [
        EntryDifference(one, other, one.values, other.values)
        for one, other in pairs
        if _over_time(one) != _over_time(other)
    ]
    found += [EntryDifference(one, None, one.values, ()) for one in first.entries if id(one) not in matched]
    found += [EntryDifference(None, other, (), other.values) for other in second.entries if id(other) not in matched]
    return tuple(found)


def _pairs(first: Rulebook, second: Rulebook) -> list[tuple[Entry, Entry]]:
    same = {entry.id: entry for entry in second.entries}
    alike, others = _by_purpose(first.entries), _by_purpose(second.entries)
    pairs = []
    for entry in first.entries:
        purpose = _purpose(entry)
        if entry.id in same:
            pairs.append((entry, same[entry.id]))
        elif len(alike[purpose]) == 1 and len(others.get(purpose, ())) == 1:
            pairs.append((entry, others[purpose][0]))
    return pairs


def _by_purpose(entries: Iterable[Entry]) -> dict[tuple[object, ...], list[Entry]]:
    found: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        found[_purpose(entry)].append(entry)
    return found


def _purpose(entry: Entry) -> tuple[object, ...]:
    scope = (entry.natures, entry.programmes, entry.owner_kinds)
    return (entry.kind, entry.unit, entry.base, entry.holds, entry.by_class, *map(frozenset, scope))


def _substance(entry: Entry, values: Values) -> list[tuple[object, ...]]:
    """Return what values say, without their days nor their sources."""
    return [
        (value.anru_class, entry.number(value), value.base_max, value.base_max_per_unit, value.base_max_per_building)
        for value in sorted(values, key=lambda value: value.anru_class or 0)
    ]


def _over_time(entry: Entry) -> list[tuple[object, ...]]:
    return sorted(
        ((value.start, value.end or date.max, *_substance(entry, (value,))[0]) for value in entry.values), key=str
    )
