"""What a person does in a grid of rows, as changes of the scenario: rows are named by their key, never by place."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from scenarios.changes import CellChanged, Change, RowAdded, RowRemoved
from scenarios.dictionary import Table
from scenarios.document.keys import KEYS, REPEATED, Key
from ui.desk.cells import text_of

Row = Mapping[str, str]
"""Filled cells of a row, by column, in the texts of files."""


@dataclass(frozen=True)
class Live:
    """What was typed in a grid since it was laid out: cells by place of the row and column, rows added, rows deleted.

    Cells are as typed; None is a cell made empty.
    """

    edited: Mapping[int, Mapping[str, object]] = field(default_factory=dict)
    added: Sequence[Mapping[str, object]] = ()
    deleted: frozenset[int] = frozenset()


def changes_between(table: Table, rows: Sequence[Row], before: Live, after: Live) -> tuple[Change, ...]:
    """Return the changes from one moment of a grid to a later one. ``rows``: as they were laid out."""
    places = sorted({*before.edited, *after.edited, *before.deleted, *after.deleted})
    moved = [(_at(table, rows, place, before), _at(table, rows, place, after)) for place in places]
    moved += _additions(_named(table, before), _named(table, after))
    return in_order(change for was, now in moved for change in row_changes(table, was, now))


def row_changes(table: Table, was: Row | None, now: Row | None) -> Iterator[Change]:
    """Yield what leads from a row to another; None is no row. A row whose key changes is removed and added."""
    if was == now:
        return
    renamed = was is not None and now is not None and key_in(table, was) != key_in(table, now)
    if was is None or now is None or renamed or table.name in REPEATED:
        if was is not None:
            yield RowRemoved(table.name, key_in(table, was), _cells(table, was))
        if now is not None:
            yield RowAdded(table.name, key_in(table, now), _cells(table, now))
        return
    for column in table.columns:
        before, after = was.get(column.name), now.get(column.name)
        if before != after:
            yield CellChanged(table.name, key_in(table, was), column.name, before, after)


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Put removals first, then cells, then additions: two rows may then exchange their names."""
    ranks = {RowRemoved: 0, CellChanged: 1, RowAdded: 2}
    return tuple(sorted(changes, key=lambda change: ranks[type(change)]))


def key_in(table: Table, row: Row) -> Key:
    """Return the key of a row."""
    return tuple(row.get(name, "") for name in KEYS.get(table.name, ()))


def lacking_name(table: Table, typed: Live) -> int:
    """Count the rows added that bear something, but not yet every column that names them: they are not staged."""
    rows = [_typed(table, {}, cells) for cells in typed.added]
    return sum(1 for row in rows if row and not _is_named(table, row))


def _named(table: Table, live: Live) -> list[Row]:
    rows = [_typed(table, {}, cells) for cells in live.added]
    return [row for row in rows if row and _is_named(table, row)]


def _is_named(table: Table, row: Row) -> bool:
    needed = [name for name in KEYS[table.name] if (column := table.column(name)) and column.required]
    return all(row.get(name) for name in needed)


def _at(table: Table, rows: Sequence[Row], place: int, live: Live) -> Row | None:
    return None if place in live.deleted else _typed(table, rows[place], live.edited.get(place, {}))


def _typed(table: Table, row: Row, cells: Mapping[str, object]) -> Row:
    """Return a row with the cells typed over it, its columns in the order of the dictionary."""
    after = dict(row)
    for name, typed in cells.items():
        column = table.column(name)
        if column is not None:
            after[name] = text_of(typed, column)
    return {column.name: after[column.name] for column in table.columns if after.get(column.name)}


def _additions(before: list[Row], after: list[Row]) -> list[tuple[Row | None, Row | None]]:
    """Pair the rows added at two moments: by place while their number stays, else those that differ."""
    if len(before) == len(after):
        return list(zip(before, after, strict=True))
    old, new = (Counter(tuple(row.items()) for row in rows) for rows in (before, after))
    gone = [(dict(row), None) for row in (old - new).elements()]
    return [*gone, *((None, dict(row)) for row in (new - old).elements())]


def _cells(table: Table, row: Row) -> tuple[tuple[str, str], ...]:
    return tuple((column.name, row[column.name]) for column in table.columns if row.get(column.name))
