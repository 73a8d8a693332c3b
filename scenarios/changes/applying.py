"""Changes made to a scenario: everything that stands in the way is told, by table, key and column."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from scenarios.changes.change import ORDER, ORDERED, CellChanged, Change, RowAdded, RowRemoved
from scenarios.changes.differing import kept
from scenarios.changes.rows import cells, header
from scenarios.dictionary import HEADER, tables
from scenarios.document import Scenario
from scenarios.document.keys import KEYS, REPEATED, Key, key_of
from scenarios.document.record import Record
from scenarios.formats.problems import Problem, ScenarioError
from scenarios.formats.tree import Places, Tree
from scenarios.formats.understand import understand
from scenarios.language import _
from scenarios.wording import shown

Row = dict[str, str]


def apply(scenario: Scenario, changes: Sequence[Change]) -> Scenario:
    """Return the scenario after the changes, each made on what the ones before it left.

    Rows keep their place, those added come last. Raises ScenarioError with every change that does not fit the document
    (an unknown row, a cell that holds something else than ``before``), else with everything wrong in the result.
    """
    return _after(scenario, changes).scenario()


def rows_after(scenario: Scenario, table: str, changes: Sequence[Change]) -> tuple[Row, ...]:
    """Return the rows of a table after the changes, as texts, even when they do not make a valid scenario.

    Raises ScenarioError when a change does not fit the document.
    """
    return tuple(map(_texts, _after(scenario, changes).rows(table)))


def _after(scenario: Scenario, changes: Sequence[Change]) -> "_Document":
    document = _Document(scenario)
    problems = [problem for change in changes for problem in document.change(change)]
    if problems:
        raise ScenarioError(problems)
    return document


class _Document:
    """A scenario being changed. Rows that nothing touched stay the records they were, already valid."""

    def __init__(self, scenario: Scenario) -> None:
        self._before = scenario
        self._tables: dict[str, dict[Key, list[Record | Row]]] = {}
        self._order: list[str] = []

    def change(self, change: Change) -> Iterator[Problem]:
        """Make one change, or yield why it cannot be made."""
        table = tables().get(change.table)
        if table is None:
            yield _problem(change, "", shown(change.table), _("une table connue"), _("Corrigez le nom de la table."))
        elif isinstance(change, CellChanged) and (change.table, change.column) == (ORDERED, ORDER):
            self._order = (change.after or "").split("|")
        elif isinstance(change, CellChanged):
            yield from self._change_cell(change)
        elif change.table == HEADER:
            found, expected = _("une ligne d'en-tête ajoutée ou retirée"), _("un champ qui change")
            yield _problem(change, "", found, expected, _("Changez les champs de l'en-tête un par un."))
        elif isinstance(change, RowAdded):
            yield from self._add(change)
        else:
            yield from self._remove(change)

    def rows(self, table: str) -> Iterator[Record | Row]:
        """Yield the rows of a table as they stand; of goals, in their order."""
        if table not in self._tables and table != HEADER:
            found = getattr(self._before, table)
        else:
            found = [row for rows in self._keyed(table).values() for row in rows]
        if table != ORDERED or not self._order:
            yield from found
            return
        kinds = {_key(table, row)[0]: row for row in found}
        yield from (kinds[kind] for kind in kept(self._order, list(kinds)))

    def scenario(self) -> Scenario:
        """Return the scenario as it stands. Raises ScenarioError with everything wrong in it."""
        (head,) = self.rows(HEADER)
        values: dict[str, Any] = dict(_texts(head))
        values |= {table: list(self.rows(table)) for table in tables() if table != HEADER}
        tree = Tree(values, Places({}))
        scenario = understand(tree)
        if scenario is None:
            raise ScenarioError([self._named(problem, values) for problem in tree.problems])
        return scenario

    def _keyed(self, table: str) -> dict[Key, list[Record | Row]]:
        if table not in self._tables:
            found: dict[Key, list[Record | Row]] = {}
            if table == HEADER:
                found[()] = [dict(header(self._before))]
            else:
                for row in getattr(self._before, table):
                    found.setdefault(key_of(table, row), []).append(row)
            self._tables[table] = found
        return self._tables[table]

    def _change_cell(self, change: CellChanged) -> Iterator[Problem]:
        rows = self._keyed(change.table).get(change.key, [])
        if change.column in KEYS.get(change.table, ()):
            found, advice = _("une colonne qui nomme la ligne"), _("Retirez cette ligne et ajoutez-en une autre.")
            yield _problem(change, change.column, found, _("une autre colonne"), advice)
        elif len(rows) != 1:
            yield _unknown(change) if not rows else _several(change)
        else:
            row = _texts(rows[0])
            if row.get(change.column) != (change.before or None):
                yield _stale(change, row.get(change.column))
            row[change.column] = change.after or ""
            rows[0] = {name: text for name, text in row.items() if text}

    def _add(self, change: RowAdded) -> Iterator[Problem]:
        row = {name: text for name, text in change.cells if text}
        key = _key(change.table, row)
        rows = self._keyed(change.table).setdefault(change.key, [])
        if key != change.key:
            found, expected = shown(" · ".join(key)), shown(" · ".join(change.key))
            yield _problem(change, "", found, expected, _("Nommez la ligne par les colonnes qui la désignent."))
        elif rows and change.table not in REPEATED:
            found, expected = _("une ligne qui existe déjà"), _("une ligne nouvelle")
            yield _problem(change, "", found, expected, _("Changez les cellules de la ligne qui existe."))
        else:
            rows.append(row)

    def _remove(self, change: RowRemoved) -> Iterator[Problem]:
        groups = self._keyed(change.table)
        rows = groups.get(change.key, [])
        same = [row for row in rows if _texts(row) == dict(change.cells)]
        if same:
            rows.remove(same[0])
            if not rows:
                del groups[change.key]
        elif not rows:
            yield _unknown(change)
        elif len(rows) > 1:
            yield _several(change)
        else:
            there, wanted = _texts(rows[0]), dict(change.cells)
            column = next(name for name in {**there, **wanted} if there.get(name) != wanted.get(name))
            yield _stale(CellChanged(change.table, change.key, column, wanted.get(column), None), there.get(column))

    def _named(self, problem: Problem, values: dict[str, Any]) -> Problem:
        """Name the row of a problem by its key."""
        if problem.table not in values or problem.row is None:
            return problem
        return replace(problem, key=_key(problem.table, values[problem.table][problem.row - 1]))


def _texts(row: Record | Row) -> Row:
    return dict(cells(row)) if isinstance(row, Record) else dict(row)


def _key(table: str, row: Record | Row) -> Key:
    return key_of(table, row) if isinstance(row, Record) else tuple(row.get(name, "") for name in KEYS[table])


def _unknown(change: Change) -> Problem:
    advice = _("Rechargez la version courante : la ligne a pu être retirée.")
    return _problem(change, "", _("aucune ligne de ce nom"), _("une ligne du scénario"), advice)


def _several(change: Change) -> Problem:
    found, expected = _("plusieurs lignes de ce nom"), _("une ligne désignée par toutes ses cellules")
    return _problem(change, "", found, expected, _("Retirez la ligne entière et ajoutez celle qui la remplace."))


def _stale(change: CellChanged, found: str | None) -> Problem:
    advice = _("Rechargez la version courante : la cellule a changé entre-temps.")
    return _problem(change, change.column, shown(found), shown(change.before), advice)


def _problem(change: Change, column: str, found: str, expected: str, advice: str) -> Problem:
    return Problem("", None, column or None, found, expected, advice, change.table, key=change.key)
