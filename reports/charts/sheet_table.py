"""A sheet of a workbook read back as a table: what a preview shows is what the file holds."""

import io
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from openpyxl import load_workbook

from reports.charts.table import Cell, Column, Table, Unit, table_of
from reports.layout.figures import Figures

_NEAR = 10**9


def sheet_rows(content: bytes, sheet: str) -> list[tuple[Any, ...]]:
    """Return the cells of a sheet, row by row, with their values; no other sheet is read.

    Raises KeyError when there is no such sheet.
    """
    return list(load_workbook(io.BytesIO(content), data_only=True, read_only=True)[sheet].iter_rows())


def sheet_table(content: bytes, sheet: str, head: int, figures: Figures, above: int | None = None) -> Table:
    """Return a sheet as a table, from the row under ``head`` (from 0) to the first row without any value.

    ``above`` is a row of codes over the titles: a code names its column, and the one next to it that has none.
    """
    rows = sheet_rows(content, sheet)
    heads = [_text(cell.value) for cell in rows[head]]
    codes = [_text(cell.value) for cell in rows[above]] if above is not None else [""] * len(heads)
    lines: list[tuple[Any, ...]] = []
    for row in rows[head + 1 :]:
        if all(cell.value is None for cell in row):
            break
        lines.append(row)
    places = [place for place, name in enumerate(heads) if name]
    units = {place: _unit([row[place] for row in lines]) for place in places}
    names = _names(heads, codes)
    columns = [Column(names[place], units[place]) for place in places]
    values = [[_value(units[place], row[place].value) for place in places] for row in lines]
    return _one_kind(table_of(sheet, columns, values, figures))


def _one_kind(table: Table) -> Table:
    """Write in words the columns that hold both numbers and texts: a year or several, an amount or a flat aid."""
    mixed = {
        place
        for place, column in enumerate(table.columns)
        if column.unit is not Unit.TEXT and any(isinstance(row[place], str) and row[place] for row in table.rows)
    }
    columns = [
        replace(column, unit=Unit.TEXT) if place in mixed else column for place, column in enumerate(table.columns)
    ]
    rows = [
        tuple(text if place in mixed else cell for place, (cell, text) in enumerate(zip(row, written, strict=True)))
        for row, written in zip(table.rows, table.written(), strict=True)
    ]
    return replace(table, columns=tuple(columns), rows=tuple(rows))


def _names(heads: Sequence[str], codes: Sequence[str]) -> list[str]:
    """Name the columns, all differently."""
    names, code = list[str](), ""
    for place, head in enumerate(heads):
        follows = place > 0 and bool(codes[place - 1])
        code = codes[place] or (code if follows else "")
        name = f"{head} ({code})" if code else head
        names.append(name if name not in names else f"{name} ({place + 1})")
    return names


def _unit(cells: Sequence[Any]) -> Unit:
    """Say what a column holds, by the format of its first number."""
    for cell in cells:
        if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
            shown = str(cell.number_format)
            if "%" in shown:
                return Unit.SHARE
            if '"' in shown:
                return Unit.AMOUNT
            return Unit.YEAR if shown == "0" else Unit.NUMBER
    return Unit.TEXT


def _value(unit: Unit, value: Any) -> Cell:
    if value is None or isinstance(value, bool) or not isinstance(value, int | float):
        return _text(value)
    if unit is Unit.TEXT:
        return str(value)
    if unit is Unit.AMOUNT:
        return round(Fraction(str(value)) * 100)
    return int(value) if unit is Unit.YEAR else Fraction(value).limit_denominator(_NEAR)


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value.strftime("%d/%m/%Y") if hasattr(value, "strftime") else str(value)
