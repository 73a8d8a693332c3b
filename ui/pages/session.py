"""What Streamlit remembers of one open tab: who works, in which language, on which dossier. State is in the address.

A fragment or a callback runs without ``app.py``: wrap it with ``in_language`` so that it speaks the user's language.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar
from uuid import uuid4

import streamlit as st

from scenarios.language import LANGUAGES, speaking, spoken
from scenarios.store import Store, open_store
from ui.desk.desk import Desk
from ui.roles import User, local_user
from ui.solving import shared

DOSSIER, VERSION, LANGUAGE, TOUR = "scenario", "version", "lang", "tour"
"""Names of the address parameters."""

LOCAL = "Poste local"
"""Name of who works on this machine without sign-in, until another is typed; it is written in the journal."""

P = ParamSpec("P")
R = TypeVar("R")


def language() -> str:
    """Return the language this tab speaks: the one chosen, else that of the address, else that of the server."""
    asked = st.session_state.get(LANGUAGE) or st.query_params.get(LANGUAGE)
    return asked if asked in LANGUAGES else spoken()


def in_language(function: Callable[P, R]) -> Callable[P, R]:
    """Make a fragment or a callback speak the language of the tab."""

    @wraps(function)
    def speaker(*arguments: P.args, **named: P.kwargs) -> R:
        with speaking(language()):
            return function(*arguments, **named)

    return speaker


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """Return the store of this server, opened once."""
    return open_store()


def user() -> User:
    """Return who works in this tab; without sign-in, the one local user, under the name typed in the header."""
    return local_user(st.session_state.get("author") or LOCAL)


def desk() -> Desk:
    """Return the desk of this tab: the first argument of every function of ``ui.desk``."""
    if "session" not in st.session_state:
        st.session_state["session"] = uuid4().hex
    return Desk(store(), shared.queue(), user(), st.session_state["session"])
