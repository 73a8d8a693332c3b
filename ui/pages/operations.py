"""*Opérations*: what waits for money, who may pay it, what is settled already."""

import streamlit as st

from scenarios.dictionary import HEADER
from scenarios.language import _
from ui.pages import frame
from ui.pages.editor import show_editor

TABLES = ("operations", "eligibilities", "locks", "loans", "projects", "profiles", "plans", "references", HEADER)


def show() -> None:
    """Show the editor of the operations and of what is said of them."""
    opened = frame.opened()
    if opened is None:
        return
    st.title(_("Opérations"))
    show_editor(opened, TABLES)
