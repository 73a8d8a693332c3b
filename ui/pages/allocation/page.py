"""*Répartition*: four figures first, what the last commit changes, who pays what, why, and what budgets have left."""

import streamlit as st

from allocator.words import money, proposal
from scenarios.language import _
from ui.desk.consequences import consequences
from ui.desk.desk import Desk
from ui.desk.plans import Stale, last_known
from ui.desk.versions import Current
from ui.desk.views import VIEWS, View, budgets, table
from ui.pages import frame, session
from ui.pages.allocation.calculation import plan_of
from ui.pages.allocation.charts import show_charts
from ui.pages.allocation.figures import show_figures
from ui.pages.allocation.panel import show_reasons
from ui.pages.allocation.past import show_history
from ui.pages.allocation.workbooks import show_workbooks
from ui.pages.drawing import show_table
from ui.plan import Plan
from ui.words import goal_sentence, settled_sentence, verdict


def show() -> None:
    """Show the plan of the version opened, calculated when it is not yet."""
    opened = frame.opened()
    if opened is None:
        return
    desk = session.desk()
    st.title(_("Répartition"))
    plan = plan_of(desk, opened)
    if plan is not None:
        _show_plan(desk, opened, plan)
    show_history(desk, opened)


def _show_plan(desk: Desk, opened: Current, plan: Plan) -> None:
    before = last_known(desk, opened)
    show_figures(plan, before)
    st.text(" ".join([*_notes(plan), verdict(), proposal()]))
    if before is not None:
        _show_consequences(before, plan)
    _show_views(desk, opened, plan)
    show_charts(plan)
    if plan.budgets:
        st.subheader(_("Ce qui reste des budgets, en {currency}").format(currency=plan.scenario.currency))
        name = f"budgets_{opened.dossier}_v{opened.version.number}"
        show_table(budgets(plan), name, name)
    st.subheader(_("Objectifs, dans l'ordre du comité"))
    for rank, goal in enumerate(plan.allocation.goals, start=1):
        st.text(f"{rank}. {goal_sentence(goal, plan.scenario.currency, follows=rank > 1)}")
        if trace := settled_sentence(goal, plan.scenario.currency):
            st.text(trace)
    show_workbooks(desk, opened, plan)


def _notes(plan: Plan) -> list[str]:
    totals, notes = plan.totals, list[str]()
    if totals.receipts:
        notes.append(
            _("Les recettes couvrent {amount} du coût.").format(amount=money(totals.receipts, plan.scenario.currency))
        )
    if totals.partly_funded:
        notes.append(_("Opérations financées en partie : {count}.").format(count=totals.partly_funded))
    return notes


def _show_consequences(before: Stale, plan: Plan) -> None:
    with st.container(border=True):
        title = _("Ce qui change depuis la version {number}").format(number=before.version.version.number)
        st.subheader(title)
        for sentence in consequences(before.plan, plan):
            st.text(f"• {sentence}")


def _show_views(desk: Desk, opened: Current, plan: Plan) -> None:
    st.subheader(_("Qui finance quoi, en {currency}").format(currency=plan.scenario.currency))
    views = list(View)
    asked = st.query_params.get("vue")
    view = st.segmented_control(
        _("Lire le plan"), views, format_func=lambda one: _(VIEWS[one]), required=True, label_visibility="collapsed",
        default=View(asked) if asked in {one.value for one in views} else View.OPERATION,
    )  # fmt: skip
    view = view or View.OPERATION
    st.query_params["vue"] = view.value
    key = f"{view.value}_{opened.dossier}_v{opened.version.number}"
    if view is not View.OPERATION:
        show_table(table(plan, view), key, key)
        return
    st.caption(
        _(
            "Choisissez une ligne pour savoir pourquoi. « Arrêté » nomme les montants déjà décidés : "
            "= exactement, ≥ au moins, ≤ au plus."
        )
    )
    chosen = show_table(table(plan, view), key, key, choosing=True)
    if chosen is not None:
        with st.sidebar:
            show_reasons(desk, opened, chosen)
