"""What is wrong in a document, told so that its author can put it right."""

from collections.abc import Iterable
from dataclasses import dataclass

from scenarios.language import _


@dataclass(frozen=True)
class Problem:
    """One thing to put right.

    ``row`` is the line of the file where the table stands in a file of its own or in a text document, and the line
    of the sheet in a workbook, where ``sheet`` and ``cell`` (like ``D12``) tell the rest. For a scenario that comes
    from no file, ``file`` is empty and ``row`` is the position in ``table``, from 1; for an edit, ``key`` names the row
    instead, by the texts of its naming columns.
    The four texts are French: ``found`` and ``expected`` complete a colon, ``advice`` is a sentence.
    """

    file: str
    row: int | None
    column: str | None
    found: str
    expected: str
    advice: str
    table: str = ""
    sheet: str = ""
    cell: str = ""
    key: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Write the problem as a block of four lines: place, found, expected, what to do."""
        return "\n".join(
            [
                self.place,
                "  " + _("trouvé : {text}").format(text=self.found),
                "  " + _("attendu : {text}").format(text=self.expected),
                "  " + _("à faire : {text}").format(text=self.advice),
            ]
        )

    @property
    def place(self) -> str:
        """Say where the problem stands."""
        parts = [self.file] if self.file else []
        if self.sheet:
            parts.append(_("feuille « {sheet} »").format(sheet=self.sheet))
        elif self.table and self.file != f"{self.table}.csv":
            parts.append(_("table « {table} »").format(table=self.table))
        if self.cell:
            parts.append(_("cellule {cell}").format(cell=self.cell))
        elif any(self.key):
            parts.append(_("ligne « {key} »").format(key=" · ".join(filter(None, self.key))))
        elif self.row is not None:
            parts.append(_("ligne {row}").format(row=self.row))
        if self.column:
            place = _("colonne « {column} »") if self.table else _("champ « {column} »")
            parts.append(place.format(column=self.column))
        return ", ".join(parts) or _("scénario")


class ScenarioError(ValueError):
    """A document that cannot be used. ``problems`` holds everything found wrong, in the order of the document."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self._text())

    def _text(self) -> str:
        if len(self.problems) == 1:
            head = _("Le document ne peut pas être employé : 1 problème.")
        else:
            head = _("Le document ne peut pas être employé : {count} problèmes.").format(count=len(self.problems))
        return "\n\n".join([head, *map(str, self.problems)])
