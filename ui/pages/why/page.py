"""*Pourquoi*: by operation, partner or rule, and everything that is not funded; the address keeps what is asked."""

from collections.abc import Callable
from enum import StrEnum

import streamlit as st

from reports.charts import left_out
from scenarios.language import N_, _, spoken
from ui.desk.desk import Desk
from ui.desk.explaining import Explained, ask_next_euro, ask_operation, ask_partner
from ui.desk.unlocking import ask_obstacles
from ui.desk.versions import Current
from ui.pages import frame, session
from ui.pages.allocation.calculation import has_no_plan, plan_of
from ui.pages.choosing import chosen
from ui.pages.drawing import show_chart, show_table
from ui.pages.waiting import asked, finished, requested
from ui.pages.why.unlocking import show_way_out, show_ways
from ui.plan import Plan
from ui.solving.ticket import Ticket
from ui.words import state


class Subject(StrEnum):
    """What is explained."""

    OPERATION = "operation"
    PARTNER = "partenaire"
    RULE = "regle"
    LEFT_OUT = "non-finance"


_SUBJECTS = {
    Subject.OPERATION: N_("Une opération"),
    Subject.PARTNER: N_("Un partenaire"),
    Subject.RULE: N_("Une règle"),
    Subject.LEFT_OUT: N_("Ce qui n'est pas financé"),
}


def show() -> None:
    """Show the explanations of the version opened."""
    opened = frame.opened()
    if opened is None:
        return
    desk = session.desk()
    st.title(_("Pourquoi"))
    plan = plan_of(desk, opened)
    if plan is None:
        if has_no_plan(opened):
            show_way_out(desk, opened)
        return
    subject = _subject()
    _SHOWN[subject](desk, opened, plan)


def _subject() -> Subject:
    """Return what is asked: an address that names an operation, a partner or a rule asks about it."""
    given = [one for one in Subject if one.value in st.query_params]
    asked_for = st.query_params.get("sujet", given[0].value if given else Subject.OPERATION.value)
    known = {one.value for one in Subject}
    subject = st.segmented_control(
        _("Expliquer"), list(Subject), format_func=lambda one: _(_SUBJECTS[one]), required=True,
        default=Subject(asked_for) if asked_for in known else Subject.OPERATION, key="why-subject",
    )  # fmt: skip
    subject = subject or Subject.OPERATION
    st.query_params["sujet"] = subject.value
    return subject


def _operation(desk: Desk, opened: Current, plan: Plan) -> None:
    lines = {line.operation.code: line for line in plan.lines}
    code = chosen(
        _("Opération, les non financées d'abord"), Subject.OPERATION.value,
        {code: f"{code} · {line.operation.label} · {state(line)}" for code, line in lines.items()},
    )  # fmt: skip
    if code is None:
        return
    found = _explained(f"{opened.fingerprint} o {code}", lambda: ask_operation(desk, opened, code))
    if found is None:
        return
    st.subheader(plan.figures.index.operations[code].label)
    for pair in found.sentences:
        st.text("• " + " ".join(filter(None, pair)))
    st.text(found.others)
    show_table(found.table, f"why-{code}", f"pourquoi_{code}")
    if lines[code].missing > 0:
        show_ways(desk, opened, code)


def _partner(desk: Desk, opened: Current, plan: Plan) -> None:
    holders = plan.figures.index.holders
    code = chosen(
        _("Partenaire ou fonds commun"), Subject.PARTNER.value,
        {code: f"{holder.label} ({code})" for code, holder in sorted(holders.items(), key=lambda one: one[1].label)},
    )  # fmt: skip
    if code is None:
        return
    if code in plan.figures.index.partners:
        found = _explained(f"{opened.fingerprint} p {code}", lambda: ask_partner(desk, opened, code))
        if found is None:
            return
        _amounts_of(found, code)
    st.subheader(_("Un euro de plus"))
    if not any(line.holder == code for line in opened.scenario.budgets):
        st.info(_("Aucun budget de ce partenaire n'est limité : un euro de plus n'y changerait rien."))
        return
    wanted = f"{spoken()} {opened.fingerprint} {code}"
    ticket = requested(
        "euro-asked", wanted, _("Calculer ce que donnerait un euro de plus dans chacun de ses budgets"),
        lambda: ask_next_euro(desk, opened, partner=code),
    )  # fmt: skip
    if ticket is not None and finished(ticket, f"euro-{code}"):
        for sentence in ticket.result:
            st.text(f"• {sentence}")


def _amounts_of(found: Explained, code: str) -> None:
    if not found.sentences:
        st.info(_("Ce partenaire n'apporte rien dans ce plan."))
        return
    show_table(found.table, f"why-{code}", f"pourquoi_{code}")
    with st.expander(_("Montant par montant, en phrases")):
        for pair in found.sentences:
            st.text("• " + " ".join(filter(None, pair)))


def _rule(desk: Desk, opened: Current, plan: Plan) -> None:
    rules = {rule.code: rule for rule in sorted(plan.scenario.rules, key=lambda rule: rule.code)}
    if not rules:
        st.info(_("Ce scénario n'a pas de règle."))
        return
    code = chosen(_("Règle"), Subject.RULE.value, {code: f"{code} · {rule.label}" for code, rule in rules.items()})
    if code is None:
        return
    rule = rules[code]
    st.text(rule.label)
    st.caption(_("Source : {reference}").format(reference=rule.reference))
    wanted = f"{spoken()} {opened.fingerprint} {code}"
    ticket = requested(
        "rule-asked", wanted, _("Calculer ce que coûte cette règle"), lambda: ask_next_euro(desk, opened, rule=code)
    )
    if ticket is not None and finished(ticket, f"rule-{code}"):
        for sentence in ticket.result:
            st.text(sentence)


def _left_out(desk: Desk, opened: Current, plan: Plan) -> None:
    if not plan.totals.missing:
        st.success(_("Tout est financé : il n'y a rien à expliquer ici."))
        return
    ticket = requested(
        "obstacles-asked", f"{spoken()} {opened.fingerprint}", _("Dire pourquoi, opération par opération"),
        lambda: ask_obstacles(desk, opened),
    )  # fmt: skip
    found = ticket.result if ticket is not None and finished(ticket, "obstacles") else {}
    show_chart(left_out.chart(plan.figures, found), "left-out")


def _explained(wanted: str, ask: Callable[[], Ticket[Explained]]) -> Explained | None:
    ticket = asked("amounts-asked", f"{spoken()} {wanted}", ask)
    return ticket.result if finished(ticket, "amounts") else None


_SHOWN = {
    Subject.OPERATION: _operation,
    Subject.PARTNER: _partner,
    Subject.RULE: _rule,
    Subject.LEFT_OUT: _left_out,
}
