"""The raw document, as text: what every format is read into before anything is understood.

Only strings, lists and mappings stand in a tree: no number is ever read as a floating-point value.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from scenarios.checks.finding import OTHER, Finding
from scenarios.dictionary import HEADER, Column, Table, tables
from scenarios.formats.problems import Problem
from scenarios.language import _
from scenarios.wording import closest, shown


class Mapping(dict[str, Any]):
    """Fields by name, with the line where the mapping starts and, when the format tells, the line of each field."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class Items(list[Any]):
    """A list, with the line where each of its elements starts."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[int] = []


class Refused(str):
    """A word of the format that stands for no value of a scenario (JSON's NaN and Infinity)."""

    __slots__ = ()


class Told(Refused):
    """A value already told wrong by the format (YAML's aliases): nothing more is to be said about it."""

    __slots__ = ()


@dataclass(frozen=True)
class Origin:
    """Where one line comes from when its table is not written as such: a line of a sheet, the cell of each column."""

    file: str
    sheet: str
    row: int
    cells: dict[str, str]


@dataclass
class Places:
    """Where each line of each table stands: file by table, line of the file by row, line by cell where known.

    In a workbook, also the sheet of each table and the letter of each of its columns; ``origins`` tells, by table and
    row, the lines that come from elsewhere.
    """

    files: dict[str, str]
    rows: dict[str, list[int]] = field(default_factory=dict)
    cells: dict[tuple[str, int, str], int] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)
    letters: dict[tuple[str, str], str] = field(default_factory=dict)
    origins: dict[tuple[str, int], Origin] = field(default_factory=dict)

    def of(self, finding: Finding) -> Problem:
        """Build the problem that tells a finding of the checks."""
        found = finding.found
        if finding.other is not None:
            line = self._line(finding.table, finding.other, None)
            found = found.replace(OTHER, _("à la ligne {row}").format(row=line))
        return self.problem(
            finding.table, finding.row, finding.column, found=found, expected=finding.expected, advice=finding.advice
        )

    def problem(
        self, table: str, row: int | None, column: str | None, *, found: str, expected: str, advice: str
    ) -> Problem:
        """Build the problem met in ``column`` of the ``row``-th line (from 0) of ``table``."""
        origin = None if row is None else self.origins.get((table, row))
        if origin is not None:
            cell = origin.cells.get(column or "", "")
            return Problem(origin.file, origin.row, column, found, expected, advice, table, origin.sheet, cell)
        line = None if row is None else self._line(table, row, column)
        file = self.files.get(table, self.files.get(HEADER, ""))
        letter = self.letters.get((table, column or ""), "")
        address = f"{letter}{line}" if letter and line else ""
        return Problem(file, line, column, found, expected, advice, table, self.sheets.get(table, ""), address)

    def _line(self, table: str, row: int, column: str | None) -> int | None:
        if (table, row) in self.origins:
            return self.origins[table, row].row
        if column is not None and (table, row, column) in self.cells:
            return self.cells[table, row, column]
        rows = self.rows.get(table)
        if rows is None:
            return None if table == HEADER else row + 1
        return rows[row]


@dataclass
class Tree:
    """A raw document: header fields and tables by name, the places of its lines, and what was found wrong so far.

    ``remarks`` says, in sentences, what was understood otherwise than written. ``reported`` holds the cells (table,
    row, column) already told missing or unusable, so that each is told once;
    row -1 stands for every row, and an empty column for the whole table.
    """

    values: dict[str, Any]
    places: Places
    problems: list[Problem] = field(default_factory=list)
    reported: set[tuple[str, int, str]] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)


def shape(root: Any, file: str, problems: list[Problem]) -> Tree:
    """Check that a text document is a mapping of header fields and tables of lines; keep what has the right shape."""
    tree = Tree({}, Places({HEADER: file}), problems)
    if not isinstance(root, Mapping):
        expected = _("des champs avec leur nom, comme « code: … »")
        advice = _("Commencez le document par les champs de l'en-tête ; voyez docs/format.md.")
        problems.append(Problem(file, 1, None, shown(root), expected, advice))
        tree.reported.update((name, -1, "") for name in tables())
        return tree
    tree.places.cells.update({(HEADER, 0, name): line for name, line in root.lines.items()})
    for name, value in root.items():
        if name in tables() and name != HEADER:
            _shape_table(tree, tables()[name], value, root.lines.get(name))
        elif (column := tables()[HEADER].column(name)) is not None:
            tree.values[name] = cell(tree, tables()[HEADER], 0, column, value)
        else:
            tree.values[name] = value
    return tree


def _shape_table(tree: Tree, table: Table, value: Any, line: int | None) -> None:
    rows: list[Mapping] = []
    lines = tree.places.rows.setdefault(table.name, [])
    tree.values[table.name] = rows
    if value in (None, ""):
        return
    if not isinstance(value, list):
        advice = _("Écrivez chaque ligne de la table comme un groupe de champs précédé d'un tiret.")
        _refuse(tree, table, line, value, _("une liste de lignes"), advice)
        tree.reported.add((table.name, -1, ""))
        return
    for place, entry in enumerate(value):
        if isinstance(entry, Mapping):
            _shape_row(tree, table, entry)
            rows.append(entry)
            continue
        near = value.lines[place] if isinstance(value, Items) else (lines[-1] if lines else line)
        advice = _("Donnez le nom de chaque champ de la ligne.")
        _refuse(tree, table, near, entry, _("un groupe de champs, comme « code: … »"), advice)


def _refuse(tree: Tree, table: Table, line: int | None, value: Any, expected: str, advice: str) -> None:
    if not isinstance(value, Told):
        file = tree.places.files[HEADER]
        tree.problems.append(Problem(file, line, None, shown(value), expected, advice, table.name))


def _shape_row(tree: Tree, table: Table, entry: Mapping) -> None:
    row = len(tree.places.rows[table.name])
    tree.places.rows[table.name].append(entry.line)
    for name, line in entry.lines.items():
        if line != entry.line:
            tree.places.cells[table.name, row, name] = line
    for name, value in entry.items():
        if type(value) is not str and (column := table.column(name)) is not None:
            entry[name] = cell(tree, table, row, column, value)


def cell(tree: Tree, table: Table, row: int, column: Column, value: Any) -> Any:
    """Return the value as text (or a list of texts for a list column); report any other shape and drop it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or type(value) is str:
        return value
    wrong = [value]
    if column.listed and isinstance(value, list):
        wrong = [part for part in value if type(part) is not str]
        if not wrong:
            return value
    tree.reported.add((table.name, row, column.name))
    if not isinstance(wrong[0], Told):
        expected = column.expected if wrong[0] is value else column.expected_value
        advice = _("Écrivez une liste de mots.") if column.listed else _("Écrivez une seule valeur.")
        tree.problems.append(
            tree.places.problem(table.name, row, column.name, found=shown(wrong[0]), expected=expected, advice=advice)
        )
    return None


@lru_cache(maxsize=256)
def unknown_advice(name: str, known: tuple[str, ...]) -> str:
    """Tell what to do about a name nobody knows: the closest known one, or its removal.

    Remembered, since one misspelt field is met on every line of a table.
    """
    near = closest(name, known)
    if near is None:
        return _("Supprimez « {name} », ou voyez les noms connus dans docs/format.md.").format(name=name)
    return _("Écrivez « {near} » à la place de « {name} », ou supprimez-le.").format(near=near, name=name)


def line_of(root: Any, place: tuple[int | str, ...]) -> int:
    """Return the line of the deepest part of a place (keys and positions from the root) that the file has."""
    line, node = 1, root
    for part in place:
        if isinstance(node, Mapping) and isinstance(part, str):
            line = node.lines.get(part, line)
            if part not in node:
                break
            node = node[part]
        elif isinstance(node, Items) and isinstance(part, int) and part < len(node):
            line = node.lines[part]
            node = node[part]
    return line
