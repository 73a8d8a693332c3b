"""Two edits of one scenario put together, cell by cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scenarios.changes.change import ORDER, ORDERED, CellChanged, Change
from scenarios.changes.differing import Group, group, group_changes, kept, order_changes
from scenarios.changes.rows import Keyed, header, keyed
from scenarios.dictionary import HEADER, tables
from scenarios.document import Scenario
from scenarios.document.keys import Key

ROW = ""
"""Column of a conflict on rows taken whole."""


@dataclass(frozen=True)
class Conflict:
    """One place that both sides changed, not in the same way.

    ``column`` is empty for rows taken whole: removed on one side and changed on the other, or several of one key. The
    three values are texts; None is an empty cell, or a row that is not there. Of rows taken whole, a text gives every
    filled cell, as ``amount: 12 ; label: Prêt``.
    """

    table: str
    key: Key
    column: str
    base: str | None
    ours: str | None
    theirs: str | None


@dataclass(frozen=True)
class Merged:
    """``changes`` lead from the base to both edits together, but for the places in ``conflicts``, left as they were."""

    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]


def merge(base: Scenario, ours: Scenario, theirs: Scenario) -> Merged:
    """Put together two edits of ``base``, cell by cell.

    A cell changed on one side, or in the same way on both, is merged. Several rows that bear the same key (two loans
    of one bank to one operation) are taken together as one cell. The order of goals is one cell, which adding a goal
    or moving one changes. Nothing is said of the merged scenario as a whole: ``apply`` tells whether it is valid.
    """
    places = [_Cells(HEADER, (), dict(header(base)), dict(header(ours)), dict(header(theirs))).merged()]
    for table in tables():
        if table != HEADER:
            places.extend(_table(table, *(keyed(side, table) for side in (base, ours, theirs))))
    return Merged(
        tuple(change for place in places for change in place.changes),
        tuple(conflict for place in places for conflict in place.conflicts),
    )


def _table(table: str, base: Keyed, ours: Keyed, theirs: Keyed) -> Iterator[Merged]:
    for key in dict.fromkeys([*base, *ours, *theirs]):
        rows = (base.get(key, ()), ours.get(key, ()), theirs.get(key, ()))
        if not rows[0] == rows[1] == rows[2]:
            yield _group(table, key, *map(group, rows))
    if table == ORDERED:
        yield _order(*([key[0] for key in side] for side in (base, ours, theirs)))


def _group(table: str, key: Key, base: Group, ours: Group, theirs: Group) -> Merged:
    """Merge the rows of one key: cell by cell when each side has one, else whole."""
    if ours in (base, theirs):
        return Merged(tuple(group_changes(table, key, base, theirs)), ())
    if theirs == base:
        return Merged(tuple(group_changes(table, key, base, ours)), ())
    if len(ours) == len(theirs) == 1 and len(base) <= 1:
        before = dict(base[0]) if base else {}
        cells = _Cells(table, key, before, dict(ours[0]), dict(theirs[0]))
        return cells.merged() if base else cells.added()
    return Merged((), (Conflict(table, key, ROW, _whole(base), _whole(ours), _whole(theirs)),))


@dataclass(frozen=True)
class _Cells:
    """One row in the base and on each side: its filled cells."""

    table: str
    key: Key
    base: dict[str, str]
    ours: dict[str, str]
    theirs: dict[str, str]

    def merged(self) -> Merged:
        changes, conflicts = [], []
        for column in dict.fromkeys([*self.base, *self.ours, *self.theirs]):
            base, ours, theirs = (side.get(column) for side in (self.base, self.ours, self.theirs))
            after = theirs if ours == base else ours
            if theirs not in (base, after):
                conflicts.append(Conflict(self.table, self.key, column, base, ours, theirs))
            elif after != base:
                changes.append(CellChanged(self.table, self.key, column, base, after))
        return Merged(tuple(changes), tuple(conflicts))

    def added(self) -> Merged:
        """Tell the cells that differ of a row that both sides added."""
        return Merged((), self.merged().conflicts + self._filled_once())

    def _filled_once(self) -> tuple[Conflict, ...]:
        once = [
            name for name in dict.fromkeys([*self.ours, *self.theirs]) if (name in self.ours) != (name in self.theirs)
        ]
        return tuple(
            Conflict(self.table, self.key, name, None, self.ours.get(name), self.theirs.get(name)) for name in once
        )


def _order(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Merged:
    names = [name for name in dict.fromkeys([*base, *ours, *theirs]) if _stays(name, base, ours, theirs)]
    if not _touched(base, ours) or ours == theirs:
        after = kept(theirs, names)
    elif not _touched(base, theirs):
        after = kept(ours, names)
    else:
        orders = ("|".join(side) for side in (base, ours, theirs))
        return Merged((), (Conflict(ORDERED, (), ORDER, *orders),))
    return Merged(tuple(order_changes(base, after)), ())


def _stays(name: str, base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Tell whether a goal is there after both edits: removed by one side, it goes; added by one, it comes."""
    return name in ours and name in theirs if name in base else True


def _touched(base: Sequence[str], side: Sequence[str]) -> bool:
    """Tell whether a side added goals or moved some; those it removed leave the others in their order."""
    return [name for name in base if name in side] != list(side)


def _whole(rows: Group) -> str | None:
    return " / ".join(" ; ".join(f"{name}: {text}" for name, text in row) for row in rows) or None
