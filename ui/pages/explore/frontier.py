"""The frontier of two goals: what giving up some of one brings on the other."""

import streamlit as st

from reports.charts import trade_off
from scenarios.document import EQUALITIES, GoalKind
from scenarios.language import _, spoken
from ui.desk.desk import Desk
from ui.desk.exploring import ask_frontier
from ui.desk.versions import Current
from ui.explored import no_frontier_sentence
from ui.pages.choosing import chosen
from ui.pages.drawing import show_chart
from ui.pages.waiting import finished, requested
from ui.plan import Plan


def show_frontier(desk: Desk, opened: Current, plan: Plan) -> None:
    """Show the points between two goals chosen among those the scenario can measure."""
    able = [kind for kind in GoalKind if kind not in EQUALITIES and not no_frontier_sentence(plan.scenario, kind)]
    wished = [goal.kind for goal in plan.scenario.goals if goal.kind in able]
    ordered = [*wished, *(kind for kind in able if kind not in wished)]
    names = {kind.value: _(trade_off.NAMES[kind]) for kind in ordered}
    first = chosen(_("Premier objectif"), "premier", names)
    second = chosen(_("Second objectif"), "second", {kind: name for kind, name in names.items() if kind != first})
    if first is None or second is None:
        st.info(_("Il faut deux objectifs que ce scénario sait mesurer."))
        return
    points = int(st.number_input(_("Nombre de points au plus"), 2, 20, 7, key="frontier-points"))
    pair = GoalKind(first), GoalKind(second)
    ticket = requested(
        "frontier-asked", f"{spoken()} {opened.fingerprint} {first} {second} {points}", _("Tracer la frontière"),
        lambda: ask_frontier(desk, plan, pair, points),
    )  # fmt: skip
    if ticket is not None and finished(ticket, "frontier"):
        show_chart(trade_off.chart(plan.figures, ticket.result), "frontier")
