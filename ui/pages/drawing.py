"""A chart or an exact table on the screen: what it shows, its values, and their files."""

from decimal import Decimal
from fractions import Fraction

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from allocator.words import money, number, percent
from reports.charts.chart import CONFIG, Chart
from reports.charts.palette import INK, LIGHT
from reports.charts.table import Cell, Column, Table, Unit
from scenarios.language import _
from ui.pages.grid import WRITTEN
from ui.pages.session import in_language

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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


def show_table(table: Table, key: str, name: str) -> None:
    """Show an exact table, its first column staying in place, with its Excel and its CSV under ``name``."""
    frame = pd.DataFrame(
        [[_value(column, cell) for column, cell in zip(table.columns, row, strict=True)] for row in table.rows],
        columns=[column.name for column in table.columns], dtype=object,
    )  # fmt: skip
    config = {table.columns[0].name: st.column_config.Column(pinned=True)}
    shown: object = frame
    if len(frame) <= WRITTEN:
        style = frame.style
        for column in table.columns:
            style = style.format(_Writer(column.unit, table.currency).write, subset=[column.name])
        shown = style
    else:
        figures = [column.name for column in table.columns if column.unit is not Unit.TEXT]
        config |= {title: st.column_config.NumberColumn(format="localized") for title in figures}
    st.dataframe(shown, hide_index=True, width="stretch", placeholder="", column_config=config, key=f"table-{key}")
    excel, text = st.columns(2)
    excel.download_button(
        _("Télécharger ce tableau (Excel)"), data=in_language(table.xlsx), file_name=f"{name}.xlsx", mime=_EXCEL,
        key=f"excel-{key}", on_click="ignore",
    )  # fmt: skip
    text.download_button(
        _("Télécharger ce tableau (CSV)"), data=in_language(table.csv), file_name=f"{name}.csv", mime="text/csv",
        key=f"csv-{key}", on_click="ignore",
    )  # fmt: skip


def _value(column: Column, cell: Cell) -> object:
    """Return what is sorted: exact amounts in units of the currency, numbers as numbers."""
    if cell is None or isinstance(cell, str):
        return cell or (None if column.unit is not Unit.TEXT else "")
    if column.unit is Unit.AMOUNT:
        return Decimal(round(cell)).scaleb(-2)
    return int(cell) if column.unit is Unit.YEAR else float(cell)


class _Writer:
    """Writes the values of a column as the language spoken does."""

    def __init__(self, unit: Unit, currency: str) -> None:
        self._unit = unit
        self._currency = currency

    def write(self, value: object) -> str:
        """Write one value."""
        if value is None or isinstance(value, str):
            return value or ""
        if isinstance(value, Decimal):
            return money(int(value.scaleb(2)), self._currency)
        if isinstance(value, float):
            near = Fraction(value).limit_denominator(10**9)
            return percent(near) if self._unit is Unit.SHARE else number(near)
        return str(value)
