"""The scenario workbook, read into the raw document that every format gives: one sheet per table.

On each sheet, the line of technical names says what the columns hold; the lines above it are titles, for people.
"""

from pathlib import Path

from openpyxl.utils import get_column_letter

from scenarios.dictionary import HEADER, Column, Table, tables
from scenarios.formats.problems import Problem
from scenarios.formats.tree import Places, Tree, unknown_advice
from scenarios.formats.workbook.cell_text import UnfitCellError, text_of
from scenarios.formats.workbook.names import FIELD, VALUE, is_explanation, sheet_names, table_of
from scenarios.formats.workbook.sheet import Sheet, Value, address, range_address, sheets
from scenarios.language import _
from scenarios.wording import closest, quoted, shown

_TITLE_ROWS = 10
"""The line of technical names is among the first lines of the sheet."""


def parse(path: Path) -> Tree:
    """Read every sheet of a scenario workbook into one raw document. Raises OSError."""
    tree = Tree({}, Places({HEADER: path.name}))
    found = sheets(path, tree.problems)
    if found is None:
        for table in tables().values():
            _silence(table, tree)
        return tree
    by_table: dict[str, Sheet] = {}
    for sheet in found:
        _sort(sheet, by_table, path.name, tree)
    for name, table in tables().items():
        if name in by_table:
            _TableReader(path.name, by_table[name], table, tree).read()
        elif table.required:
            _missing(path.name, table, tree)
    return tree


def _sort(sheet: Sheet, by_table: dict[str, Sheet], file: str, tree: Tree) -> None:
    """Find the table of a sheet, named in any language or technically."""
    table = table_of(sheet.name)
    if table is None:
        if sheet.empty or is_explanation(sheet.name):
            return
        known = sheet_names().values()
        near = closest(sheet.name, known)
        advice = _("Renommez cette feuille en « {near} », ou supprimez-la.").format(near=near)
        if near is None:
            advice = _("Supprimez cette feuille ; tables connues : {names}.").format(names=quoted(known))
        found = _("une feuille qui n'est pas une table")
        tree.problems.append(
            Problem(file, None, None, found, _("une feuille au nom d'une table"), advice, sheet=sheet.name)
        )
    elif table in by_table:
        found = _("la table de la feuille « {other} »").format(other=by_table[table].name)
        advice = _("Gardez l'une des deux feuilles et supprimez l'autre.")
        tree.problems.append(
            Problem(file, None, None, found, _("une seule feuille par table"), advice, table, sheet.name)
        )
    else:
        by_table[table] = sheet


def _missing(file: str, table: Table, tree: Tree) -> None:
    name = sheet_names()[table.name]
    _silence(table, tree)
    tree.problems.append(
        Problem(
            file, None, None, _("aucune feuille « {name} »").format(name=name),
            _("la feuille « {name} »").format(name=name),
            _("Ajoutez cette feuille ; « allocator export … --format xlsx » écrit un classeur complet."),
            table.name, name,
        )
    )  # fmt: skip


def _silence(table: Table, tree: Tree) -> None:
    """Say nothing more of a table already told missing or unusable."""
    tree.reported.add((table.name, -1, ""))
    if table.name == HEADER:
        tree.reported.update((HEADER, -1, column.name) for column in table.columns)


class _TableReader:
    """Reads one sheet into its table, or into the header: there, each line is one field."""

    def __init__(self, file: str, sheet: Sheet, table: Table, tree: Tree) -> None:
        self.sheet = sheet
        self.table = table
        self.tree = tree
        self.columns: dict[int, str] = {}
        self.cells: dict[int, dict[int, Value]] = {}
        for (row, column), value in sheet.values.items():
            self.cells.setdefault(row, {})[column] = value
        tree.places.files[table.name] = file
        tree.places.sheets[table.name] = sheet.name

    def refuse(self, place: tuple[int, int], name: str | None, found: str, expected: str, advice: str) -> None:
        """Tell what is wrong in one cell; a column of 0 tells it of the whole line."""
        file = self.tree.places.files[self.table.name]
        cell = address(place) if place[1] else ""
        self.tree.problems.append(
            Problem(file, place[0] or None, name, found, expected, advice, self.table.name, self.sheet.name, cell)
        )

    def read(self) -> None:
        """Read the whole sheet; a sheet without its line of technical names is told once, and left out."""
        names = self._names_row()
        if names is None or not self._names(names):
            _silence(self.table, self.tree)
            return
        self._refuse_merged(names)
        if self.table.name == HEADER:
            self._fields(names)
        else:
            self._lines(names)

    def _known(self) -> tuple[str, ...]:
        if self.table.name == HEADER:
            return FIELD, VALUE
        return tuple(column.name for column in self.table.columns)

    def _names_row(self) -> int | None:
        known = set(self._known())
        for row in range(1, _TITLE_ROWS + 1):
            words = [value for value in self.cells.get(row, {}).values() if isinstance(value, str)]
            if words and sum(word.strip() in known for word in words) * 2 >= len(words):
                return row
        if not self.sheet.empty or self.table.required:
            self.refuse(
                (0, 0), None, _("aucune ligne de noms techniques en haut de la feuille"),
                _("une ligne avec {names}…").format(names=quoted(self._known()[:3])),
                _("Remettez la ligne des noms techniques ; un classeur exporté la donne."),
            )  # fmt: skip
        return None

    def _names(self, row: int) -> bool:
        """Check the technical names; return False when the lines cannot be read with them."""
        known, usable = self._known(), True
        for column, value in sorted(self.cells[row].items()):
            name = str(value).strip()
            if name in self.columns.values():
                usable = False
                self.refuse(
                    (row, column), name, _("une colonne présente deux fois"), _("une colonne présente une seule fois"),
                    _("Gardez l'une des colonnes et supprimez l'autre."),
                )  # fmt: skip
            elif name in known:
                self.columns[column] = name
                self.tree.places.letters[self.table.name, name] = get_column_letter(column)
            else:
                advice = unknown_advice(name, known)
                self.refuse((row, column), None, shown(name), _("le nom technique d'une colonne de la table"), advice)
                self.columns[column] = ""
        self._missing(row)
        return usable

    def _missing(self, row: int) -> None:
        present = set(self.columns.values())
        if self.table.name == HEADER:
            needed = [(name, _("le nom technique « {name} »").format(name=name)) for name in (FIELD, VALUE)]
        else:
            columns = (column for column in self.table.columns if column.required and not column.kinds)
            needed = [(column.name, column.expected) for column in columns]
        for name, expected in needed:
            if name not in present:
                advice = _("Ajoutez la colonne « {name} » et remplissez-la.").format(name=name)
                self.refuse((row, 0), name, _("une colonne absente"), expected, advice)
                self.tree.reported.add((self.table.name, -1, name))

    def _refuse_merged(self, names: int) -> None:
        for area in self.sheet.merged:
            if area[2] > names:
                self.refuse(
                    area[:2], None, _("des cellules fusionnées ({area})").format(area=range_address(area)),
                    _("une valeur dans chaque cellule"), _("Défusionnez ces cellules et remplissez chacune d'elles."),
                )  # fmt: skip

    def _lines(self, names: int) -> None:
        rows: list[dict[str, str]] = []
        lines = self.tree.places.rows.setdefault(self.table.name, [])
        self.tree.values[self.table.name] = rows
        unsaved: dict[int, list[int]] = {}
        for row, column in self.sheet.unsaved:
            unsaved.setdefault(row, []).append(column)
        for row in sorted(number for number in {*self.cells, *unsaved} if number > names):
            lines.append(row)
            rows.append(self._line(row, len(rows), unsaved.get(row, [])))

    def _line(self, row: int, rank: int, unsaved: list[int]) -> dict[str, str]:
        found: dict[str, str] = {}
        for column in unsaved:
            self._refuse_unsaved(row, column, rank)
        for column, value in self.cells.get(row, {}).items():
            name = self.columns.get(column)
            if name is None:
                advice = _("Nommez cette colonne sur la ligne des noms techniques, ou videz-la.")
                self.refuse((row, column), None, shown(value), _("rien : la colonne n'a pas de nom technique"), advice)
            elif name:
                self._value(row, column, rank, self._column(name), value, found)
        return found

    def _column(self, name: str) -> Column:
        return next(column for column in self.table.columns if column.name == name)

    def _value(self, row: int, place: int, rank: int, column: Column, value: Value, found: dict[str, str]) -> None:
        try:
            text = text_of(value, column)
        except UnfitCellError as error:
            self.refuse((row, place), column.name, error.found, column.expected, error.advice)
            self.tree.reported.add((self.table.name, rank, column.name))
            return
        if text.strip():
            found[column.name] = text

    def _refuse_unsaved(self, row: int, column: int, rank: int) -> None:
        name = self.columns.get(column) or None
        self.refuse(
            (row, column), name, _("une formule dont le résultat n'est pas enregistré"), _("une valeur"),
            _("Ouvrez le classeur dans un tableur et enregistrez-le, ou collez la valeur à la place de la formule."),
        )  # fmt: skip
        if name:
            self.tree.reported.add((self.table.name, rank, name))

    def _fields(self, names: int) -> None:
        """Read the header: one field per line, its technical name in one column and its value in another."""
        places = {name: column for column, name in self.columns.items()}
        self.tree.places.letters = {key: letter for key, letter in self.tree.places.letters.items() if key[0] != HEADER}
        unsaved = {row for row, column in self.sheet.unsaved if column == places.get(VALUE)}
        for row in sorted({*self.cells, *unsaved}):
            if row <= names or FIELD not in places or VALUE not in places:
                continue
            name, value = (self.cells.get(row, {}).get(places[key]) for key in (FIELD, VALUE))
            if name is None and value is None:
                continue
            self._field(row, places, str(name or "").strip(), value, unsaved=row in unsaved)

    def _field(self, row: int, places: dict[str, int], name: str, value: Value | None, *, unsaved: bool) -> None:
        column = self.table.column(name)
        if column is None:
            known = tuple(known.name for known in self.table.columns)
            self.refuse((row, places[FIELD]), None, shown(name), _("un champ connu"), unknown_advice(name, known))
            return
        if (HEADER, 0, name) in self.tree.places.cells:
            self.refuse(
                (row, places[FIELD]), name, _("« {name} » écrit deux fois").format(name=name),
                _("un champ écrit une seule fois"), _("Gardez l'une des deux lignes et supprimez l'autre."),
            )  # fmt: skip
            return
        self.tree.places.cells[HEADER, 0, name] = row
        self.tree.places.letters[HEADER, name] = get_column_letter(places[VALUE])
        if unsaved:
            self.columns[places[VALUE]] = name
            self._refuse_unsaved(row, places[VALUE], 0)
        elif value is not None:
            found: dict[str, str] = {}
            self._value(row, places[VALUE], 0, column, value, found)
            self.tree.values.update(found)
