"""The workbooks of the plan, prepared in a worker and downloaded."""

import streamlit as st

from scenarios.language import _
from ui.desk.desk import Desk
from ui.desk.versions import Current
from ui.desk.workbooks import ask_workbooks
from ui.pages.waiting import finished
from ui.plan import Plan
from ui.roles import Action
from ui.solving.ticket import Ticket


def show_workbooks(desk: Desk, opened: Current, plan: Plan) -> None:
    """Show the way to prepare the workbooks, then the download; nothing to who may not export."""
    if not desk.user.may(Action.EXPORT):
        return
    key = f"workbooks-{opened.fingerprint}"
    st.subheader(_("Classeurs à signer"))
    if st.button(_("Préparer les classeurs")):
        st.session_state[key] = ask_workbooks(desk, plan)
    ticket: Ticket[bytes] | None = st.session_state.get(key)
    if ticket is not None and finished(ticket, key):
        st.download_button(
            _("Télécharger les classeurs"),
            data=ticket.result,
            file_name=f"classeurs_{plan.scenario.code}_v{opened.version.number}.zip",
            mime="application/zip",
            on_click="ignore",
        )
