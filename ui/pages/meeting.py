"""*Séance*: the agenda with the status of each line, what is decided, written as a version, and the minutes."""

from datetime import date

import streamlit as st

from allocator.words import money
from reports.layout.words import chosen as said_word
from scenarios.document import DecisionStatus
from scenarios.formats.problems import ScenarioError
from scenarios.language import _, spoken
from scenarios.store import StoreError
from ui.desk.desk import Desk
from ui.desk.meeting import WHOLE, Line, Said, agenda, agenda_table, ask_minutes, decide, totals
from ui.desk.versions import Current
from ui.pages import frame, session
from ui.pages.allocation.calculation import plan_of
from ui.pages.choosing import chosen
from ui.pages.drawing import show_table
from ui.pages.problems import show_problems
from ui.pages.waiting import finished, requested
from ui.plan import Plan
from ui.roles import Action, NotAllowedError

_ALL = "tout"
_DONE = "meeting-done"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show() -> None:
    """Show the meeting on the version opened."""
    opened = frame.opened()
    if opened is None:
        return
    desk = session.desk()
    st.title(_("Séance"))
    st.caption(_("Le comité propose. Chaque financeur engage ses crédits par sa propre délibération."))
    plan = plan_of(desk, opened)
    if plan is None:
        return
    lines = agenda(plan)
    done: tuple[str, str] | None = st.session_state.get(_DONE)
    if done is not None and done[0] == opened.version.id:
        st.success(done[1])
    _show_totals(plan, lines)
    _show_agenda(opened, plan, lines)
    if desk.user.may(Action.CONDUCT):
        if opened.is_head:
            _show_deciding(desk, opened, plan, lines)
    else:
        st.info(_("Conduire la séance revient au financier. Vous pouvez lire l'ordre du jour et le télécharger."))
    if desk.user.may(Action.EXPORT):
        _show_minutes(desk, opened, plan)


def _show_totals(plan: Plan, lines: tuple[Line, ...]) -> None:
    for column, (status, (count, cents)) in zip(st.columns(len(DecisionStatus)), totals(lines).items(), strict=True):
        said = _("1 ligne") if count == 1 else _("{count} lignes").format(count=count)
        column.metric(said_word(status), money(cents, plan.scenario.currency))
        column.caption(said)


def _show_agenda(opened: Current, plan: Plan, lines: tuple[Line, ...]) -> None:
    st.subheader(_("Ordre du jour"))
    names = {_ALL: _("Toutes les lignes"), **{status.value: said_word(status) for status in DecisionStatus}}
    which = chosen(_("Montrer"), "etat", names)
    shown = [line for line in lines if which == _ALL or (line.status is not None and line.status.value == which)]
    if not shown:
        st.info(_("Aucune ligne n'en est là. Montrez toutes les lignes pour en choisir."))
        return
    show_table(agenda_table(plan, shown), "agenda", f"ordre_du_jour_{opened.dossier}_v{opened.version.number}")


def _show_deciding(desk: Desk, opened: Current, plan: Plan, lines: tuple[Line, ...]) -> None:
    """Show the form of a decision; what is typed stays until it is accepted."""
    st.subheader(_("Décider"))
    names = _names(plan, lines)
    with st.form("deciding", border=True):
        picked = st.multiselect(
            _("Lignes"), list(names), format_func=names.__getitem__, key=f"lines-{opened.version.id}",
            placeholder=_("Choisissez des lignes"),
        )  # fmt: skip
        first, second, third = st.columns(3)
        words = {said_word(status): status for status in DecisionStatus}
        status = words[first.selectbox(_("État"), list(words), index=1)]
        day = second.date_input(_("Date"), value="today", format="DD/MM/YYYY")
        author = third.text_input(_("Qui décide"), placeholder=_("Le comité, une assemblée, une commission"))
        reference = first.text_input(_("N° de la délibération (obligatoire pour « délibéré »)"))
        reason = second.text_input(_("Motif (obligatoire pour un refus ou un report)"))
        recusal = third.text_input(_("Qui se retire pour cause d'intérêt (déport)"))
        pressed = st.form_submit_button(_("Enregistrer la décision"), type="primary")
    if pressed and isinstance(day, date):
        _decide(desk, opened, picked, Said(status, day, author, reference, reason, recusal))


def _names(plan: Plan, lines: tuple[Line, ...]) -> dict[tuple[str, str], str]:
    """Name what can be decided: each operation whole, then each of its partners."""
    index = plan.figures.index
    found: dict[tuple[str, str], str] = {}
    for line in lines:
        label = index.operations[line.operation].label
        found[line.operation, WHOLE] = _("{code} · {label} · toute la ligne").format(code=line.operation, label=label)
        if line.partner:
            found[line.operation, line.partner] = _("{code} · {partner} · {amount}").format(
                code=line.operation, partner=index.partners[line.partner].label,
                amount=money(line.cents, plan.scenario.currency),
            )  # fmt: skip
    return found


def _decide(desk: Desk, opened: Current, picked: list[tuple[str, str]], said: Said) -> None:
    try:
        made = decide(desk, opened, picked, said)
    except ScenarioError as error:
        show_problems(error)
    except (StoreError, NotAllowedError) as error:
        st.error(str(error))
    else:
        text = _("Décision enregistrée : version {number}. Aucun montant ne change.").format(number=made.number)
        st.session_state[_DONE] = made.id, text
        st.rerun()


def _show_minutes(desk: Desk, opened: Current, plan: Plan) -> None:
    st.subheader(_("Relevé de décisions"))
    ticket = requested(
        "minutes", f"{spoken()} {opened.fingerprint}", _("Préparer le relevé"), lambda: ask_minutes(desk, plan)
    )
    if ticket is not None and finished(ticket, "minutes"):
        st.download_button(
            _("Télécharger {name}").format(name=ticket.result.name), data=ticket.result.content,
            file_name=ticket.result.name, mime=_XLSX, on_click="ignore", key="minutes-download",
        )  # fmt: skip
