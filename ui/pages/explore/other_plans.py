"""« Trois autres plans presque aussi bons »: each with the sentence that distinguishes it, and the way to keep it."""

import streamlit as st

from allocator.exploration import plans_words
from allocator.exploration.alternatives import Alternative
from scenarios.language import _, spoken
from scenarios.store import StoreError
from ui.desk.consequences import consequences
from ui.desk.desk import Desk
from ui.desk.exploring import ask_alternatives, keep_alternative
from ui.desk.versions import Current
from ui.explored import alternative_rows, alternative_sentence, loss_rate, no_loss_sentence, same_sentences
from ui.pages import frame
from ui.pages.waiting import finished, requested
from ui.plan import Plan
from ui.roles import Action

FIRST = 3
"""Plans shown at once; the others are folded."""

_KEPT = "explore-kept"


def show_other_plans(desk: Desk, opened: Current, plan: Plan) -> None:
    """Show the plans that lose at most the rate chosen of the first goal, the closest to the plan first."""
    if why := no_loss_sentence(plan.scenario):
        st.info(why)
        return
    try:
        rate = loss_rate(
            st.text_input(_("Part du premier objectif qu'un plan peut perdre, comme 1 %"), "1 %", key="loss")
        )
    except ValueError as error:
        st.error(str(error))
        return
    ticket = requested(
        "plans-asked", f"{spoken()} {opened.fingerprint} {rate}", _("Chercher d'autres plans"),
        lambda: ask_alternatives(desk, plan, rate),
    )  # fmt: skip
    if ticket is None or not finished(ticket, "plans"):
        return
    found = sorted(ticket.result.found, key=lambda one: (one.lost, one.distance, one.names))
    if not found:
        st.info(_("Aucun autre plan : acceptez une perte plus grande pour en voir."))
    for rank, one in enumerate(found[:FIRST]):
        _show(desk, opened, plan, one, rank)
    if found[FIRST:]:
        with st.expander(_("Voir les {count} autres").format(count=len(found) - FIRST)):
            for rank, one in enumerate(found[FIRST:], start=FIRST):
                _show(desk, opened, plan, one, rank)
    for sentence in same_sentences(ticket.result):
        st.text(sentence)


def _show(desk: Desk, opened: Current, plan: Plan, one: Alternative, rank: int) -> None:
    best = plan.allocation.goals[0].best or plan.allocation.goals[0].value
    with st.container(border=True):
        name = plans_words.named(one.names)
        st.subheader(f"{name[:1].upper()}{name[1:]}")
        st.text(alternative_sentence(plan.scenario, one, best))
        other = Plan(plan.scenario.model_copy(update={"goals": one.goals}), one.allocation, plan.law)
        for sentence in consequences(plan, other):
            st.text(f"• {sentence}")
        st.table({label: [text or _("aucun")] for label, text in alternative_rows(plan.scenario, one, best)})
        if desk.user.may(Action.EDIT):
            _show_keeping(desk, opened, one, rank)


def _show_keeping(desk: Desk, opened: Current, one: Alternative, rank: int) -> None:
    kept: dict[str, str] = st.session_state.setdefault(_KEPT, {})
    if one.allocation.fingerprint in kept:
        name = kept[one.allocation.fingerprint]
        st.success(_("Gardé comme le scénario « {name} ».").format(name=name))
        frame.link("repartition", _("Ouvrir « {name} »").format(name=name), scenario=name)
        return
    with st.expander(_("Garder ce plan comme un nouveau scénario")), st.form(f"keep-{rank}", border=False):
        name = st.text_input(_("Nom du nouveau scénario"), f"{opened.dossier}-{one.names[0].value}", key=f"name-{rank}")
        reason = st.text_input(_("Motif"), key=f"reason-{rank}")
        sent = st.form_submit_button(_("Garder ce plan"))
    if not sent:
        return
    try:
        made = keep_alternative(desk, opened, one, name, reason)
    except StoreError as error:
        st.error(str(error))
        return
    kept[one.allocation.fingerprint] = made.dossier
    st.rerun()
