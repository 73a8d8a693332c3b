"""The four figures, in three looks: confirmed, previewed (dashed, never signed), stale (greyed and dated)."""

from typing import Literal, cast

import streamlit as st

from allocator.words import money
from scenarios.language import _
from ui.desk.plans import Stale
from ui.plan import Plan, Totals
from ui.words import moment

_Colour = Literal["normal", "inverse", "off"]


def show_figures(plan: Plan, before: Stale | None) -> None:
    """Show the figures of a verified plan, with what changes since the last version whose plan is known."""
    with st.container(border=True, key="confirmed"):
        st.markdown(_("**Confirmé** : plan exact, vérifié au centime."))
        _row(plan.totals, plan.scenario.currency, before)


def show_preview(totals: Totals, currency: str) -> None:
    """Show about what the figures will be."""
    with st.container(border=True, key="preview"):
        st.markdown(_("**Aperçu**, non confirmé : ordre de grandeur du plan en cours de calcul. Ne le signez pas."))
        _row(totals, currency, None)


def show_stale(stale: Stale) -> None:
    """Show the figures of a former version while those of the current one are not known."""
    version = stale.version.version
    st.warning(
        _("**Chiffres périmés** : ils sont ceux de la version {number}, du {time}.").format(
            number=version.number, time=moment(version.time)
        )
    )
    with st.container(border=True, key="stale"):
        _row(stale.plan.totals, stale.plan.scenario.currency, None)


def _row(totals: Totals, currency: str, before: Stale | None) -> None:
    """Show the four figures; what moved has its sign and its arrow, the colour only says the same again."""
    if before is not None and before.plan.scenario.currency != currency:
        before = None
    was = before.plan.totals if before else totals
    since = _("depuis la version {number}").format(number=before.version.version.number) if before else ""
    rows = (
        (_("Coût total"), totals.cost, was.cost, "off", True),
        (_("Financé"), totals.funded, was.funded, "normal", True),
        (_("Reste à financer"), totals.missing, was.missing, "inverse", True),
        (_("Opérations non financées"), totals.unfunded, was.unfunded, "inverse", False),
    )
    for column, (label, value, former, colour, is_money) in zip(st.columns(4), rows, strict=True):
        moved = value - former
        written, change = (money(one, currency) if is_money else str(one) for one in (value, moved))
        column.metric(
            label, written, delta=f"{'+' if moved > 0 else ''}{change}" if moved else None,
            delta_color=cast("_Colour", colour), delta_description=since if moved else None,
        )  # fmt: skip
