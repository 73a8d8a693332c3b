"""Two scenarios compared cell by cell: header, order of goals, and every row of every table.

Rows answer each other by their key. A row of a key that others bear too (two loans of one bank) is said to be changed
when only one of each side is left once the identical ones are set aside; else rows are said to be withdrawn and added.
Values are those of files: amounts in units of the currency, exact rates.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from scenarios.changes import CellChanged, Change, RowAdded, RowRemoved, difference
from scenarios.document import Scenario
from scenarios.document.keys import Key


class RowState(StrEnum):
    """What became of a row."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Edit:
    """One cell; None is an empty one."""

    column: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class RowChange:
    """One row that is not the same: its table (``""`` for the header), its key, and its cells that differ."""

    table: str
    key: Key
    state: RowState
    edits: tuple[Edit, ...]


def compare_documents(before: Scenario, after: Scenario) -> tuple[RowChange, ...]:
    """Return every row that differs, by table in the order of the document then by key; the order of rows is nothing.

    The order of goals has a meaning: it is told as a cell, with an empty key, when it changes.
    """
    found: list[RowChange] = []
    for table, of_table in groupby(difference(before, after), key=lambda change: change.table):
        for key, changes in groupby(sorted(of_table, key=lambda change: change.key), key=lambda change: change.key):
            found += _rows(table, key, list(changes))
    return tuple(found)


def _rows(table: str, key: Key, changes: Sequence[Change]) -> list[RowChange]:
    """Gather what changes among the rows of one key."""
    match changes:
        case [CellChanged(), *_]:
            cells = [change for change in changes if isinstance(change, CellChanged)]
            edits = tuple(Edit(cell.column, cell.before, cell.after) for cell in cells)
        case [RowRemoved(cells=gone), RowAdded(cells=come)]:
            edits = _edits(dict(gone), dict(come))
        case _:
            return [_whole(change) for change in changes]
    return [RowChange(table, key, RowState.CHANGED, edits)]


def _whole(change: Change) -> RowChange:
    match change:
        case RowAdded(table, key, cells):
            return RowChange(table, key, RowState.ADDED, _edits({}, dict(cells)))
        case RowRemoved(table, key, cells):
            return RowChange(table, key, RowState.REMOVED, _edits(dict(cells), {}))
        case CellChanged(table, key, column, before, after):
            return RowChange(table, key, RowState.CHANGED, (Edit(column, before, after),))


def _edits(one: dict[str, str], other: dict[str, str]) -> tuple[Edit, ...]:
    names = dict.fromkeys([*one, *other])
    return tuple(Edit(name, one.get(name), other.get(name)) for name in names if one.get(name) != other.get(name))
