"""*Explorer*: one question at a time, asked by a button; the address keeps which."""

from enum import StrEnum

import streamlit as st

from scenarios.language import N_, _
from ui.pages import frame, session
from ui.pages.allocation.calculation import plan_of
from ui.pages.explore.frontier import show_frontier
from ui.pages.explore.other_plans import show_other_plans
from ui.pages.explore.stress import show_stress


class Question(StrEnum):
    """What is explored."""

    PLANS = "plans"
    FRONTIER = "frontiere"
    STRESS = "aleas"


_PARAMETER = "question"
_QUESTIONS = {
    Question.PLANS: N_("Trois autres plans presque aussi bons"),
    Question.FRONTIER: N_("Ce que coûte un objectif à l'autre"),
    Question.STRESS: N_("Si les choses tournent mal"),
}
_SHOWN = {Question.PLANS: show_other_plans, Question.FRONTIER: show_frontier, Question.STRESS: show_stress}


def show() -> None:
    """Show what is explored around the plan of the version opened."""
    opened = frame.opened()
    if opened is None:
        return
    desk = session.desk()
    st.title(_("Explorer"))
    plan = plan_of(desk, opened)
    if plan is None:
        return
    given = st.query_params.get(_PARAMETER)
    asked_for = Question(given) if given in {one.value for one in Question} else Question.PLANS
    question = st.segmented_control(
        _("Question"), list(Question), format_func=lambda one: _(_QUESTIONS[one]), default=asked_for, required=True,
        key="explore-question", label_visibility="collapsed",
    )  # fmt: skip
    question = question or Question.PLANS
    st.query_params[_PARAMETER] = question.value
    _SHOWN[question](desk, opened, plan)
