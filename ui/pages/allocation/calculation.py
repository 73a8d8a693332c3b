"""The plan of the version opened: kept, or being calculated, with a preview and the way to stop."""

import streamlit as st

from allocator.allocation import Allocation
from allocator.solve.preview import confirm
from scenarios.language import _
from ui.desk.desk import Desk
from ui.desk.plans import ask, keep, known, last_known
from ui.desk.previews import confirmation_sentence, previewed_totals
from ui.desk.versions import Current
from ui.pages.allocation.figures import show_preview, show_stale
from ui.pages.waiting import asked, finished
from ui.plan import Plan
from ui.solving.messages import Kind
from ui.solving.ticket import Ticket

_ASKED = "plan-asked"
_SAID = "plan-said"


def plan_of(desk: Desk, opened: Current) -> Plan | None:
    """Return the plan of a version; while there is none, draw what is known and where the calculation stands."""
    plan = known(desk, opened)
    if plan is not None:
        _say_once(opened)
        return plan
    ticket = asked(_ASKED, opened.fingerprint, lambda: ask(desk, opened))
    place = st.container()
    if finished(ticket, opened.fingerprint):
        return _kept(desk, opened, ticket)
    with place:
        if ticket.over:
            if st.button(_("Relancer le calcul"), type="primary"):
                st.session_state.pop(_ASKED, None)
                st.rerun()
        elif ticket.preview is not None:
            show_preview(previewed_totals(ticket.preview), opened.scenario.currency)
            return None
        stale = last_known(desk, opened)
        if stale is not None:
            show_stale(stale)
    return None


def plan_at(desk: Desk, opened: Current, place: str) -> Plan | None:
    """Return the plan of another version than the one of the page; while there is none, draw where it stands.

    ``place`` as in ``asked``: one calculation at each.
    """
    plan = known(desk, opened)
    if plan is not None:
        return plan
    ticket = asked(place, opened.fingerprint, lambda: ask(desk, opened))
    return keep(desk, opened, ticket.result) if finished(ticket, place) else None


def has_no_plan(opened: Current) -> bool:
    """Tell whether the calculation this tab asked found that no plan meets every rule of the version."""
    asked_here: tuple[str, Ticket[Allocation]] | None = st.session_state.get(_ASKED)
    if asked_here is None or asked_here[0] != opened.fingerprint:
        return False
    failure = asked_here[1].failure
    return failure is not None and failure.kind is Kind.NO_PLAN


def _kept(desk: Desk, opened: Current, ticket: Ticket[Allocation]) -> Plan:
    plan = keep(desk, opened, ticket.result)
    st.session_state.pop(_ASKED, None)
    if ticket.preview is not None:
        said = confirmation_sentence(confirm(ticket.preview, ticket.result), opened.scenario.currency)
        st.session_state[_SAID] = (opened.fingerprint, said)
    _say_once(opened)
    return plan


def _say_once(opened: Current) -> None:
    """Say what the decisive run found of the preview shown before it."""
    said: tuple[str, str] | None = st.session_state.pop(_SAID, None)
    if said is not None and said[0] == opened.fingerprint:
        st.success(said[1])
