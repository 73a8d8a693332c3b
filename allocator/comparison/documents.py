"""Two scenarios compared cell by cell: header, goals in their order, and every row of every table.

Rows answer each other by their key: the code of the table, or its columns of codes, years and ranks. Rows of the same
key (two loans of one bank) are paired when only one of each side is left once the identical ones are set aside; else
they are said to be withdrawn and added. Values are those of files: amounts in units of the currency, exact rates.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from scenarios.dictionary import HEADER, Table, tables
from scenarios.document import Scenario
from scenarios.document.quantities import CODE, WHOLE, YEAR

_ORDERED = "goals"
_RANKS = frozenset({"offset"})
Row = tuple[tuple[str, str], ...]
"""Filled columns of a row with their text, in order."""


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
    key: tuple[str, ...]
    state: RowState
    edits: tuple[Edit, ...]


def compare_documents(before: Scenario, after: Scenario) -> tuple[RowChange, ...]:
    """Return every row that differs, by table in the order of the document then by key; the order of rows is nothing.

    Goals are compared rank by rank, since their order has a meaning.
    """
    found: list[RowChange] = []
    for name, table in tables().items():
        if name == HEADER:
            sides = (_header(before, table), _header(after, table))
            found += _changed(name, (), *sides)
        else:
            found += _rows(table, *({**_keyed(table, scenario)} for scenario in (before, after)))
    return tuple(found)


def _header(scenario: Scenario, table: Table) -> Row:
    values = scenario.model_dump(mode="json", include={column.name for column in table.columns})
    return tuple((name, _text(value)) for name, value in values.items())


def _keyed(table: Table, scenario: Scenario) -> Mapping[tuple[str, ...], Counter[Row]]:
    found: dict[tuple[str, ...], Counter[Row]] = defaultdict(Counter)
    columns = _key_columns(table)
    for rank, line in enumerate(getattr(scenario, table.name), start=1):
        values = line.model_dump(mode="json", exclude_defaults=True)
        key = (str(rank),) if table.name == _ORDERED else tuple(_text(values.get(name, "")) for name in columns)
        found[key][tuple((name, _text(value)) for name, value in values.items())] += 1
    return found


def _key_columns(table: Table) -> tuple[str, ...]:
    names = [column.name for column in table.columns]
    if "code" in names:
        return ("code",)
    return tuple(
        column.name
        for column in table.columns
        if not column.listed
        and (column.quantity in {CODE, YEAR} or (column.quantity is WHOLE and column.name in _RANKS))
    )


def _rows(
    table: Table, before: Mapping[tuple[str, ...], Counter[Row]], after: Mapping[tuple[str, ...], Counter[Row]]
) -> Iterator[RowChange]:
    for key in sorted({*before, *after}):
        one, other = before.get(key, Counter()), after.get(key, Counter())
        gone, come = sorted((one - other).elements()), sorted((other - one).elements())
        if len(gone) == len(come) == 1:
            yield from _changed(table.name, key, gone[0], come[0])
            continue
        yield from (RowChange(table.name, key, RowState.REMOVED, _edits(row, ())) for row in gone)
        yield from (RowChange(table.name, key, RowState.ADDED, _edits((), row)) for row in come)


def _changed(table: str, key: tuple[str, ...], before: Row, after: Row) -> Iterator[RowChange]:
    edits = _edits(before, after)
    if edits:
        yield RowChange(table, key, RowState.CHANGED, edits)


def _edits(before: Row, after: Row) -> tuple[Edit, ...]:
    one, other = dict(before), dict(after)
    names = dict.fromkeys([*one, *other])
    return tuple(Edit(name, one.get(name), other.get(name)) for name in names if one.get(name) != other.get(name))


def _text(value: Any) -> str:
    """Write a value as one cell of a file."""
    return "|".join(map(_text, value)) if isinstance(value, list | tuple) else str(value)
