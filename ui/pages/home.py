"""*Accueil*: one card per scenario, and the way into it."""

from typing import Any

import streamlit as st

from allocator.words import money
from scenarios.document import Scenario
from scenarios.language import _
from ui.pages import shipped


def show(allocation_page: Any) -> None:
    """Show the cards; ``allocation_page`` is the page a card opens."""
    st.title(_("Comité des financeurs"))
    st.write(_("Ouvrez un scénario pour calculer qui finance quoi, et quand."))
    for name in shipped.names():
        with st.container(border=True):
            _card(name, shipped.scenario(name).document, allocation_page)


def _card(name: str, scenario: Scenario, allocation_page: Any) -> None:
    st.subheader(scenario.title)
    st.caption(scenario.description)
    cost = sum(operation.cost for operation in scenario.operations)
    figures = (
        (_("Coût total"), money(cost, scenario.currency)),
        (_("Opérations"), str(len(scenario.operations))),
        (_("Partenaires"), str(len(scenario.partners))),
        (_("Années"), f"{scenario.first_year}-{scenario.last_year}"),
    )
    for column, (label, value) in zip(st.columns([2, 1, 1, 1]), figures, strict=True):
        column.metric(label, value)
    if st.button(_("Ouvrir « {name} »").format(name=name), key=f"open-{name}"):
        st.switch_page(allocation_page, query_params={shipped.PARAMETER: name})
