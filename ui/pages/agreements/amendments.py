"""An amendment: the version signed, what the new one changes in each agreement, the files."""

import streamlit as st

from allocator.comparison.plans import CurrencyMismatchError
from scenarios.language import _, spoken
from ui.desk.amending import ask_amendments, changes, signed_versions
from ui.desk.desk import Desk
from ui.desk.versions import Current, current
from ui.pages.allocation.calculation import plan_at
from ui.pages.choosing import chosen
from ui.pages.drawing import show_table
from ui.pages.waiting import finished, requested
from ui.plan import Plan


def show_amendments(desk: Desk, opened: Current, plan: Plan) -> None:
    """Show the amendments that the version opened calls for, against the one chosen as signed."""
    st.subheader(_("Avenants"))
    versions = signed_versions(desk, opened)
    if not versions:
        st.caption(_("C'est la première version : les conventions signées sur elle s'amendent depuis une suivante."))
        return
    number = chosen(_("Version signée"), "signee", versions)
    if number is None:
        return
    before = plan_at(desk, current(desk, opened.dossier, int(number)), "amendment-plan")
    if before is None:
        return
    try:
        table = changes(before, plan)
    except CurrencyMismatchError as error:
        st.warning(str(error))
        return
    if not table.rows:
        st.info(_("Aucune convention signée ne change : il n'y a rien à amender."))
        return
    show_table(table, "amendments", f"avenants_{opened.dossier}_v{number}_v{opened.version.number}")
    effect = st.date_input(_("Date d'effet (vide : à compléter dans l'avenant)"), value=None, format="DD/MM/YYYY")
    wanted = f"{spoken()} {before.allocation.fingerprint} {plan.allocation.fingerprint} {effect}"
    ticket = requested(
        "amendment-files", wanted, _("Préparer les avenants"), lambda: ask_amendments(desk, before, plan, effect)
    )
    if ticket is not None and finished(ticket, "amendment-files"):
        st.download_button(
            _("Télécharger {name}").format(name=ticket.result.name), data=ticket.result.content,
            file_name=ticket.result.name, mime="application/zip", on_click="ignore", key="amendment-download",
        )  # fmt: skip
