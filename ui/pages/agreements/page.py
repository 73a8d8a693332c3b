"""*Conventions*: choose a project or a partner, see what blocks the signature, then the table, then the files."""

import streamlit as st

from scenarios.language import N_, _, spoken
from ui.desk.agreements import Kind, ask_look, ask_workbook, left_without, signable
from ui.desk.desk import Desk
from ui.desk.versions import Current
from ui.desk.workbooks import ask_workbooks
from ui.pages import frame, session
from ui.pages.agreements.amendments import show_amendments
from ui.pages.agreements.corrections import show_corrections
from ui.pages.allocation.calculation import plan_of
from ui.pages.choosing import chosen
from ui.pages.drawing import XLSX, show_table
from ui.pages.waiting import asked, finished, requested
from ui.plan import Plan
from ui.roles import Action

_KINDS = {Kind.PROJECT: N_("La convention d'un projet"), Kind.PARTNER: N_("La synthèse d'un partenaire")}


def show() -> None:
    """Show what is signed of the version opened."""
    opened = frame.opened()
    if opened is None:
        return
    desk = session.desk()
    st.title(_("Conventions"))
    plan = plan_of(desk, opened)
    if plan is not None:
        _show_signed(desk, opened, plan)
    if not desk.user.may(Action.EXPORT):
        st.info(_("Emporter les classeurs et rapporter un scénario corrigé reviennent au financier."))
        return
    if plan is not None:
        show_amendments(desk, opened, plan)
    show_corrections(desk, opened)


def _show_signed(desk: Desk, opened: Current, plan: Plan) -> None:
    kind = _kind()
    names = signable(plan, kind)
    if not names:
        st.info(_("Rien n'est engagé dans ce plan : il n'y a rien à signer. Regardez pourquoi dans « Pourquoi »."))
        frame.link("pourquoi", _("Aller à « Pourquoi »"))
        return
    label = _("Projet") if kind is Kind.PROJECT else _("Partenaire")
    code = chosen(label, kind.value, names)
    if code is None:
        return
    wanted = f"{spoken()} {opened.fingerprint} {kind} {code}"
    ticket = asked("agreement-look", wanted, lambda: ask_look(desk, plan, kind, code))
    if not finished(ticket, "agreement-look"):
        return
    found = ticket.result
    st.subheader(found.obstacles.title)
    if found.obstacles.rows:
        st.warning(_("Points à lever avant de signer : {count}.").format(count=len(found.obstacles.rows)))
        show_table(found.obstacles, "obstacles", f"a_lever_{code}")
    else:
        st.success(_("Rien ne bloque : contrôles justes, règles établies, taux remplis."))
    st.subheader(_("{table}, tel que dans le classeur").format(table=found.table.title))
    show_table(found.table, "look", f"{kind.value}_{code}")
    if without := left_without(plan):
        st.caption(_("Projets sans convention, rien n'y étant engagé : {codes}.").format(codes=", ".join(without)))
    if desk.user.may(Action.EXPORT):
        _show_files(desk, opened, plan, kind, code)


def _kind() -> Kind:
    """Return who the workbook is for, kept in the address."""
    given = [one for one in Kind if one.value in st.query_params]
    kind = st.segmented_control(
        _("À signer"), list(Kind), format_func=lambda one: _(_KINDS[one]), required=True, key="agreement-kind",
        default=given[0] if given else Kind.PROJECT,
    )  # fmt: skip
    kind = kind or Kind.PROJECT
    for other in Kind:
        if other is not kind:
            st.query_params.pop(other.value, None)
    return kind


def _show_files(desk: Desk, opened: Current, plan: Plan, kind: Kind, code: str) -> None:
    wanted = f"{spoken()} {opened.fingerprint}"
    one, every = st.columns(2)
    with one:
        ticket = requested(
            "agreement-file", f"{wanted} {kind} {code}", _("Préparer ce classeur"),
            lambda: ask_workbook(desk, plan, kind, code),
        )  # fmt: skip
        if ticket is not None and finished(ticket, "agreement-file"):
            st.download_button(
                _("Télécharger {name}").format(name=ticket.result.name), data=ticket.result.content,
                file_name=ticket.result.name, mime=XLSX, on_click="ignore", key="agreement-download",
            )  # fmt: skip
    with every:
        zipped = requested("agreement-zip", wanted, _("Préparer tous les classeurs"), lambda: ask_workbooks(desk, plan))
        if zipped is not None and finished(zipped, "agreement-zip"):
            name = f"classeurs_{plan.scenario.code}_v{opened.version.number}.zip"
            st.download_button(
                _("Télécharger {name}").format(name=name), data=zipped.result, file_name=name,
                mime="application/zip", on_click="ignore", key="agreement-download-all",
            )  # fmt: skip
