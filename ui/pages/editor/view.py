"""What a person reads of a table: which columns, which rows, in which order. The address keeps it."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from scenarios.dictionary import HEADER, Column, Table, tables
from scenarios.document.keys import KEYS
from scenarios.language import _
from ui.desk.cells import choice_face, face, is_choice, rank
from ui.desk.grids import Row

FILTER, SORT, ALL = "filtre", "tri", "colonnes"
DOWN = "-"
"""Before the name of the column in the address: from the last to the first."""


@dataclass(frozen=True)
class View:
    """``text``: what the rows shown contain; ``sort``: a column, ``""`` for the order of the scenario."""

    text: str
    sort: str
    everything: bool


def ask_view(table: Table, rows: Sequence[Row]) -> View:
    """Show the filter, the order and the choice of columns; return what is chosen."""
    found, order, wide = st.columns([3, 3, 2], vertical_alignment="bottom")
    text = found.text_input(
        _("Filtrer les lignes"), value=st.query_params.get(FILTER, ""), key=f"filter-{table.name}",
        placeholder=_("un mot, un code…"),
    )  # fmt: skip
    titles = {"": _("ordre du scénario")}
    for name in columns_shown(table, rows, everything=False):
        titles |= {
            name: title_of(table, name),
            f"{DOWN}{name}": _("{title}, décroissant").format(title=title_of(table, name)),
        }
    asked = st.query_params.get(SORT, "")
    options = list(titles)
    sort = order.selectbox(
        _("Trier par"), options, index=options.index(asked) if asked in titles else 0,
        format_func=titles.__getitem__, key=f"sort-{table.name}",
    )  # fmt: skip
    everything = wide.toggle(_("Montrer les colonnes vides"), value=ALL in st.query_params, key=f"all-{table.name}")
    for name, value in ((FILTER, text), (SORT, sort), (ALL, "toutes" if everything else "")):
        if value:
            st.query_params[name] = value
        else:
            st.query_params.pop(name, None)
    return View(text, sort, everything)


def columns_shown(table: Table, rows: Sequence[Row], *, everything: bool) -> tuple[str, ...]:
    """Return the columns worth showing: those that name rows, those that all need, those filled somewhere."""
    filled = {name for row in rows for name in row} | set(KEYS.get(table.name, ()))
    return tuple(
        column.name
        for column in table.columns
        if (everything or column.name in filled or (column.required and not column.kinds))
        and (table.name, column.name) != (HEADER, "format_version")
    )


def rows_shown(table: Table, rows: Sequence[Row], view: View) -> tuple[Row, ...]:
    """Return the rows that contain every word of the filter, in the order chosen."""
    words = _plain(view.text).split()
    found = [row for row in rows if not words or _contains(table, row, words)]
    column = table.column(view.sort.removeprefix(DOWN)) if view.sort else None
    if column is not None:
        found.sort(key=lambda row: rank(row.get(column.name, ""), column), reverse=view.sort.startswith(DOWN))
    return tuple(found)


def frame_of(table: Table, names: Sequence[str], rows: Sequence[Row]) -> pd.DataFrame:
    """Return the rows as a frame of texts under technical names; an empty cell is None."""
    columns = [_column(table, name) for name in names]
    cells = [[face(row.get(column.name, ""), column) or None for column in columns] for row in rows]
    return pd.DataFrame(cells, columns=list(names), dtype=object)


def title_of(table: Table, name: str) -> str:
    """Return the title of a column."""
    return dict(zip((column.name for column in table.columns), table.titles, strict=True))[name]


def cell_face(table: str, name: str, text: str | None) -> str:
    """Write a cell of any table for a reader; an empty one is said."""
    column = tables()[table].column(name) if table in tables() else None
    if not text or column is None:
        return text or _("(vide)")
    return choice_face(text) if is_choice(column) else face(text, column)


def row_name(table: Table, row: Row) -> str:
    """Name a row by its key, and its label when it has one."""
    named = " · ".join(filter(None, (row.get(name, "") for name in KEYS.get(table.name, ()))))
    label = row.get("label")
    return f"{named} · {label}" if label and table.name in KEYS and "label" not in KEYS[table.name] else named


def _column(table: Table, name: str) -> Column:
    column = table.column(name)
    if column is None:
        raise KeyError(name)
    return column


def _contains(table: Table, row: Row, words: Sequence[str]) -> bool:
    parts = []
    for name, text in row.items():
        column = _column(table, name)
        parts += [text, choice_face(text) if is_choice(column) else face(text, column)]
    whole = _plain("\n".join(parts))
    return all(word in whole for word in words)


def _plain(text: str) -> str:
    """Write a text without accents nor capitals, figures without the spaces between their thousands."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("\u202f", ""))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
