"""The scenarios of the application, read once per process: they are immutable."""

import streamlit as st

from scenarios import library
from scenarios.document import Scenario
from scenarios.formats import read

PARAMETER = "scenario"
"""Name of the address parameter that holds the current scenario, so that every page has its link."""


@st.cache_resource(show_spinner="Lecture du scénario…")
def scenario(name: str) -> Scenario:
    """Return a shipped scenario. Raises ScenarioError."""
    return read(library.find(name))


def names() -> tuple[str, ...]:
    """Return the names of the shipped scenarios."""
    return library.names()
