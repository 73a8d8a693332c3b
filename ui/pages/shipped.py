"""The scenarios of the application, read once per process: they are immutable."""

import streamlit as st

from scenarios import library
from ui.received import Received, receive

PARAMETER = "scenario"
"""Name of the address parameter that holds the current scenario, so that every page has its link."""


@st.cache_resource(show_spinner="Lecture du scénario…")
def scenario(name: str) -> Received:
    """Return a shipped scenario, with the rules in force. Raises ScenarioError."""
    return receive(name)


def names() -> tuple[str, ...]:
    """Return the names of the shipped scenarios."""
    return library.names()
