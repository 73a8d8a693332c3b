"""*Partenaires et budgets*: who brings money, out of which purses, year by year."""

import streamlit as st

from scenarios.language import _
from ui.pages import frame
from ui.pages.editor import show_editor

TABLES = ("budgets", "partners", "pools", "envelopes", "decommitments", "past_aids")


def show() -> None:
    """Show the editor of partners and of what they may commit and pay."""
    opened = frame.opened()
    if opened is None:
        return
    st.title(_("Partenaires et budgets"))
    show_editor(opened, TABLES)
