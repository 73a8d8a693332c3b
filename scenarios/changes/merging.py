"""Two edits of one scenario put together, cell by cell."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from scenarios.changes.change import ORDER, ORDERED, CellChanged, Change, RowAdded, RowRemoved
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
    conflicts: tuple[Conflict, ...] = ()


def merge(base: Scenario, ours: Scenario, theirs: Scenario) -> Merged:
    """Put together two edits of ``base``, cell by cell.

    A cell changed on one side, or in the same way on both, is merged. Several rows that bear the same key (two loans
    of one bank to one operation) are taken together as one cell. The order of goals is one cell, which adding a goal
    or moving one changes. Nothing is said of the merged scenario as a whole: ``apply`` tells whether it is valid.
    """
    return _Merge(None).scenarios(base, ours, theirs)


def settle(base: Scenario, ours: Scenario, theirs: Scenario, mine: Collection[Conflict]) -> tuple[Change, ...]:
    """Return the changes that lead from ``base`` to both edits together, every conflict settled.

    In the conflicts of ``mine``, our side wins; in the others, theirs.
    """
    places = frozenset((conflict.table, conflict.key, conflict.column) for conflict in mine)
    return _Merge(places).scenarios(base, ours, theirs).changes


@dataclass(frozen=True)
class _Merge:
    """A three-way merge. ``mine``: the places where our side wins, theirs elsewhere; None: conflicts are told."""

    mine: frozenset[tuple[str, Key, str]] | None

    def scenarios(self, base: Scenario, ours: Scenario, theirs: Scenario) -> Merged:
        places = [self._cells(HEADER, (), *(dict(header(side)) for side in (base, ours, theirs)))]
        for table in tables():
            if table != HEADER:
                places.extend(self._table(table, *(keyed(side, table) for side in (base, ours, theirs))))
        return Merged(
            tuple(change for place in places for change in place.changes),
            tuple(conflict for place in places for conflict in place.conflicts),
        )

    def _table(self, table: str, base: Keyed, ours: Keyed, theirs: Keyed) -> Iterator[Merged]:
        found = []
        for key in dict.fromkeys([*base, *ours, *theirs]):
            rows = (base.get(key, ()), ours.get(key, ()), theirs.get(key, ()))
            if rows[0] == rows[1] == rows[2]:
                continue
            found.append(self._group(table, key, *map(group, rows)))
        yield from found
        if table == ORDERED:
            changes = [change for merged in found for change in merged.changes]
            gone = {change.key for change in changes if isinstance(change, RowRemoved)}
            come = [change.key for change in changes if isinstance(change, RowAdded)]
            names = [key[0] for key in [*(key for key in base if key not in gone), *come]]
            yield self._order(names, *([key[0] for key in side] for side in (base, ours, theirs)))

    def _group(self, table: str, key: Key, base: Group, ours: Group, theirs: Group) -> Merged:
        """Merge the rows of one key: cell by cell when each side has one, else whole."""
        if ours in (base, theirs) or theirs == base:
            return Merged(tuple(group_changes(table, key, base, theirs if ours in (base, theirs) else ours)))
        if len(ours) == len(theirs) == 1 and len(base) <= 1:
            sides = dict(ours[0]), dict(theirs[0])
            return self._cells(table, key, dict(base[0]), *sides) if base else self._added(table, key, *sides)
        if self.mine is None:
            return Merged((), (Conflict(table, key, ROW, _whole(base), _whole(ours), _whole(theirs)),))
        return Merged(tuple(group_changes(table, key, base, ours if (table, key, ROW) in self.mine else theirs)))

    def _cells(
        self, table: str, key: Key, base: dict[str, str], ours: dict[str, str], theirs: dict[str, str]
    ) -> Merged:
        changes, conflicts = [], []
        for column in dict.fromkeys([*base, *ours, *theirs]):
            before, our, their = base.get(column), ours.get(column), theirs.get(column)
            after = their if our == before else our
            if their not in (before, after):
                if self.mine is None:
                    conflicts.append(Conflict(table, key, column, before, our, their))
                    continue
                after = our if (table, key, column) in self.mine else their
            if after != before:
                changes.append(CellChanged(table, key, column, before, after))
        return Merged(tuple(changes), tuple(conflicts))

    def _added(self, table: str, key: Key, ours: dict[str, str], theirs: dict[str, str]) -> Merged:
        """Merge a row that both sides added: every cell that differs is a conflict, an empty one too."""
        found = [
            Conflict(table, key, column, None, ours.get(column), theirs.get(column))
            for column in dict.fromkeys([*ours, *theirs])
            if ours.get(column) != theirs.get(column)
        ]
        if self.mine is None:
            return Merged((), tuple(found))
        row = dict(theirs)
        for conflict in found:
            if (table, key, conflict.column) in self.mine:
                row[conflict.column] = conflict.ours or ""
        return Merged((RowAdded(table, key, tuple((name, text) for name, text in row.items() if text)),))

    def _order(self, names: Sequence[str], base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Merged:
        """Merge the order of goals, ``names`` being those there are after both edits, as additions leave them."""
        if not _touched(base, ours) or ours == theirs:
            order = theirs
        elif not _touched(base, theirs):
            order = ours
        elif self.mine is None:
            return Merged((), (Conflict(ORDERED, (), ORDER, *("|".join(side) for side in (base, ours, theirs))),))
        else:
            order = ours if (ORDERED, (), ORDER) in self.mine else theirs
        return Merged(tuple(order_changes(base, kept(order, names), names)))


def _touched(base: Sequence[str], side: Sequence[str]) -> bool:
    """Tell whether a side added goals or moved some; those it removed leave the others in their order."""
    return [name for name in base if name in side] != list(side)


def _whole(rows: Group) -> str | None:
    return " / ".join(" ; ".join(f"{name}: {text}" for name, text in row) for row in rows) or None
