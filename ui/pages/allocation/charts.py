"""The plan as pictures: one at a time, the one that the address names."""

from collections.abc import Callable

import streamlit as st

from reports.charts import budget_years, burden, heat_map, who_pays
from reports.charts.chart import Chart
from reports.charts.who_pays import Towards
from scenarios.language import N_, _
from ui.pages import frame
from ui.pages.choosing import chosen
from ui.pages.drawing import show_chart
from ui.plan import Plan

PARAMETER, HOLDER = "graphique", "budget"
_ALL = "*"

_NAMES = {
    "projets": N_("Qui paie quoi, par projet"),
    "natures": N_("Qui paie quoi, par nature d'opération"),
    "parts": N_("Qui apporte quelle part de chaque opération"),
    "annees": N_("Engagements et paiements face aux budgets"),
    "communes": N_("Charge des maîtres d'ouvrage, par commune"),
}


def show_charts(plan: Plan) -> None:
    """Show the chart chosen, with its table and its files; what is not funded is drawn where it is explained."""
    st.subheader(_("Le plan en images"))
    name = chosen(_("Graphique"), PARAMETER, {name: _(title) for name, title in _NAMES.items()})
    draws: dict[str, Callable[[], Chart]] = {
        "projets": lambda: who_pays.chart(plan.figures, Towards.PROJECT),
        "natures": lambda: who_pays.chart(plan.figures, Towards.NATURE),
        "parts": lambda: heat_map.chart(plan.figures),
        "annees": lambda: _years(plan),
        "communes": lambda: burden.chart(plan.figures),
    }
    if name is not None:
        show_chart(draws[name](), f"plan-{name}")
    if plan.totals.missing:
        frame.link("pourquoi", _("Voir ce qui n'est pas financé, et pourquoi"), sujet="non-finance")


def _years(plan: Plan) -> Chart:
    limited = budget_years.holders(plan.figures)
    labels = {code: holder.label for code, holder in plan.figures.index.holders.items()}
    free = sorted(code for code in plan.figures.index.partners if code not in limited)
    named = {code: f"{labels[code]} ({code})" for code in (*limited, *free)}
    if limited:
        named = {_ALL: _("Tous les budgets limités"), **named}
    holder = chosen(_("Budget de"), HOLDER, named)
    return budget_years.chart(plan.figures, None if holder in {None, _ALL} else holder)
