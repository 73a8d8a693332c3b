"""The side panel of the matrix: why an operation gets what it gets, in two sentences, then partner by partner."""

import streamlit as st

from scenarios.language import _, spoken
from ui.desk.desk import Desk
from ui.desk.reasons import Reasons, ask_hindrance, ask_reasons
from ui.desk.versions import Current
from ui.pages import frame
from ui.pages.waiting import asked, finished

_WHY, _HINDRANCE = "why-asked", "hindrance-asked"


def show_reasons(desk: Desk, opened: Current, operation: str) -> None:
    """Show why, once it is computed; then, when asked, what keeps the operation from being entirely funded."""
    wanted = f"{spoken()} {opened.fingerprint} {operation}"
    why = asked(_WHY, wanted, lambda: ask_reasons(desk, opened, operation))
    if not finished(why, f"why-{operation}"):
        return
    _show(why.result)
    if why.result.funded:
        return
    hidden = st.session_state.get(_HINDRANCE, ("",))[0] != wanted
    if hidden and not st.button(_("Dire ce qui l'empêche d'être financée")):
        return
    hindrance = asked(_HINDRANCE, wanted, lambda: ask_hindrance(desk, opened, operation))
    if finished(hindrance, f"hindrance-{operation}"):
        st.text(hindrance.result)
        frame.link("pourquoi", _("Que faudrait-il ?"), operation=operation)


def _show(found: Reasons) -> None:
    st.subheader(found.operation)
    for sentence in filter(None, found.summary):
        st.text(sentence)
    for share in found.shares:
        st.text(
            _("{partner} : {amount} (entre {low} et {high})").format(
                partner=share.partner, amount=share.amount, low=share.lowest, high=share.highest
            )
        )
    with st.expander(_("Partenaire par partenaire")):
        for share in found.shares:
            st.text(" ".join(filter(None, share.sentences)))
