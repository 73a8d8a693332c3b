"""Rows received from a spreadsheet or a file, compared with those of a table before anything is staged."""

import csv
import io
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scenarios.changes import Change, apply, difference
from scenarios.dictionary import Column, Table
from scenarios.document.keys import REPEATED, Key
from scenarios.formats import read
from scenarios.formats.problems import Problem, ScenarioError
from scenarios.language import _
from scenarios.store import Draft
from scenarios.wording import closest, shown
from ui.desk.cells import text_of
from ui.desk.desk import Desk
from ui.desk.grids import Row, in_order, key_in, row_changes
from ui.roles import Action

DOCUMENTS = (".xlsx", ".yaml", ".yml", ".json")
"""Files that hold a whole scenario; others are lines of one table."""

_DANGEROUS = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Compared:
    """What was received against what is there: lines read, lines that change nothing, and the changes."""

    lines: int
    same: int
    changes: tuple[Change, ...]


def from_document(desk: Desk, draft: Draft, file_name: str, content: bytes) -> Compared:
    """Compare a whole scenario received with what is staged. Raises ScenarioError, when what is staged is wrong too."""
    desk.require(Action.EDIT)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(file_name).name
        path.write_bytes(content)
        received = read(path)
    there = apply(desk.store.scenario_of(draft.base), draft.changes)
    return Compared(0, 0, difference(there, received))


def decoded(file_name: str, content: bytes) -> str:
    """Return the text of a file of lines. Raises ScenarioError when it is not in UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        advice = _("Enregistrez-le au format « CSV UTF-8 », ou collez les lignes.")
        found, expected = _("un texte qui n'est pas en UTF-8"), _("un fichier CSV en UTF-8")
        raise ScenarioError([Problem(file_name, None, None, found, expected, advice)]) from error


def from_lines(table: Table, names: Sequence[str], rows: Sequence[Row], text: str, *, whole: bool) -> Compared:
    """Compare lines pasted or read from a CSV file with the rows of a table.

    The first line may name the columns, by their technical name or their title; else they are ``names``, in order.
    A line that bears the key of a row changes its cells, others are added; with ``whole``, rows that no line bears are
    removed. Raises ScenarioError with every line that cannot be understood.
    """
    reading = _Reading(table, names)
    received = list(reading.rows(text))
    if reading.problems:
        raise ScenarioError(reading.problems)
    if table.name in REPEATED:
        return _whole_rows(table, rows, [row for _line, row in received], whole=whole)
    there = {key_in(table, row): row for row in rows}
    changes, same = list[Change](), 0
    for _line, given in received:
        was = there.get(key_in(table, given))
        now = {name: value for name, value in {**(was or {}), **given}.items() if value}
        found = tuple(row_changes(table, was, now))
        changes.extend(found)
        same += not found
    if whole:
        kept = {key_in(table, row) for _line, row in received}
        changes.extend(
            change for key, row in there.items() if key not in kept for change in row_changes(table, row, None)
        )
    return Compared(len(received), same, in_order(changes))


def _whole_rows(table: Table, rows: Sequence[Row], received: Sequence[Row], *, whole: bool) -> Compared:
    """Compare the lines of a table whose key may repeat: a line is there already, or it is added."""
    left = [dict(row) for row in rows]
    changes = list[Change]()
    for given in received:
        line = {name: value for name, value in given.items() if value}
        if line in left:
            left.remove(line)
        else:
            changes.extend(row_changes(table, None, line))
    same = len(received) - len(changes)
    if whole:
        changes.extend(change for row in left for change in row_changes(table, row, None))
    return Compared(len(received), same, in_order(changes))


class _Reading:
    """Lines being read; what cannot be understood is gathered."""

    def __init__(self, table: Table, names: Sequence[str]) -> None:
        self._table = table
        self._names = names
        self._technical = {column.name.casefold(): column for column in table.columns}
        titles = zip(table.titles, table.columns, strict=True)
        self._known = self._technical | {title.casefold(): column for title, column in titles}
        self.problems: list[Problem] = []

    def rows(self, text: str) -> Iterator[tuple[int, Row]]:
        """Yield the lines with their number, the empty ones left out."""
        first = text.lstrip().split("\n", 1)[0]
        mark = max("\t;,", key=first.count)
        lines = [
            (number, [cell.strip() for cell in cells])
            for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark), start=1)
            if any(cell.strip() for cell in cells)
        ]
        columns = self._columns(lines[0]) if lines else None
        if columns is None:
            columns = [column for name in self._names if (column := self._table.column(name))]
        else:
            lines = lines[1:]
        if self.problems:
            return
        seen: dict[Key, int] = {}
        for number, cells in lines:
            row = self._row(number, columns, cells)
            if row is not None and self._is_new(number, row, seen):
                yield number, row

    def _columns(self, line: tuple[int, list[str]]) -> list[Column] | None:
        """Return the columns that the first line names; None when it is a line of values."""
        number, cells = line
        is_technical = all(cell.casefold() in self._technical for cell in cells)
        known = self._technical if is_technical else self._known  # a title may be the name of another column
        found = [known.get(cell.casefold()) for cell in cells]
        if sum(column is not None for column in found) * 2 <= len(cells):
            return None
        for cell, column in zip(cells, found, strict=True):
            if column is None:
                near = closest(cell.casefold(), self._known)
                advice = _("Écrivez « {near} » si c'est ce que vous vouliez dire.").format(near=near) if near else ""
                advice = advice or _("Renommez ou supprimez cette colonne.")
                self._refuse(number, "", shown(cell), _("le nom d'une colonne de la table"), advice)
            elif found.count(column) > 1:
                self._refuse(
                    number, column.name, _("une colonne présente plusieurs fois"),
                    _("une colonne présente une seule fois"), _("Gardez l'une des colonnes et supprimez les autres."),
                )  # fmt: skip
        return [column for column in found if column is not None]

    def _row(self, number: int, columns: Sequence[Column], cells: Sequence[str]) -> Row | None:
        if len(cells) != len(columns):
            self._refuse(
                number, "", _("{count} cellules").format(count=len(cells)),
                _("{count} cellules : {names}").format(
                    count=len(columns), names=", ".join(column.name for column in columns)
                ),
                _("Copiez toutes les colonnes, ou nommez-les sur la première ligne."),
            )  # fmt: skip
            return None
        return {
            column.name: text_of(_bare(cell), column) for column, cell in zip(columns, cells, strict=True)
        }  # fmt: skip

    def _is_new(self, number: int, row: Row, seen: dict[Key, int]) -> bool:
        """Tell whether a line is named, and not as a former one."""
        key = key_in(self._table, row)
        if not any(key):
            expected = _("de quoi nommer la ligne")
            self._refuse(number, "", _("rien"), expected, _("Remplissez les colonnes qui désignent la ligne."))
            return False
        if self._table.name not in REPEATED and seen.setdefault(key, number) != number:
            found = _("{key}, déjà à la ligne {line}").format(key=shown(" · ".join(key)), line=seen[key])
            self._refuse(number, "", found, _("une ligne par clé"), _("Gardez l'une des deux lignes."))
            return False
        return True

    def _refuse(self, line: int, column: str, found: str, expected: str, advice: str) -> None:
        self.problems.append(Problem("", line, column or None, found, expected, advice, self._table.name))


def _bare(cell: str) -> str:
    """Take away the apostrophe that keeps a spreadsheet from running a text as a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_DANGEROUS) else cell
