"""The table behind a chart: exact values with their unit, and its files (Excel, CSV)."""

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from allocator.words import in_line, money, number, percent
from reports.layout.figures import Figures
from reports.layout.page import Page
from reports.layout.workbook import SHORT_HASH, any_workbook
from scenarios.language import _, spoken

Cell = str | int | Fraction | None

_HEAD = 3
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet read the text of a CSV file as a formula."""


class Unit(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    AMOUNT = "amount"  # integer cents
    SHARE = "share"  # an exact rate
    NUMBER = "number"  # an exact number
    YEAR = "year"


@dataclass(frozen=True)
class Column:
    """One column."""

    name: str
    unit: Unit = Unit.TEXT


@dataclass(frozen=True)
class Table:
    """Rows under columns; None is an empty cell. ``day`` is the only date written in a file, ``stamp`` its footer.

    ``codes``: what each row is about (None: nothing), where a row can be chosen. ``signed``: each amount bears the sign
    of the currency; without it, the currency is told above the table, and amounts stand in line.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    currency: str
    day: date
    stamp: str
    codes: tuple[str | None, ...] = ()
    signed: bool = True

    def total(self, column: str) -> int:
        """Sum a column of amounts, in cents. Raises ValueError when there is no such column."""
        place = [one.name for one in self.columns].index(column)
        return sum(cell for row in self.rows if isinstance(cell := row[place], int))

    def written(self) -> Iterator[tuple[str, ...]]:
        """Write each row as the language spoken writes amounts, rates and numbers."""
        for row in self.rows:
            yield tuple(self.text(column.unit, cell) for column, cell in zip(self.columns, row, strict=True))

    def csv(self) -> bytes:
        """Return the table as a file that a French spreadsheet opens: semicolons, UTF-8 with its mark.

        Amounts are in units of the currency, rates are numbers in [0, 1]; a text that a spreadsheet would run as a
        formula is preceded by an apostrophe.
        """
        content = io.StringIO()
        writer = csv.writer(content, delimiter=";" if spoken() == "fr" else ",", lineterminator="\r\n")
        writer.writerow([_inert(column.name) for column in self.columns])
        for row in self.rows:
            writer.writerow([_plain(column.unit, cell) for column, cell in zip(self.columns, row, strict=True)])
        return content.getvalue().encode("utf-8-sig")

    def xlsx(self) -> bytes:
        """Return the table as a workbook of one sheet, its amounts and rates being numbers."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "table.xlsx"
            properties = {"title": self.title}
            with any_workbook(path, properties, self.day, self.stamp, self.currency) as book:
                self._fill(book.page(_("Tableau")))
            return path.read_bytes()

    def _fill(self, page: Page) -> None:
        page.columns([34.0 if column.unit is Unit.TEXT else 16.0 for column in self.columns])
        page.text(0, 0, self.title, "title")
        figures = {place for place, column in enumerate(self.columns) if column.unit is not Unit.TEXT}
        page.heads(_HEAD, [column.name for column in self.columns], figures)
        for at, row in enumerate(self.rows, start=_HEAD + 1):
            for place, (column, cell) in enumerate(zip(self.columns, row, strict=True)):
                _write(page, at, place, column.unit, cell)
        page.finish(_HEAD, frozen_columns=1)

    def text(self, unit: Unit, cell: Cell) -> str:
        """Write a cell as the language spoken writes amounts, rates and numbers."""
        if cell is None or isinstance(cell, str):
            return cell or ""
        if unit is Unit.AMOUNT and self.signed:
            return money(round(cell), self.currency)
        if unit is Unit.AMOUNT:
            return self._in_line(round(cell))
        if unit is Unit.SHARE:
            return percent(Fraction(cell))
        return str(cell) if unit is Unit.YEAR else number(Fraction(cell))

    @cached_property
    def _in_line(self) -> Callable[[int], str]:
        places = [place for place, column in enumerate(self.columns) if column.unit is Unit.AMOUNT]
        amounts = (row[place] for row in self.rows for place in places)
        return in_line(round(cell) for cell in amounts if cell is not None and not isinstance(cell, str))


def table_of(
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *plans: Figures,
    codes: Sequence[str | None] = (),
    signed: bool = True,
) -> Table:
    """Return a table about one plan, or the one before and the one after."""
    scenario = plans[-1].scenario
    stamp = " → ".join(plan.allocation.fingerprint[:SHORT_HASH] for plan in plans)
    lines = tuple(tuple(row) for row in rows)
    return Table(
        title, tuple(columns), lines, scenario.currency, scenario.reference_date, f"{scenario.code} · {stamp}",
        tuple(codes), signed,
    )  # fmt: skip


def _plain(unit: Unit, cell: Cell) -> str:
    """Write a cell of a CSV file: a number as a program of the language spoken reads it."""
    if cell is None or isinstance(cell, str):
        return _inert(cell or "")
    if unit is Unit.YEAR:
        return str(cell)
    text = f"{cell / 100:.2f}" if unit is Unit.AMOUNT else f"{float(cell):.10g}"
    if unit is Unit.AMOUNT and isinstance(cell, int):
        units, cents = divmod(abs(cell), 100)
        text = f"{'-' if cell < 0 else ''}{units}.{cents:02d}"
    return text.replace(".", ",") if spoken() == "fr" else text


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def _write(page: Page, row: int, column: int, unit: Unit, cell: Cell) -> None:
    if cell is None or isinstance(cell, str):
        page.text(row, column, cell or "", "wrapped")
    elif unit is Unit.AMOUNT:
        page.amount(row, column, round(cell), "gap")
    elif unit is Unit.SHARE:
        page.number(row, column, Fraction(cell), "share")
    elif unit is Unit.YEAR:
        page.count(row, column, int(cell), "year")
    else:
        page.number(row, column, Fraction(cell), "whole_live" if Fraction(cell).denominator == 1 else "fine_live")
