"""One table in one CSV file: UTF-8, commas, one header line with the names of the columns.

French spreadsheets separate columns by semicolons and decimals by a comma: such a file is read too, and says so.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from scenarios.dictionary import Table
from scenarios.document.quantities import AMOUNT, RATE, RATIO
from scenarios.formats.problems import Problem
from scenarios.formats.tree import Tree, unknown_advice
from scenarios.language import _
from scenarios.wording import shown


def parse(text: str, file: str, table: Table, tree: Tree) -> None:
    """Read the lines of ``table`` into ``tree``: empty cells are left out, file lines are remembered."""
    _Reader(file, table, tree).read(text)


def render(names: Sequence[str], rows: Iterable[dict[str, Any]]) -> str:
    """Write the named columns of a table as CSV text; lists are joined by vertical bars, absent values left empty."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_joined(row.get(name, "")) for name in names] for row in rows)
    return target.getvalue()


def _joined(value: Any) -> str:
    return "|".join(value) if isinstance(value, list) else _LIKE_A_FORMULA.sub(r"'\g<0>", value, count=1)


_LIKE_A_FORMULA = re.compile(r"^'*[=+\-@]")
"""A spreadsheet that opens a CSV file would calculate such a text: it is written after an apostrophe more."""

_HELD_AS_TEXT = re.compile(r"^'(?='*[=+\-@])")


_FRENCH_NUMBER = re.compile(r"(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:,(\d+))?(\s*%)?")
"""Spaces between thousands, and a decimal comma: nothing that a point could make ambiguous."""


def _plain(text: str) -> str:
    """Write a French number as files do; any other text is left for the models to refuse."""
    found = _FRENCH_NUMBER.fullmatch(text.strip())
    if found is None:
        return text
    whole = re.sub(r"\D", "", found[1])
    return f"{whole}.{found[2]}{found[3] or ''}" if found[2] else f"{whole}{found[3] or ''}"


class _Reader:
    def __init__(self, file: str, table: Table, tree: Tree) -> None:
        self.file = file
        self.table = table
        self.tree = tree
        self.known = tuple(column.name for column in table.columns)
        self.rows: list[dict[str, str]] = []
        self.lines: list[int] = []
        self.french = False
        self.numbers = {column.name for column in table.columns if column.quantity in {AMOUNT, RATE, RATIO}}
        tree.values[table.name] = self.rows
        tree.places.rows[table.name] = self.lines
        tree.places.files[table.name] = file

    def refuse(self, line: int, column: str | None, found: str, expected: str, advice: str) -> None:
        self.tree.problems.append(Problem(self.file, line, column, found, expected, advice, self.table.name))

    def read(self, text: str) -> None:
        first = text.partition("\n")[0]
        self.french = ";" in first and "," not in first
        reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=";" if self.french else ",")
        try:
            header = next(reader, [])
            if not self._header(header):
                self.tree.reported.add((self.table.name, -1, ""))
                return
            line = reader.line_num + 1
            for cells in reader:
                if cells:
                    self._row(line, header, cells)
                line = reader.line_num + 1
            if self.french:
                self.tree.remarks.append(self._remark())
        except csv.Error:
            self.refuse(
                reader.line_num, None, _("une ligne illisible"), _("des cellules séparées par des virgules"),
                _("Vérifiez les guillemets de la ligne : un guillemet dans un texte s'écrit deux fois."),
            )  # fmt: skip
            self.tree.reported.add((self.table.name, -1, ""))

    def _header(self, header: list[str]) -> bool:
        """Check the names of the columns; return False when the lines cannot be read with them."""
        if not header:
            self.refuse(
                1, None, _("rien"), _("le nom des colonnes en première ligne"),
                _("Écrivez les noms des colonnes, ou supprimez ce fichier si la table est facultative."),
            )  # fmt: skip
            return False
        for name in dict.fromkeys(header):
            if not name:
                found = _("la colonne {number}, sans nom").format(number=header.index(name) + 1)
                advice = _("Donnez un nom à cette colonne, ou supprimez-la.")
                self.refuse(1, None, found, _("le nom d'une colonne de la table"), advice)
            elif name not in self.known:
                advice = unknown_advice(name, self.known)
                self.refuse(1, name, shown(name), _("le nom d'une colonne de la table"), advice)
            elif header.count(name) > 1:
                self.refuse(
                    1, name, _("une colonne présente {count} fois").format(count=header.count(name)),
                    _("une colonne présente une seule fois"), _("Gardez l'une des colonnes et supprimez les autres."),
                )  # fmt: skip
                return False
        self._missing(header)
        return True

    def _missing(self, header: list[str]) -> None:
        for column in self.table.columns:
            if column.required and not column.kinds and column.name not in header:
                self.refuse(
                    1, column.name, _("une colonne absente"), column.expected,
                    _("Ajoutez la colonne « {name} » et remplissez-la.").format(name=column.name),
                )  # fmt: skip
                self.tree.reported.add((self.table.name, -1, column.name))

    def _row(self, line: int, header: list[str], cells: list[str]) -> None:
        if not any(cells):
            self.refuse(
                line, None, _("une ligne de cellules vides"), _("une ligne remplie"), _("Supprimez cette ligne.")
            )
        elif len(cells) != len(header):
            self.refuse(
                line, None, _("{count} cellules").format(count=len(cells)),
                _("{count} cellules, comme dans la première ligne").format(count=len(header)),
                self._split_advice(),
            )  # fmt: skip
        else:
            named = zip(header, cells, strict=True)
            row = {name: _HELD_AS_TEXT.sub("", value) for name, value in named if value and name in self.known}
            if self.french:
                row |= {name: _plain(row[name]) for name in self.numbers & row.keys()}
            self.rows.append(row)
            self.lines.append(line)

    def _split_advice(self) -> str:
        if self.french:
            return _(
                "Un point-virgule dans un texte exige des guillemets autour de la cellule ; sinon complétez la ligne."
            )
        return _("Une virgule dans un texte exige des guillemets autour de la cellule ; sinon complétez la ligne.")

    def _remark(self) -> str:
        return _(
            "{file} : des points-virgules séparent les colonnes ; ses nombres sont donc lus avec une virgule décimale "
            "et des espaces entre les milliers (« 1 234,50 » vaut 1234.50)."
        ).format(file=self.file)
