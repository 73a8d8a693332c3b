"""From two scenarios to the changes that lead from one to the other."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from scenarios.changes.change import ORDER, ORDERED, CellChanged, Cells, Change, RowAdded, RowRemoved
from scenarios.changes.rows import Keyed, cells, header, keyed
from scenarios.dictionary import HEADER, tables
from scenarios.document import Scenario
from scenarios.document.keys import Key
from scenarios.document.record import Record

Group = tuple[Cells, ...]
"""The rows that bear one key, sorted: none, one, or several in the tables whose rows may repeat a key."""


def difference(before: Scenario, after: Scenario) -> tuple[Change, ...]:
    """Return the changes that make ``before`` the same document as ``after``, table by table.

    The order of rows is nothing, but for that of goals. A row whose key changes is removed and added. Where several
    rows bear the same key, before or after, those that differ are removed and added whole: nothing else names them.
    """
    found: list[Change] = list(cell_changes(HEADER, (), header(before), header(after)))
    for table in tables():
        if table != HEADER and getattr(before, table) != getattr(after, table):
            found.extend(_table(table, keyed(before, table), keyed(after, table)))
    return tuple(found)


def _table(table: str, before: Keyed, after: Keyed) -> Iterator[Change]:
    for key in dict.fromkeys([*before, *after]):
        if before.get(key) != after.get(key):
            yield from group_changes(table, key, group(before.get(key, ())), group(after.get(key, ())))
    if table == ORDERED:
        kinds, wanted = [key[0] for key in before], [key[0] for key in after]
        yield from order_changes(kinds, wanted, kept(kinds, wanted))


def group(rows: Iterable[Record]) -> Group:
    """Return the cells of rows that bear one key, in an order that does not depend on theirs."""
    return tuple(sorted(cells(row) for row in rows))


def group_changes(table: str, key: Key, before: Group, after: Group) -> Iterator[Change]:
    """Yield what changes among the rows that bear one key."""
    if len(before) == len(after) == 1:
        yield from cell_changes(table, key, before[0], after[0])
        return
    one, other = Counter(before), Counter(after)
    yield from (RowRemoved(table, key, row) for row in sorted((one - other).elements()))
    yield from (RowAdded(table, key, row) for row in sorted((other - one).elements()))


def cell_changes(table: str, key: Key, before: Cells, after: Cells) -> Iterator[CellChanged]:
    """Yield the cells of one row that differ."""
    one, other = dict(before), dict(after)
    for column in dict.fromkeys([*one, *other]):
        if one.get(column) != other.get(column):
            yield CellChanged(table, key, column, one.get(column), other.get(column))


def order_changes(before: Sequence[str], after: Sequence[str], left: Sequence[str]) -> Iterator[CellChanged]:
    """Yield the order of goals, unless additions and removals give it by themselves, there and back.

    ``left`` is the order in which additions and removals leave them. Taken back from the last to the first, what was
    removed comes last, in the reverse order.
    """
    gone = [name for name in before if name not in after]
    back = [name for name in before if name in after] + gone[::-1]
    if list(left) != list(after) or back != list(before):
        yield CellChanged(ORDERED, (), ORDER, "|".join(before), "|".join(after))


def kept(order: Sequence[str], names: Sequence[str]) -> list[str]:
    """Return ``names`` in the given order, those it does not know last and as they come."""
    return [name for name in order if name in names] + [name for name in names if name not in order]
