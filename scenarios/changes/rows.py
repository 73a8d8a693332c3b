"""The rows of a scenario by key, and their cells as the texts of files."""

from collections.abc import Mapping
from typing import Any

from scenarios.changes.change import Cells
from scenarios.dictionary import HEADER, tables
from scenarios.document import Scenario
from scenarios.document.keys import Key, key_of
from scenarios.document.record import Record

Keyed = Mapping[Key, tuple[Record, ...]]


def keyed(scenario: Scenario, table: str) -> Keyed:
    """Return the rows of a table by key, in the order of the document; rows of one key stay in their order."""
    found: dict[Key, list[Record]] = {}
    for row in getattr(scenario, table):
        found.setdefault(key_of(table, row), []).append(row)
    return {key: tuple(rows) for key, rows in found.items()}


def cells(row: Record) -> Cells:
    """Return the filled cells of a row; those left to their default are not."""
    return tuple((name, _text(value)) for name, value in row.model_dump(mode="json", exclude_defaults=True).items())


def header(scenario: Scenario) -> Cells:
    """Return the filled cells of the header."""
    names = {column.name for column in tables()[HEADER].columns}
    values = scenario.model_dump(mode="json", include=names, exclude_defaults=True)
    return tuple((name, _text(value)) for name, value in values.items())


def _text(value: Any) -> str:
    """Write a value as one cell of a file."""
    return "|".join(map(_text, value)) if isinstance(value, list | tuple) else str(value)
