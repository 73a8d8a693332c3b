"""What differs between two versions: sentences first, then the waterfall, the tables, the inputs and the rules."""

from collections.abc import Sequence

import streamlit as st

from allocator.comparison.change import FundingChange, PartnerChange
from allocator.comparison.plans import PlanChanges
from allocator.comparison.sides import Comparison
from reports.charts import waterfall
from reports.charts.table import Table
from reports.charts.waterfall import Measure
from reports.layout.pair import Pair
from scenarios.language import N_, _
from ui.compared import (
    basis_sentence,
    funding_table,
    gain_sentence,
    goal_lines,
    inputs_table,
    law_heading,
    law_lines,
    side_sentence,
    winners,
    years_table,
)
from ui.desk.consequences import consequences
from ui.pages.choosing import chosen
from ui.pages.drawing import show_chart, show_table
from ui.plan import Plan

_READINGS = {
    Measure.PARTNER: N_("Par partenaire"),
    Measure.OPERATION: N_("Par opération"),
    Measure.COMMUNE: N_("Par commune"),
    Measure.PROJECT: N_("Par projet"),
    Measure.YEAR: N_("Par année"),
}


def show_differences(found: Comparison, pair: Pair, names: tuple[str, str], plans: tuple[Plan, Plan]) -> None:
    """Show the comparison of two versions, called ``names``."""
    st.subheader(_("De {before} à {after}").format(before=names[0], after=names[1]))
    st.text(side_sentence(_("Avant"), found.before))
    st.text(side_sentence(_("Après"), found.after))
    st.text(basis_sentence(found))
    for sentence in consequences(*plans):
        st.text(f"• {sentence}")
    if found.plans.empty:
        _show_causes(found, pair)
        return
    reading = chosen(_("Lire les écarts"), "lecture", {one.value: _(title) for one, title in _READINGS.items()})
    measure = Measure(reading or Measure.PARTNER.value)
    show_chart(waterfall.chart(pair, measure, names), f"waterfall-{measure.value}")
    _show_lines(found.plans, pair, measure)
    _show_goals(found)
    _show_starts(found.plans)
    _show_causes(found, pair)


def _show_lines(changes: PlanChanges, pair: Pair, measure: Measure) -> None:
    title = _(_READINGS[measure])
    st.subheader(_("Ce qui change, {reading}").format(reading=title[0].lower() + title[1:]))
    if measure is Measure.YEAR:
        table: Table = years_table(title, changes.years, pair)
    else:
        found: dict[Measure, Sequence[FundingChange | PartnerChange]] = {
            Measure.PARTNER: changes.partners, Measure.OPERATION: changes.operations,
            Measure.COMMUNE: changes.communes, Measure.PROJECT: changes.projects,
        }  # fmt: skip
        lines = found[measure]
        rule = gain_sentence()
        st.caption(_("Un partenaire gagne quand il apporte moins.") if measure is Measure.PARTNER else rule)
        for sentence in winners(lines):
            st.text(sentence)
        table = funding_table(title, lines, pair)
    show_table(table, f"changes-{measure.value}", f"ecarts_{measure.value}")


def _show_goals(found: Comparison) -> None:
    if not found.plans.goals:
        return
    st.subheader(_("Objectifs"))
    for reached, members in goal_lines(found.plans.goals, found.after.scenario.currency):
        st.text(reached)
        for member in members:
            st.text(f"• {member}")


def _show_starts(changes: PlanChanges) -> None:
    if not changes.starts:
        return
    with st.expander(_("Lancements qui changent")):
        for change in changes.starts:
            sides = (", ".join(map(str, years)) or _("non financée") for years in (change.before, change.after))
            st.text(_("{label} : {value}").format(label=change.operation, value=" → ".join(sides)))


def _show_causes(found: Comparison, pair: Pair) -> None:
    """Show the inputs that differ and the rules that change."""
    st.subheader(_("Données qui changent"))
    if found.inputs:
        show_table(inputs_table(pair, found.inputs), "inputs", "donnees")
    else:
        st.text(_("Aucune."))
    st.subheader(_("Règles qui changent, et texte responsable"))
    if not found.law:
        st.text(_("Aucune règle ne change."))
    for change in found.law:
        with st.container(border=True):
            st.text(law_heading(change))
            for line in law_lines(change):
                st.text(f"• {line}")
