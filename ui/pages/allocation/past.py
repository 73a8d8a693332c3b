"""The history of the dossier: every version, who made it and why; the last one undone and redone."""

import pandas as pd
import streamlit as st

from scenarios.language import _
from scenarios.store import RefusedError
from ui.desk.desk import Desk
from ui.desk.edits import redo, undo
from ui.desk.versions import Current, history
from ui.pages import session
from ui.roles import Action
from ui.words import moment


def show_history(desk: Desk, opened: Current) -> None:
    """Show the versions, the last first; who may edit undoes and redoes the last one."""
    with st.expander(_("Historique des versions")):
        versions = history(desk, opened.dossier)
        rows = [(str(one.number), moment(one.time), one.author, one.reason, len(one.changes)) for one in versions]
        columns = [_("Version"), _("Date"), _("Auteur"), _("Motif"), _("Changements")]
        st.dataframe(pd.DataFrame(rows, columns=columns), hide_index=True, width="stretch")
        numbers = [one.number for one in versions]
        chosen = st.selectbox(_("Lire une version"), numbers, index=numbers.index(opened.version.number))
        if chosen != opened.version.number:
            st.session_state[session.VERSION] = st.query_params[session.VERSION] = str(chosen)
            st.rerun()
        if opened.is_head and desk.user.may(Action.EDIT):
            _undo_redo(desk, opened)


def _undo_redo(desk: Desk, opened: Current) -> None:
    back, forth = st.columns(2)
    try:
        if back.button(_("Défaire la dernière version"), width="stretch"):
            undo(desk, opened)
            st.rerun()
        if forth.button(_("Refaire la version défaite"), width="stretch"):
            redo(desk, opened)
            st.rerun()
    except RefusedError as error:
        st.info(str(error))
