"""A table of the plan on the screen: exact amounts, right-aligned, sortable as numbers, with its Excel.

Short tables are written the way of the language spoken; thousands of rows are left to the browser, whose numbers are
those of its own language: writing each cell would make the page wait.
"""

import io
from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import cast

import pandas as pd
import streamlit as st

from scenarios.language import _
from ui.desk.views import Table
from ui.words import figure

WRITTEN = 300
"""Rows up to which every amount is written by us."""

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def frame_of(table: Table) -> pd.DataFrame:
    """Return the table as a frame: texts, and exact decimal amounts in units of the currency."""
    cells = [[Decimal(cell).scaleb(-2) if isinstance(cell, int) else cell for cell in row] for row in table.rows]
    return pd.DataFrame(cells, columns=list(table.columns), dtype=object)


def show(table: Table, key: str, *, choosing: bool = False) -> str | None:
    """Show a table, its first column staying in place, with its Excel; return the code of the row chosen, if any."""
    frame = frame_of(table)
    amounts = list(table.columns[table.texts :])
    config = {
        table.columns[0]: st.column_config.Column(pinned=True),
        _("Intitulé"): st.column_config.Column(width="medium"),
    }
    shown: object = frame
    if len(frame) <= WRITTEN:
        shown = frame.style.format(partial(_written, decimals=table.decimals), subset=pd.Index(amounts))
    else:
        config |= {name: st.column_config.NumberColumn(format="localized") for name in amounts}
    event = st.dataframe(
        shown, hide_index=True, width="stretch", placeholder="", column_config=config, key=key,
        on_select="rerun" if choosing else "ignore", selection_mode="single-row",
    )  # fmt: skip
    st.download_button(
        _("Télécharger ce tableau (Excel)"), data=lambda: excel(table), file_name=f"{key}.xlsx", mime=_EXCEL,
        key=f"excel-{key}", on_click="ignore",
    )  # fmt: skip
    return _chosen(table, event) if choosing else None


def excel(table: Table) -> bytes:
    """Return the table as a workbook of one sheet, amounts being numbers."""
    content = io.BytesIO()
    frame = frame_of(table)
    for name in table.columns[table.texts :]:
        frame[name] = [None if cell is None else float(cell) for cell in frame[name]]
    with pd.ExcelWriter(content, engine="xlsxwriter") as writer:
        frame.to_excel(writer, index=False, sheet_name=_("Tableau"))
        sheet, money = writer.sheets[_("Tableau")], writer.book.add_format({"num_format": "#,##0.00"})
        sheet.set_column(0, table.texts - 1, 24)
        sheet.set_column(table.texts, len(table.columns) - 1, 16, money)
        sheet.freeze_panes(1, 1)
    return content.getvalue()


def _chosen(table: Table, event: object) -> str | None:
    rows = cast("Sequence[int]", event["selection"]["rows"])  # type: ignore[index]  # Streamlit types it as an element
    return table.codes[rows[0]] if rows and rows[0] < len(table.codes) else None


def _written(amount: Decimal | None, *, decimals: bool) -> str:
    return "" if amount is None else figure(int(amount.scaleb(2)), decimals=decimals)
