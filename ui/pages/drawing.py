"""A chart or an exact table on the screen: what it shows, its values, and their files.

Short tables are written the way of the language spoken; thousands of rows are left to the browser, whose numbers are
those of its own language: writing each cell would make the page wait.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import cast

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from reports.charts.chart import CONFIG, Chart
from reports.charts.palette import INK, LIGHT
from reports.charts.table import Cell, Column, Table, Unit
from scenarios.language import _
from ui.pages.session import in_language

WRITTEN = 300
"""Rows up to which every value is written by us."""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""What a browser calls an Excel workbook."""


def show_chart(chart: Chart, key: str) -> None:
    """Show a chart with its note, its table folded, and the files of both. ``key``: a name for its widgets."""
    st.subheader(chart.title)
    st.caption(chart.note)
    st.plotly_chart(_readable(chart.figure), key=f"chart-{key}", config=CONFIG, width="stretch")
    with st.expander(_("Le tableau de ce graphique")):
        show_table(chart.table, key, chart.name)
    st.download_button(
        _("Télécharger la figure (page HTML, hors réseau)"), data=in_language(chart.html),
        file_name=f"{chart.name}.html", mime="text/html", key=f"html-{key}", on_click="ignore",
    )  # fmt: skip


def _readable(figure: go.Figure) -> go.Figure:
    """Return the figure with texts as dark as those of the page, or as light: a projector loses the usual grey."""
    ink = LIGHT if st.context.theme.type == "dark" else INK
    font = {"color": ink, "size": 14}
    drawn = go.Figure(figure)
    drawn.update_layout(font=font, legend_font=font)
    drawn.update_xaxes(tickfont=font, title_font=font)
    drawn.update_yaxes(tickfont=font, title_font=font)
    drawn.update_annotations(font=font)
    drawn.update_traces(textfont=font, selector=lambda trace: trace.type in {"sankey", "waterfall", "scatter"})
    drawn.update_traces(outsidetextfont=font, selector={"type": "bar"})
    return drawn


def show_table(table: Table, key: str, name: str, *, choosing: bool = False) -> str | None:
    """Show an exact table, its first column staying in place, with its Excel and its CSV under ``name``.

    With ``choosing``, return the code of the row chosen, if any.
    """
    frame = frame_of(table)
    config = {
        table.columns[0].name: st.column_config.Column(pinned=True),
        _("Intitulé"): st.column_config.Column(width="medium"),
    }
    shown: object = frame
    if len(frame) <= WRITTEN:
        shown = frame.style.format(_writers(table))
    else:
        figures = [column.name for column in table.columns if column.unit is not Unit.TEXT]
        config |= {title: st.column_config.NumberColumn(format="localized") for title in figures}
    event = st.dataframe(
        shown, hide_index=True, width="stretch", placeholder="", column_config=config, key=f"table-{key}",
        on_select="rerun" if choosing else "ignore", selection_mode="single-row",
    )  # fmt: skip
    excel, text = st.columns(2)
    excel.download_button(
        _("Télécharger ce tableau (Excel)"), data=in_language(table.xlsx), file_name=f"{name}.xlsx", mime=XLSX,
        key=f"excel-{key}", on_click="ignore",
    )  # fmt: skip
    text.download_button(
        _("Télécharger ce tableau (CSV)"), data=in_language(table.csv), file_name=f"{name}.csv", mime="text/csv",
        key=f"csv-{key}", on_click="ignore",
    )  # fmt: skip
    return _chosen(table, event) if choosing else None


def frame_of(table: Table) -> pd.DataFrame:
    """Return the table as a frame: texts, exact decimal amounts in units of the currency, numbers."""
    cells = [[_value(column, cell) for column, cell in zip(table.columns, row, strict=True)] for row in table.rows]
    return pd.DataFrame(cells, columns=[column.name for column in table.columns], dtype=object)


def _value(column: Column, cell: Cell) -> object:
    """Return what is sorted: exact amounts in units of the currency, numbers as numbers."""
    if cell is None or isinstance(cell, str):
        return cell or (None if column.unit is not Unit.TEXT else "")
    if column.unit is Unit.AMOUNT:
        return Decimal(round(cell)).scaleb(-2)
    return int(cell) if column.unit is Unit.YEAR else float(cell)


def _writers(table: Table) -> dict[object, str | Callable[[object], str] | None]:
    return {column.name: partial(_written, table, column.unit) for column in table.columns}


def _written(table: Table, unit: Unit, value: object) -> str:
    """Write what ``_value`` returned as the language spoken does."""
    if isinstance(value, Decimal):
        return table.text(unit, int(value.scaleb(2)))
    if isinstance(value, float):
        return table.text(unit, Fraction(value).limit_denominator(10**9))
    return "" if value is None else str(value)


def _chosen(table: Table, event: object) -> str | None:
    rows = cast("Sequence[int]", event["selection"]["rows"])  # type: ignore[index]  # Streamlit types it as an element
    return table.codes[rows[0]] if rows and rows[0] < len(table.codes) else None
