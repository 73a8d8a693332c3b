"""*Communes*: where operations stand, with the indicators that weigh the burden of each."""

import streamlit as st

from scenarios.language import _
from ui.pages import frame
from ui.pages.editor import show_editor

TABLES = ("communes", "equalisation")


def show() -> None:
    """Show the editor of communes and of the indicators voted."""
    opened = frame.opened()
    if opened is None:
        return
    st.title(_("Communes"))
    show_editor(opened, TABLES)
