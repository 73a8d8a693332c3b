"""The table as a file: Excel and CSV, with the titles that an import recognises."""

from collections.abc import Callable, Sequence
from fractions import Fraction

import streamlit as st
from pydantic_core import PydanticCustomError

from reports.charts import table as files
from scenarios.dictionary import Table
from scenarios.document.quantities import AMOUNT, RATE, WHOLE, YEAR, Quantity, parse_cents, parse_rate
from scenarios.language import _
from ui.desk.cells import choice_face, face, is_choice
from ui.desk.grids import Row
from ui.desk.versions import Current
from ui.pages.editor.view import title_of
from ui.pages.session import in_language

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_UNITS = {
    AMOUNT: files.Unit.AMOUNT,
    RATE: files.Unit.SHARE,
    WHOLE: files.Unit.NUMBER,
    YEAR: files.Unit.YEAR,
}
_VALUES: dict[Quantity, Callable[[str], int | Fraction]] = {
    AMOUNT: parse_cents,
    RATE: parse_rate,
    WHOLE: int,
    YEAR: int,
}

_FINEST = 1_000_000
"""Parts of one in which files write rates: a third is written as it is typed."""


def show_files(opened: Current, table: Table, names: Sequence[str], shown: Sequence[Row], *, is_draft: bool) -> None:
    """Offer the rows as Excel and as CSV: an import reads the CSV back as it was."""
    stem = f"{table.name}_{opened.dossier}_v{opened.version.number}{'_brouillon' if is_draft else ''}"
    made = in_language(lambda: file_of(opened, table, names, shown))
    excel, text = st.columns(2)
    excel.download_button(
        _("Télécharger la table (Excel)"), data=lambda: made().xlsx(), file_name=f"{stem}.xlsx", mime=_EXCEL,
        key=f"excel-{table.name}", on_click="ignore", width="stretch",
    )  # fmt: skip
    text.download_button(
        _("Télécharger la table (CSV)"), data=in_language(lambda: made().csv()), file_name=f"{stem}.csv",
        mime="text/csv", key=f"csv-{table.name}", on_click="ignore", width="stretch",
    )  # fmt: skip


def file_of(opened: Current, table: Table, names: Sequence[str], shown: Sequence[Row]) -> files.Table:
    """Return the rows as a table of files: figures are figures, words of closed lists are said."""
    columns = tuple(files.Column(title_of(table, name), _unit(table, name, shown)) for name in names)
    rows = tuple(
        tuple(
            _cell(table, name, row.get(name, ""), column.unit) for name, column in zip(names, columns, strict=True)
        )
        for row in shown
    )  # fmt: skip
    scenario = opened.document
    stamp = f"{scenario.code} · {opened.fingerprint[:12]}"
    return files.Table(table.title, columns, rows, scenario.currency, scenario.reference_date, stamp)


def _unit(table: Table, name: str, shown: Sequence[Row]) -> files.Unit:
    """Return what a column holds; one with a cell that a number would not write exactly is text."""
    column = table.column(name)
    if column is None or column.listed or column.quantity not in _UNITS:
        return files.Unit.TEXT
    read = _VALUES[column.quantity]
    try:
        for row in shown:
            if (text := row.get(name)) and (read(text) * _FINEST).denominator != 1:
                return files.Unit.TEXT
    except (PydanticCustomError, ValueError):
        return files.Unit.TEXT
    return _UNITS[column.quantity]


def _cell(table: Table, name: str, text: str, unit: files.Unit) -> files.Cell:
    column = table.column(name)
    if not text or column is None:
        return None
    if unit is files.Unit.TEXT:
        return choice_face(text) if is_choice(column) else face(text, column)
    value = _VALUES[column.quantity](text)
    return value if isinstance(value, int) else Fraction(value)
