"""The grid: laid out once, left alone while it is edited; each edit is staged as soon as it is made.

The frame fed to the grid changes only when the draft or the view does for another reason than the grid itself; it
then has another name, so that the browser forgets what it held, which is staged by then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from typing import Any

import pandas as pd
import streamlit as st

from scenarios.checks.references import REFERENCES, SOURCES
from scenarios.dictionary import HEADER, Column, Table
from scenarios.document.keys import KEYS
from scenarios.document.quantities import AMOUNT, RATE, RATIO, WHOLE, YEAR
from scenarios.formats.problems import ScenarioError
from scenarios.language import _, spoken
from scenarios.store import Draft
from ui.desk.cells import choice_face, choices, is_choice
from ui.desk.desk import Desk
from ui.desk.edits import stage
from ui.desk.grids import Live, Row, changes_between, lacking_name
from ui.desk.staged import rows
from ui.pages import frame, session
from ui.pages.editor.view import View, columns_shown, frame_of, rows_shown, title_of
from ui.roles import Action

_FIGURES = frozenset({AMOUNT, RATE, RATIO, WHOLE, YEAR})
_NUMBERS = count(1)

HEIGHT = 480


@dataclass(frozen=True)
class Laid:
    """A grid as it was laid out. ``live``: what of its edits is staged; ``draft``: the draft that they made."""

    key: str
    dossier: str
    view: View
    language: str
    rows: tuple[Row, ...]
    frame: pd.DataFrame = field(repr=False, compare=False)
    names: tuple[str, ...] = ()
    draft: Draft | None = None
    live: Live = field(default_factory=Live)


def staged_from_grid(desk: Desk, dossier: str, table: Table) -> ScenarioError | None:
    """Stage what was typed in the grid since the last run; return why it cannot be, what was typed staying there."""
    laid = _laid(dossier, table)
    if laid is None:
        return None
    if laid.key not in st.session_state:  # the page showed something else: the browser holds nothing any more
        forget(dossier, table)
        return None
    live = _live(laid)
    changes = changes_between(table, laid.rows, laid.live, live)
    if not changes:
        st.session_state[_place(dossier, table)] = replace(laid, live=live)
        return None
    try:
        after = stage(desk, dossier, changes)
    except ScenarioError as error:
        return error
    is_ours = laid.draft is not None and after.steps[:-1] == laid.draft.steps and after.base == laid.draft.base
    st.session_state[_place(dossier, table)] = replace(laid, live=live, draft=after if is_ours else None)
    return None


def forget(dossier: str, table: Table) -> None:
    """Lay the grid out again: what was typed there and could not be staged is lost."""
    st.session_state.pop(_place(dossier, table), None)
    frame.forget_unfinished(_place(dossier, table))


def show_grid(desk: Desk, found: Draft, table: Table, view: View, *, keep: bool) -> None:
    """Show the grid. ``keep``: something typed there could not be staged, so it stays as it is."""
    laid = _laid(found.dossier, table)
    stays = laid is not None and laid.view == view and laid.language == spoken() and laid.draft == found
    if laid is None or not (stays or keep):
        laid = _lay(desk, found, table, view)
        st.session_state[_place(found.dossier, table)] = laid
        frame.finish_first(_place(found.dossier, table), partial(_finish, found.dossier, table))
    everything = rows(desk, found, table.name)
    st.caption(
        _("Lignes : {count}.").format(count=len(everything))
        if len(laid.rows) == len(everything)
        else _("Lignes montrées : {shown} sur {count}.").format(shown=len(laid.rows), count=len(everything))
    )
    st.data_editor(
        laid.frame, key=laid.key, hide_index=True, width="stretch", height=HEIGHT if len(laid.rows) > 10 else "auto",
        num_rows="fixed" if table.name == HEADER else "dynamic", placeholder="",
        column_config=column_config(desk, found, table, laid.names), alt=table.title,
    )  # fmt: skip
    unnamed = lacking_name(table, _live(laid))
    if unnamed:
        names = ", ".join(title_of(table, name) for name in KEYS[table.name])
        st.warning(
            _("Lignes ajoutées à compléter : {count}. Elles seront préparées une fois remplies : {names}.").format(
                count=unnamed, names=names
            )
        )


def show_read_only(table: Table, names: Sequence[str], shown: Sequence[Row]) -> None:
    """Show the rows to who may not change them."""
    frame = frame_of(table, names, shown)
    for name in names:
        column = table.column(name)
        if column is not None and is_choice(column):
            frame[name] = [None if word is None else choice_face(word) for word in frame[name]]
    config = {name: _text_column(table, name) for name in names}
    st.dataframe(
        frame, hide_index=True, width="stretch", placeholder="", column_config=config, key=f"read-{table.name}"
    )


def column_config(desk: Desk, found: Draft, table: Table, names: Sequence[str]) -> dict[str, Any]:
    """Say how each column is filled: a closed list, codes of other rows, or a text read by us."""
    config: dict[str, Any] = {}
    for name in names:
        column = table.column(name)
        codes = codes_for(desk, found, table.name, name)
        if column is None:
            continue
        if is_choice(column):
            config[name] = st.column_config.SelectboxColumn(
                title_of(table, name), help=help_of(column), options=choices(column),
                format_func=lambda word: choice_face(str(word)), pinned=_pinned(table, name),
            )  # fmt: skip
        elif codes and not column.listed:
            config[name] = st.column_config.SelectboxColumn(
                title_of(table, name), help=help_of(column), options=codes, pinned=_pinned(table, name)
            )
        else:
            config[name] = _text_column(table, name)
    return config


def codes_for(desk: Desk, found: Draft, table: str, name: str) -> tuple[str, ...]:
    """Return the codes that a column may name, those staged included; none for a column that names nothing.

    What the scenario itself defines by use (natures, programmes, territories) stays free; so do the rules that
    derogations lift, since rulebooks bring some.
    """
    targets = {target for source, column, target in REFERENCES if (source, column) == (table, name)}
    if not targets or targets & {"nature", "programme", "territory", "rule"}:
        return ()
    places = [place for target in sorted(targets) for place in SOURCES[target]]
    return tuple(
        dict.fromkeys(code for other, column in places for row in rows(desk, found, other) if (code := row.get(column)))
    )


def help_of(column: Column) -> str:
    """Say what a column holds, and what is accepted."""
    return _("{meaning}. Attendu : {expected}.").format(meaning=column.meaning.rstrip("."), expected=column.expected)


def _text_column(table: Table, name: str) -> Any:
    column = table.column(name)
    is_figure = column is not None and column.quantity in _FIGURES and not column.listed
    return st.column_config.TextColumn(
        title_of(table, name), help=None if column is None else help_of(column), pinned=_pinned(table, name),
        alignment="right" if is_figure else "left",
    )  # fmt: skip


def _pinned(table: Table, name: str) -> bool:
    return name in KEYS.get(table.name, ())[:2]


def _lay(desk: Desk, found: Draft, table: Table, view: View) -> Laid:
    everything = rows(desk, found, table.name)
    names = columns_shown(table, everything, everything=view.everything)
    shown = rows_shown(table, everything, view)
    key = f"grid-{table.name}-{next(_NUMBERS)}"
    return Laid(key, found.dossier, view, spoken(), shown, frame_of(table, names, shown), names, found)


def _finish(dossier: str, table: Table) -> None:
    """Stage what was typed just before the page shows something else."""
    desk = session.desk()
    if desk.user.may(Action.EDIT):
        staged_from_grid(desk, dossier, table)


def _live(laid: Laid) -> Live:
    state: Mapping[str, Any] = st.session_state.get(laid.key) or {}
    return Live(
        {int(place): dict(cells) for place, cells in state.get("edited_rows", {}).items()},
        tuple(dict(cells) for cells in state.get("added_rows", ())),
        frozenset(state.get("deleted_rows", ())),
    )


def _laid(dossier: str, table: Table) -> Laid | None:
    found: Laid | None = st.session_state.get(_place(dossier, table))
    return found


def _place(dossier: str, table: Table) -> str:
    return f"laid-{dossier}-{table.name}"
