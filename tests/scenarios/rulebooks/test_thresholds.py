"""Every value of the shipped rulebooks: just below, at and just above its threshold, on its first and last days."""

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from scenarios.document.quantities import parse_cents
from scenarios.formats import yaml_text
from scenarios.rulebooks import NotInForceError, Version, books, version
from scenarios.rulebooks.words import FRACTIONS, Unit

ROWS: list[dict[str, Any]] = yaml_text.parse(
    (Path(__file__).parent / "seuils.yaml").read_text(encoding="utf-8"), "seuils.yaml", []
)
CASES = [pytest.param(row, id=row["row"]) for row in ROWS]
DAY = timedelta(days=1)


def of(row: dict[str, Any], day: date) -> Version:
    return version(row["row"], day, int(row["class"]) if "class" in row else None)


def code_on(row: dict[str, Any], day: date) -> str | None:
    """Return the code of the version in force on a day, or None when there is none."""
    try:
        return of(row, day).code
    except NotInForceError:
        return None


@pytest.mark.parametrize("row", CASES)
def test_below_at_and_above_the_threshold(row: dict[str, Any]) -> None:
    found = of(row, date.fromisoformat(row["first"]))
    assert found.code == row["row"]
    read = Fraction if found.entry.unit in FRACTIONS | {Unit.NONE} else parse_cents
    tried = [found.allows(read(row[name])) for name in ("below", "at", "above")]
    assert tried == [word == "oui" for word in row["allowed"]]
    if found.entry.unit is not Unit.NONE:
        assert found.value == read(row["at"])


@pytest.mark.parametrize("row", CASES)
def test_the_day_before_and_the_day_it_changes(row: dict[str, Any]) -> None:
    first = date.fromisoformat(row["first"])
    assert code_on(row, first) == row["row"]
    assert code_on(row, first - DAY) != row["row"]
    if "last" in row:
        last = date.fromisoformat(row["last"])
        assert code_on(row, last) == row["row"]
        assert code_on(row, last + DAY) != row["row"]
    else:
        assert code_on(row, date(2026, 12, 31)) == row["row"]


def test_every_shipped_value_has_its_case() -> None:
    shelves = [(book, entry) for book in books().values() for entry in book.entries]
    values = [Version(book, entry, dated) for book, entry in shelves for dated in entry.values]
    assert sorted(one.code for one in values) == sorted(row["row"] for row in ROWS)


@pytest.mark.parametrize(
    ("entry", "day", "value"),
    [
        ("STATE-CAP", date(2018, 9, 30), Fraction(80, 100)),
        ("STATE-CAP", date(2018, 10, 1), Fraction(1)),
        ("FCTVA", date(2014, 12, 31), Fraction(15761, 100_000)),
        ("FCTVA", date(2015, 1, 1), Fraction(16404, 100_000)),
        ("DEMIN", date(2023, 12, 31), 20_000_000),
        ("DEMIN", date(2024, 1, 1), 30_000_000),
    ],
)
def test_the_value_changes_overnight(entry: str, day: date, value: Fraction | int) -> None:
    assert version(entry, day).value == value


@pytest.mark.parametrize(
    ("entry", "day", "horizon"),
    [
        ("DEMIN", date(2013, 12, 31), "du 2014-01-01 au 2030-12-31"),
        ("DEMIN", date(2031, 1, 1), "du 2014-01-01 au 2030-12-31"),
        ("MO-20", date(2011, 12, 31), "à partir du 2012-01-01"),
    ],
)
def test_a_day_outside_the_horizon_is_an_error_that_names_it(entry: str, day: date, horizon: str) -> None:
    with pytest.raises(NotInForceError) as refusal:
        version(entry, day)
    assert str(refusal.value) == (
        f"« {entry} » le {day}, hors de son horizon de validité ; attendu : une date de l'horizon : {horizon}"
    )


EMPTY = [entry.id for book in books().values() for entry in book.entries if entry.to_fill]


@pytest.mark.parametrize("name", EMPTY)
def test_what_is_only_remembered_has_no_value(name: str) -> None:
    with pytest.raises(NotInForceError, match=f"« {name} », entrée à remplir"):
        version(name, date(2026, 11, 24))


@pytest.mark.parametrize("number", [2, 3, 4, 5])
def test_middle_classes_are_to_fill(number: int) -> None:
    with pytest.raises(NotInForceError, match=rf"« ANRU-CLASS \(classe {number}\) », entrée à remplir"):
        version("ANRU-CLASS", date(2016, 1, 1), number)
