"""One row at a time, with labels and the keyboard: the same edits as the grid."""

import json
import zlib
from collections.abc import Sequence

import streamlit as st

from scenarios.dictionary import HEADER, Column, Table
from scenarios.document.keys import REPEATED
from scenarios.formats.problems import ScenarioError
from scenarios.language import _
from scenarios.store import Draft
from ui.desk.cells import choice_face, choices, face, is_choice, text_of
from ui.desk.desk import Desk
from ui.desk.edits import stage
from ui.desk.grids import Row, in_order, key_in, row_changes
from ui.desk.staged import rows
from ui.pages.editor.grid import codes_for, help_of
from ui.pages.editor.panel import show_faults
from ui.pages.editor.view import row_name, title_of

ROW = "ligne"
_NEW = -1


def show_form(desk: Desk, found: Draft, table: Table) -> None:
    """Show one row to change or remove, or a new one."""
    everything = rows(desk, found, table.name)
    place = _choose(table, everything)
    was = everything[place] if place != _NEW else None
    kind = _kind(table, was)
    columns = [column for column in table.columns if _is_asked(table, column, kind)]
    mark = zlib.crc32(json.dumps([table.name, kind, was and dict(was)]).encode())
    shown = was or {"kind": kind}
    with st.form(f"row-{table.name}", border=True):
        sides = st.columns(2)
        typed = {
            column.name: _ask(desk, found, (table, column), shown, f"cell-{column.name}-{mark}", sides[rank % 2])
            for rank, column in enumerate(columns)
        }
        label = _("Préparer l'ajout de cette ligne") if was is None else _("Préparer cette modification")
        sent = st.form_submit_button(label, type="primary")
        gone = (
            was is not None and table.name != HEADER and st.form_submit_button(_("Préparer le retrait de cette ligne"))
        )
    if sent:
        given = {name: text_of(value, column) for (name, value), column in zip(typed.items(), columns, strict=True)}
        if kind:
            given["kind"] = kind
        _stage(desk, found, table, was, {name: text for name, text in {**(was or {}), **given}.items() if text})
    elif gone:
        _stage(desk, found, table, was, None)


def _choose(table: Table, everything: Sequence[Row]) -> int:
    """Choose a row by its name; rows that share theirs are told apart by their rank."""
    if table.name == HEADER:
        return 0
    places = [_NEW, *range(len(everything))]
    names = {place: row_name(table, row) for place, row in enumerate(everything)}
    if table.name in REPEATED:
        names = {place: f"{name} ({place + 1})" for place, name in names.items()}
    names[_NEW] = _("Nouvelle ligne")
    asked = st.query_params.get(ROW)
    known = {" · ".join(key_in(table, row)): place for place, row in enumerate(everything)}
    key = f"row-of-{table.name}"
    chosen = st.session_state.get(key, _NEW)
    # A browser gives back the name it shows: once an edit has changed that name, it is no row any more. The address
    # still tells which row it was.
    if chosen not in names and chosen not in names.values():
        st.session_state.pop(key)
    place: int = st.selectbox(
        _("Ligne"), places, index=places.index(known[asked]) if asked in known else 0, key=key,
        format_func=names.__getitem__,
    )  # fmt: skip
    if place == _NEW:
        st.query_params.pop(ROW, None)
    else:
        st.query_params[ROW] = " · ".join(key_in(table, everything[place]))
    return place


def _kind(table: Table, was: Row | None) -> str:
    """Return the kind of the rule, which decides what is asked; empty for the other tables."""
    column = table.column("kind")
    if column is None or not any(one.kinds for one in table.columns):
        return ""
    if was is not None:
        return was.get("kind", "")
    faces = {word: choice_face(word) for word in choices(column)}
    label = title_of(table, "kind")
    return st.selectbox(label, list(faces), format_func=faces.__getitem__, key=f"kind-of-{table.name}")


def _is_asked(table: Table, column: Column, kind: str) -> bool:
    if (table.name, column.name) == (HEADER, "format_version") or (kind and column.name == "kind"):
        return False
    return not column.kinds or kind in column.kinds


def _ask(desk: Desk, found: Draft, where: tuple[Table, Column], was: Row, key: str, side: object) -> str | None:
    table, column = where
    label = title_of(table, column.name) + (" *" if column.required or was.get("kind") in column.needed_by else "")
    text = was.get(column.name, "")
    codes = codes_for(desk, found, table.name, column.name)
    with side:  # type: ignore[attr-defined]  # a column of Streamlit, which it does not name
        if is_choice(column) or (codes and not column.listed):
            known = {word: choice_face(word) for word in choices(column)} if is_choice(column) else {}
            faces = {"": _("(vide)"), **(known or {code: code for code in codes})}
            faces.setdefault(text, text)
            options = list(faces)
            return st.selectbox(
                label, options, index=options.index(text), key=key, help=help_of(column),
                format_func=faces.__getitem__,
            )  # fmt: skip
        return st.text_input(label, value=face(text, column), key=key, help=help_of(column))


def _stage(desk: Desk, found: Draft, table: Table, was: Row | None, now: Row | None) -> None:
    changes = in_order(row_changes(table, was, now))
    if not changes:
        st.info(_("Rien ne change : cette ligne est déjà celle-là."))
        return
    try:
        stage(desk, found.dossier, changes)
    except ScenarioError as error:
        show_faults(error.problems, _("Cette ligne ne peut pas être préparée ({count})."))
    else:
        st.rerun()
