"""The titles of a foreign table, merged or on several lines, and the column that a mapping means."""

import re
import unicodedata

from openpyxl.utils import column_index_from_string, get_column_letter

from scenarios.formats.workbook.cell_text import plain
from scenarios.formats.workbook.sheet import Sheet
from scenarios.language import _
from scenarios.wording import listed

_LETTERS = re.compile("[A-Z]{1,3}")
BETWEEN = " / "
"""Stands between the parts of a title written on several lines."""


class UnknownTitleError(ValueError):
    """A column that the table does not have, or has several times. ``found`` and ``advice`` are French."""

    def __init__(self, found: str, advice: str) -> None:
        super().__init__(found)
        self.found = found
        self.advice = advice


def folded(text: str) -> str:
    """Return a text without accents, capitals and repeated spaces, as titles are compared."""
    letters = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).casefold().split())


class Titles:
    """The titles of one table: for each column, its parts from the first line of titles to the last."""

    def __init__(self, sheet: Sheet, first_row: int, last_row: int) -> None:
        covered = {
            (row, column): sheet.values.get((top, left))
            for top, left, bottom, right in sheet.merged
            if top <= last_row
            for row in range(top, min(bottom, last_row) + 1)
            for column in range(left, right + 1)
        }
        self._parts: dict[int, tuple[str, ...]] = {}
        for column in range(1, sheet.last_column + 1):
            values = (sheet.values.get((row, column), covered.get((row, column)))
                      for row in range(first_row, last_row + 1))  # fmt: skip
            texts = [
                plain(value) if isinstance(value, int | float) else " ".join(str(value).split())
                for value in values
                if value is not None
            ]
            parts = tuple(dict.fromkeys(text for text in texts if text))
            if parts:
                self._parts[column] = parts

    def column(self, title: str) -> int:
        """Return the column of a title: whole, or its last part when no other column has it, or a letter.

        Raises UnknownTitleError.
        """
        wanted = folded(title)
        whole = [column for column, parts in self._parts.items() if folded(BETWEEN.join(parts)) == wanted]
        last = [column for column, parts in self._parts.items() if folded(parts[-1]) == wanted]
        found = whole or last
        if len(found) == 1:
            return found[0]
        if found:
            letters = ", ".join(get_column_letter(column) for column in found)
            raise UnknownTitleError(
                _("« {title} », le titre des colonnes {letters}").format(title=title, letters=letters),
                _("Écrivez le titre entier, ou la lettre de la colonne."),
            )
        if _LETTERS.fullmatch(title):
            return int(column_index_from_string(title))
        known = listed(BETWEEN.join(parts) for parts in self._parts.values())
        advice = _("Titres lus : {titles}.").format(titles=known) if known else _("Vérifiez « header_rows ».")
        raise UnknownTitleError(_("« {title} », qui n'est le titre d'aucune colonne").format(title=title), advice)
