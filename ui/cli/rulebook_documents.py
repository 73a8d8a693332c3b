"""Rulebooks in the JSON documents: every value with its dates and source, shares as ``"n/d"``, amounts in cents."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from scenarios.rulebooks import DatedValue, Entry, Rulebook
from scenarios.rulebooks.differences import EntryDifference, values_on
from scenarios.rulebooks.formula import formula
from scenarios.rulebooks.law import status
from scenarios.rulebooks.versions import horizon_text


def book_content(book: Rulebook) -> dict[str, Any]:
    """Return what identifies a rulebook, and how many of its entries are to fill."""
    return {
        "code": book.code,
        "title": book.title,
        "funder": book.funder,
        "from": str(book.horizon.start),
        "to": _day(book.horizon.end),
        "entries": len(book.entries),
        "to_fill": sum(entry.to_fill for entry in book.entries),
        "note": book.note,
    }


def entry_content(book: Rulebook, entry: Entry, day: date | None) -> dict[str, Any]:
    """Return an entry with all its values, or with those in force on a day."""
    values = entry.values if day is None else values_on(book, entry, day)
    return {
        "id": entry.id,
        "sentence": entry.sentence,
        "formula": formula(entry),
        "kind": str(entry.kind),
        "status": status(entry),
        "measure": entry.measure,
        "unit": str(entry.unit),
        "base": str(entry.base),
        "caps": str(entry.caps),
        "holds": str(entry.holds),
        "inclusive": entry.inclusive,
        "force": str(entry.force),
        "counts": _words(entry.counts),
        "natures": list(entry.natures),
        "programmes": list(entry.programmes),
        "owner_kinds": _words(entry.owner_kinds),
        "named_operations": entry.named_operations,
        "lifts": list(entry.lifts),
        "classes_to_fill": list(entry.classes_to_fill),
        "to_fill": entry.to_fill,
        "horizon": horizon_text(book, entry),
        "note": entry.note,
        "values": [_value(entry, value) for value in values],
    }


def difference_content(found: EntryDifference) -> dict[str, Any]:
    """Return the values of both sides, and the texts responsible."""
    sides = (found.before, found.values_before), (found.after, found.values_after)
    before, after = (None if entry is None else _side(entry, values) for entry, values in sides)
    return {"before": before, "after": after, "responsible": [_reference(value) for value in found.responsible]}


def _side(entry: Entry, values: Iterable[DatedValue]) -> dict[str, Any]:
    return {
        "id": entry.id,
        "sentence": entry.sentence,
        "unit": str(entry.unit),
        "to_fill": entry.to_fill,
        "values": [_value(entry, value) for value in values],
    }


def _value(entry: Entry, value: DatedValue) -> dict[str, Any]:
    number = entry.number(value)
    return {
        "id": value.id,
        "from": str(value.start),
        "to": _day(value.end),
        "class": value.anru_class,
        "value": f"{number.numerator}/{number.denominator}" if isinstance(number, Fraction) else number,
        "base_max": value.base_max,
        "base_max_per_unit": value.base_max_per_unit,
        "base_max_per_building": value.base_max_per_building,
        "mark": str(value.mark),
        "reference": _reference(value),
        "note": value.note,
    }


def _reference(value: DatedValue) -> dict[str, Any]:
    reference = value.reference
    return {
        "title": reference.title,
        "article": reference.article,
        "read_in": reference.read_in,
        "link": reference.link,
        "consulted": _day(reference.consulted),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else str(day)


def _words(words: Iterable[str]) -> list[str]:
    return [str(word) for word in words]
