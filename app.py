"""The application's entry: ``make app``, or ``streamlit run app.py``."""

import streamlit as st

from scenarios.language import _
from ui.pages import allocation, home

st.set_page_config(page_title=_("Comité des financeurs"), layout="wide")
# Figures stand in columns: digits of one width, everywhere.
st.html("<style>* { font-variant-numeric: tabular-nums; }</style>")

allocation_page = st.Page(allocation.show, title=_("Répartition"), url_path="repartition")
home_page = st.Page(lambda: home.show(allocation_page), title=_("Accueil"), url_path="accueil", default=True)
st.navigation([home_page, allocation_page], position="top").run()
