"""One table in one CSV file: UTF-8, commas, one header line with the names of the columns."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from scenarios.dictionary import Table
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
    return "|".join(value) if isinstance(value, list) else value


class _Reader:
    def __init__(self, file: str, table: Table, tree: Tree) -> None:
        self.file = file
        self.table = table
        self.tree = tree
        self.known = tuple(column.name for column in table.columns)
        self.rows: list[dict[str, str]] = []
        self.lines: list[int] = []
        tree.values[table.name] = self.rows
        tree.places.rows[table.name] = self.lines
        tree.places.files[table.name] = file

    def refuse(self, line: int, column: str | None, found: str, expected: str, advice: str) -> None:
        self.tree.problems.append(Problem(self.file, line, column, found, expected, advice, self.table.name))

    def read(self, text: str) -> None:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
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
        if len(header) == 1 and ";" in header[0]:
            self.refuse(
                1, None, _("des points-virgules entre les colonnes"), _("des virgules entre les colonnes"),
                _("Enregistrez le fichier au format CSV UTF-8, avec la virgule comme séparateur."),
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
                _("Une virgule dans un texte exige des guillemets autour de la cellule ; sinon complétez la ligne."),
            )  # fmt: skip
        else:
            named = zip(header, cells, strict=True)
            self.rows.append({name: value for name, value in named if value and name in self.known})
            self.lines.append(line)
