"""One change of a scenario: a row added, a row removed, or a cell that changes. Rows are named by their key.

Values are the texts of files: amounts in units of the currency, exact rates, lists separated by vertical bars. The
header is the table ``""``, whose only row has an empty key. The order of goals is a cell too: the column ``ORDER`` of
the table ``goals``, with an empty key, holds the kinds of goals from the first to the last.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from scenarios.document.keys import Key

ORDERED = "goals"
ORDER = "order"
Cells = tuple[tuple[str, str], ...]
"""Filled columns of a row with their text, in the order of the dictionary."""


@dataclass(frozen=True)
class RowAdded:
    """A row that was not there."""

    table: str
    key: Key
    cells: Cells


@dataclass(frozen=True)
class RowRemoved:
    """A row that is there no more; ``cells`` is what it held."""

    table: str
    key: Key
    cells: Cells


@dataclass(frozen=True)
class CellChanged:
    """A cell that holds something else; None is an empty cell."""

    table: str
    key: Key
    column: str
    before: str | None
    after: str | None


Change = RowAdded | RowRemoved | CellChanged


def inverse(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Return the changes that bring back what ``changes`` left, from the last one to the first."""
    return tuple(map(_inverse, reversed(changes)))


def _inverse(change: Change) -> Change:
    match change:
        case RowAdded(table, key, cells):
            return RowRemoved(table, key, cells)
        case RowRemoved(table, key, cells):
            return RowAdded(table, key, cells)
        case CellChanged(table, key, column, before, after):
            return CellChanged(table, key, column, after, before)


def to_json(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Return the changes as mappings, lists and texts only."""
    return [_content(change) for change in changes]


def from_json(content: Iterable[dict[str, Any]]) -> tuple[Change, ...]:
    """Read what ``to_json`` wrote."""
    return tuple(map(_change, content))


def _content(change: Change) -> dict[str, Any]:
    place = {"table": change.table, "key": list(change.key)}
    match change:
        case CellChanged(column=column, before=before, after=after):
            return {"change": "cell", **place, "column": column, "before": before, "after": after}
        case RowAdded(cells=cells):
            return {"change": "added", **place, "cells": [list(cell) for cell in cells]}
        case RowRemoved(cells=cells):
            return {"change": "removed", **place, "cells": [list(cell) for cell in cells]}


def _change(content: dict[str, Any]) -> Change:
    table, key = content["table"], tuple(content["key"])
    if content["change"] == "cell":
        return CellChanged(table, key, content["column"], content["before"], content["after"])
    cells = tuple((name, text) for name, text in content["cells"])
    return RowAdded(table, key, cells) if content["change"] == "added" else RowRemoved(table, key, cells)
