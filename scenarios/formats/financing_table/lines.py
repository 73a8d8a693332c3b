"""The lines of a foreign table: operations, totals that must add up, titles and comments that are left out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from scenarios.formats.financing_table.numbers import amount, is_dash
from scenarios.formats.financing_table.titles import folded
from scenarios.formats.workbook.cell_text import UnfitCellError
from scenarios.formats.workbook.sheet import ErrorValue, Place, Sheet, Value
from scenarios.language import _

Refuse = Callable[[Place, str, str, str], None]
"""Told a cell, what was found there, what was expected, what to do."""


class Left(StrEnum):
    """Why a line of the table is no operation."""

    COMMENT = "comment"
    TOTAL = "total"


@dataclass(frozen=True)
class LeftOut:
    """A line that is no operation: its row on the sheet, why, and what it says."""

    row: int
    why: Left
    text: str


@dataclass(frozen=True)
class Columns:
    """The columns that tell lines apart: those of names, and those of amounts."""

    code: int | None
    label: int | None
    amounts: tuple[int, ...]

    @property
    def named(self) -> tuple[int, ...]:
        """Columns that name an operation."""
        return tuple(column for column in (self.code, self.label) if column is not None)


def sort_lines(
    sheet: Sheet, first_row: int, columns: Columns, totals: Iterable[str]
) -> tuple[list[int], list[LeftOut]]:
    """Return the rows of operations, and the lines left out, in order.

    A line is an operation when it has an amount, or when all the columns that name operations are filled; a line
    whose first text begins with a word of totals is a total. Blank lines are nothing.
    """
    words = tuple(folded(word) for word in totals)
    rows: list[int] = []
    left: list[LeftOut] = []
    for row, values in sorted(_filled(sheet).items()):
        if row < first_row:
            continue
        text = next((" ".join(str(value).split()) for value in values.values() if isinstance(value, str)), "")
        if _is_total(values, columns, words):
            left.append(LeftOut(row, Left.TOTAL, text))
        elif _is_operation(values, columns):
            rows.append(row)
        else:
            left.append(LeftOut(row, Left.COMMENT, text))
    return rows, left


def _filled(sheet: Sheet) -> dict[int, dict[int, Value]]:
    """Return the cells of each row that has some, from left to right; a formula without value counts as one."""
    found: dict[int, dict[int, Value]] = {}
    for row, column in sorted({*sheet.values, *sheet.unsaved}):
        found.setdefault(row, {})[column] = sheet.values.get((row, column), _UNSAVED)
    return found


_UNSAVED = ErrorValue("=")


def _is_total(values: dict[int, Value], columns: Columns, words: tuple[str, ...]) -> bool:
    """Tell a line of total: its first text begins with a word of totals, and no other number of operation is there."""
    text = next((folded(value) for value in values.values() if isinstance(value, str)), "")
    named = columns.code in values and values[columns.code] is not _UNSAVED
    if named and columns.code is not None and not _begins(folded(str(values[columns.code])), words):
        return False
    return _begins(text, words)


def _begins(text: str, words: tuple[str, ...]) -> bool:
    return any(text == word or text.startswith((f"{word} ", f"{word}:", f"{word}s ")) for word in words)


def _is_operation(values: dict[int, Value], columns: Columns) -> bool:
    filled = {column for column, value in values.items() if not is_dash(value)}
    return bool(filled & set(columns.amounts)) or (bool(columns.named) and filled >= set(columns.named))


class Totals:
    """The sums of every column of amounts, since the last line of total and since the beginning."""

    def __init__(self, sheet: Sheet, columns: Iterable[int], scale: int) -> None:
        self._sheet = sheet
        self._columns = tuple(dict.fromkeys(columns))
        self._scale = scale
        self._group = dict.fromkeys(self._columns, Decimal())
        self._whole = dict.fromkeys(self._columns, Decimal())

    def add(self, row: int) -> None:
        """Count the amounts of an operation; a cell that cannot be read, told elsewhere, counts for nothing."""
        for column in self._columns:
            value = self._amount(row, column)
            self._group[column] += value or 0
            self._whole[column] += value or 0

    def check(self, row: int, refuse: Refuse) -> None:
        """Tell each amount of a line of total that is the sum neither of its group nor of all lines so far."""
        stated = {column: value for column in self._columns if (value := self._amount(row, column)) is not None}
        wrong = min(
            ([column for column in stated if stated[column] != sums[column]] for sums in (self._group, self._whole)),
            key=len,
        )
        expected = self._group if [c for c in stated if stated[c] != self._group[c]] == wrong else self._whole
        for column in wrong:
            refuse(
                (row, column), _("un total de {amount}").format(amount=_euros(stated[column])),
                _("{amount}, la somme des lignes au-dessus").format(amount=_euros(expected[column])),
                _("Corrigez le total, ou la ligne qui manque ou qui compte deux fois."),
            )  # fmt: skip
        self._group = dict.fromkeys(self._columns, Decimal())

    def _amount(self, row: int, column: int) -> Decimal | None:
        value = self._sheet.values.get((row, column))
        if value is None or is_dash(value):
            return None
        try:
            return amount(value, self._sheet.formats.get((row, column), ""), self._scale)
        except UnfitCellError:
            return None


def _euros(value: Decimal) -> str:
    return format(value.normalize(), "f")
