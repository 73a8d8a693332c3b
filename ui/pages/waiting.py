"""A calculation on the screen: what is being done, how many go first, and the way to stop it. Pages never block.

A page asks with ``ticket = asked(place, wanted, ask)``, then reads ``ticket.result`` when ``finished(ticket, key)``;
until then where it stands is drawn, and the page is shown again by itself once it is over.
"""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from scenarios.language import _
from ui.pages.session import in_language
from ui.solving.messages import Kind
from ui.solving.ticket import State, Ticket

T = TypeVar("T")

AT_ONCE = 0.8
"""Seconds a page waits before it shows that it waits: most plans are there by then."""

EVERY = 0.5
"""Seconds between two looks at a calculation."""


def asked(place: str, wanted: str, ask: Callable[[], Ticket[T]]) -> Ticket[T]:
    """Return the calculation of ``wanted`` that this tab asked at this ``place``, asked now if need be.

    One place has one calculation: when something else is wanted there, the former one is cancelled.
    """
    former: tuple[str, Ticket[T]] | None = st.session_state.get(place)
    if former is not None and former[0] == wanted:
        return former[1]
    if former is not None:
        former[1].cancel()
    ticket = ask()
    st.session_state[place] = (wanted, ticket)
    return ticket


def requested(place: str, wanted: str, label: str, ask: Callable[[], Ticket[T]]) -> Ticket[T] | None:
    """Return a calculation asked by a button, None until it is; once stopped or failed, the button is back.

    ``place`` and ``wanted`` as in ``asked``; ``label``: what the button says.
    """
    former: tuple[str, Ticket[T]] | None = st.session_state.get(place)
    known = former is not None and former[0] == wanted
    again = former is not None and known and former[1].over and former[1].state is not State.DONE
    pressed = (not known or again) and st.button(label, key=f"ask-{place}")
    if pressed:
        if again:
            st.session_state.pop(place)
        asked(place, wanted, ask)
        st.rerun()  # so that the button is gone while the calculation runs
    return former[1] if former is not None and known else None


def finished(ticket: Ticket[T], key: str) -> bool:
    """Wait a moment for a calculation, and tell whether it gave a result; else draw where it stands.

    ``key``: a name for the widgets, different for each calculation of a page.
    """
    if ticket.wait(AT_ONCE):
        if ticket.state is State.DONE:
            return True
        _say_end(ticket)
        return False
    _follow(ticket, key)
    return False


def _follow(ticket: Ticket[T], key: str) -> None:
    """Draw where a calculation stands until it is over, without drawing the rest of the page again."""

    @st.fragment(run_every=EVERY)
    @in_language
    def follow() -> None:
        if ticket.over:
            st.rerun()
        st.info(ticket.words)
        st.button(_("Arrêter le calcul"), key=f"stop-{key}", on_click=ticket.cancel)

    follow()


def _say_end(ticket: Ticket[T]) -> None:
    failure = ticket.failure
    if failure is None:
        st.info(ticket.words)
    elif failure.kind is Kind.NO_PLAN:
        st.warning(_("Aucune répartition ne respecte toutes les règles."))
        st.text(failure.sentence)
    else:
        st.error(failure.sentence)
