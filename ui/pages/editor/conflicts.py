"""Two people changed the same place: shown cell by cell, with a choice; nothing is written before it is made."""

import streamlit as st

from scenarios.changes import Conflict, place_of
from scenarios.dictionary import tables
from scenarios.formats.problems import ScenarioError
from scenarios.language import _
from scenarios.store import ConflictError, Draft
from ui.desk.desk import Desk
from ui.desk.staged import settle
from ui.pages.editor.view import cell_face, title_of
from ui.pages.frame import plain
from ui.pages.problems import show_problems

_CONFLICT = "editor-conflict"
_MINE, _THEIRS = "mine", "theirs"


def remember_conflict(error: ConflictError) -> None:
    """Keep what a commit met until it is settled."""
    st.session_state[_CONFLICT] = error


def show_conflict(desk: Desk, found: Draft) -> None:
    """Show the conflict met by the last commit, if it still stands, and the way to settle it."""
    error: ConflictError | None = st.session_state.get(_CONFLICT)
    if error is None:
        return
    if error.head.dossier != found.dossier or not found.steps or found.base == error.head.id:
        st.session_state.pop(_CONFLICT)
        return
    with st.container(border=True, key="conflict"):
        st.subheader(_("À trancher avec la version {number}").format(number=error.head.number))
        if not error.conflicts:
            _show_incompatible(error)
            return
        st.write(
            _(
                "{author} a enregistré la version {number} entre-temps. Choisissez, endroit par endroit, ce qui vaut."
            ).format(author=plain(error.head.author), number=error.head.number)
        )
        kept = [_choose(rank, conflict, error.head.author) for rank, conflict in enumerate(error.conflicts)]
        mine = [conflict for conflict, side in zip(error.conflicts, kept, strict=True) if side == _MINE]
        st.caption(_("Vos autres modifications, et les leurs, sont gardées. Il restera à enregistrer avec un motif."))
        if st.button(_("Retenir ces choix"), type="primary", disabled=None in kept):
            try:
                settle(desk, found.dossier, mine)
            except ScenarioError as refused:
                show_problems(refused)
                return
            st.session_state.pop(_CONFLICT)
            st.rerun()


def _show_incompatible(error: ConflictError) -> None:
    st.write(
        _(
            "Vos modifications et les leurs touchent des endroits différents, mais ne font pas ensemble un scénario "
            "valable. Corrigez les vôtres, ou abandonnez-les et repartez de la dernière version."
        )
    )
    show_problems(ScenarioError(error.problems))


def _choose(rank: int, conflict: Conflict, author: str) -> str | None:
    """Show one place; return the side kept, None until it is chosen: nothing is chosen for anybody."""
    st.markdown(f"**{plain(_place(conflict))}**")
    st.text(_("Au départ : {text}").format(text=_cell(conflict, conflict.base)))
    choices = {
        _THEIRS: _("La leur ({author}) : {text}").format(author=author, text=_cell(conflict, conflict.theirs)),
        _MINE: _("La vôtre : {text}").format(text=_cell(conflict, conflict.ours)),
    }
    return st.radio(
        _("Valeur retenue"), list(choices), index=None, format_func=lambda one: plain(choices[one]),
        key=f"conflict-{rank}", label_visibility="collapsed",
    )  # fmt: skip


def _place(conflict: Conflict) -> str:
    table = tables().get(conflict.table)
    if table is None or table.column(conflict.column) is None:
        return place_of(conflict.table, conflict.key, conflict.column)
    named = " · ".join(filter(None, conflict.key))
    return " · ".join(filter(None, [table.title, named, title_of(table, conflict.column)]))


def _cell(conflict: Conflict, text: str | None) -> str:
    return cell_face(conflict.table, conflict.column, text)
