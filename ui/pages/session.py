"""What Streamlit remembers of one open tab: who works, in which language, on which dossier. State is in the address.

A fragment or a callback runs without ``app.py``: wrap it with ``in_language`` so that it speaks the user's language.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar
from uuid import uuid4

import streamlit as st

from scenarios.language import LANGUAGES, _, speaking, spoken
from scenarios.store import Store, open_store
from ui import signing_in
from ui.configuration import ConfigurationError
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


def sign_in_section() -> Mapping[str, object] | None:
    """Return the ``[auth]`` section of Streamlit's secrets, None without one.

    Raises ConfigurationError when there are secrets that cannot be read: an application that asks who enters does not
    open to everybody because of a misprint.
    """
    if st.secrets.load_if_toml_exists():
        return st.secrets.get("auth")
    if any(Path(place).exists() for place in st.get_option("secrets.files")):
        raise ConfigurationError(_("Les secrets de Streamlit (secrets.toml) ne peuvent pas être lus."))
    return None


def require_sound_sign_in() -> None:
    """Raise ConfigurationError unless sign-in can be played as the secrets and the settings say."""
    section = sign_in_section()
    signing_in.require_sound(section)
    if section is not None:
        signing_in.require_parts()


def claims() -> Mapping[str, object]:
    """Return what the identity provider says of who works in this tab; before signing in, that nobody is."""
    return st.user.to_dict()


def user() -> User:
    """Return who works in this tab, with the roles of this moment; NOBODY before signing in.

    Without sign-in, the one local user, under the name typed in the header.
    """
    if sign_in_section() is None:
        return local_user(st.session_state.get("author") or LOCAL)
    return signing_in.user(claims(), store(), datetime.now(UTC))


def desk() -> Desk:
    """Return the desk of this tab: the first argument of every function of ``ui.desk``."""
    if "session" not in st.session_state:
        st.session_state["session"] = uuid4().hex
    return Desk(store(), shared.queue(), user(), st.session_state["session"])
