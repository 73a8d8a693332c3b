"""« Que faudrait-il ? »: the conflict, the cheapest options, and their changes staged as edits."""

import streamlit as st

from scenarios.formats.problems import ScenarioError
from scenarios.language import _, spoken
from scenarios.store import StoreError
from ui.desk.desk import Desk
from ui.desk.edits import commit, draft
from ui.desk.unlocking import Way, Ways, ask_ways_out, ask_ways_to_fund, stage_way
from ui.desk.versions import Current
from ui.explained import no_option
from ui.pages import frame
from ui.pages.problems import show_problems
from ui.pages.waiting import finished, requested
from ui.roles import Action

_MANDATORY = "way-mandatory"


def show_ways(desk: Desk, opened: Current, operation: str) -> None:
    """Show what it would take to fund an operation, once it is asked."""
    st.subheader(_("Que faudrait-il ?"))
    ticket = requested(
        "ways-asked", f"{spoken()} {opened.fingerprint} {operation}",
        _("Chercher les changements les moins coûteux qui la financeraient"),
        lambda: ask_ways_to_fund(desk, opened, operation),
    )  # fmt: skip
    if ticket is None or not finished(ticket, f"ways-{operation}"):
        return
    found = ticket.result
    if not found.conflict:
        st.text(_("Rien ne l'interdit : l'ordre des objectifs fait passer d'autres opérations avant elle."))
    _show(desk, opened, found, operation)


def show_way_out(desk: Desk, opened: Current) -> None:
    """Show what contradicts itself in a version without a plan, and the ways out, once they are asked."""
    st.subheader(_("Que faudrait-il ?"))
    ticket = requested(
        "out-asked", f"{spoken()} {opened.fingerprint}",
        _("Chercher ce qui se contredit, et comment en sortir"), lambda: ask_ways_out(desk, opened),
    )  # fmt: skip
    if ticket is not None and finished(ticket, "out"):
        _show(desk, opened, ticket.result, None)


def _show(desk: Desk, opened: Current, found: Ways, operation: str | None) -> None:
    if found.conflict:
        st.text(found.conflict)
    if not found.ways:
        st.info(no_option())
        return
    may_edit = desk.user.may(Action.EDIT) and opened.is_head
    if may_edit and operation is not None:
        st.checkbox(
            _("Rendre aussi l'opération obligatoire : tout plan la financera en entier"),
            value=True,
            key=_MANDATORY,
        )
    for rank, way in enumerate(found.ways):
        with st.container(border=True):
            st.markdown(f"**{way.title}**".replace("$", "\\$"))
            for sentence in way.sentences:
                st.text(f"• {sentence}")
            if may_edit and st.button(_("Préparer ces changements"), key=f"stage-{rank}"):
                _stage(desk, opened, way, operation)
    if may_edit:
        _show_draft(desk, opened)
    elif not opened.is_head:
        st.info(_("Revenez à la dernière version pour préparer ces changements."))


def _stage(desk: Desk, opened: Current, way: Way, operation: str | None) -> None:
    forced = operation if st.session_state.get(_MANDATORY) else None
    try:
        stage_way(desk, opened, way, forced)
    except ScenarioError as error:
        show_problems(error)


def _show_draft(desk: Desk, opened: Current) -> None:
    """Show how to commit what is staged: its sentences stand in the history with the reason."""
    staged = draft(desk, opened.dossier).changes
    if not staged:
        return
    st.info(_("Changements préparés, non enregistrés : {count}.").format(count=len(staged)))
    with st.form("way-commit", border=False):
        reason = st.text_input(_("Motif de ces changements"))
        sent = st.form_submit_button(_("Enregistrer une version et recalculer le plan"), type="primary")
    if not sent:
        return
    try:
        commit(desk, opened.dossier, reason)
    except ScenarioError as error:
        show_problems(error)
    except StoreError as error:
        st.error(str(error))
    else:
        frame.go("repartition")
