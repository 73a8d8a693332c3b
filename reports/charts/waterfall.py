"""Plan A against plan B: from one total to the other, a step for each partner, operation, place or year."""

from collections.abc import Callable
from enum import StrEnum

import plotly.graph_objects as go

from allocator.comparison.change import Change
from allocator.comparison.plans import PlanChanges
from allocator.words import money
from reports.charts.chart import Chart, figure, others, shown, units
from reports.charts.palette import DOWN, GREY, UP
from reports.charts.table import Column, Unit, table_of
from reports.layout.pair import Pair
from scenarios.language import N_, _

MOST = 12
"""Steps drawn one by one, the largest; the others are drawn together."""

_CUT = 0.5
"""Share of the totals under which steps would not be seen if the axis began at zero."""


class Measure(StrEnum):
    """What is added up, and by what."""

    PARTNER = "partenaire"
    OPERATION = "operation"
    COMMUNE = "commune"
    PROJECT = "projet"
    YEAR = "annee"


TITLES = {
    Measure.PARTNER: N_("Ce que chaque partenaire engage"),
    Measure.OPERATION: N_("Ce qui est financé de chaque opération"),
    Measure.COMMUNE: N_("Ce que paient les maîtres d'ouvrage de chaque commune"),
    Measure.PROJECT: N_("Ce qui est financé de chaque projet"),
    Measure.YEAR: N_("Ce qui est payé chaque année"),
}

Step = tuple[str, str, Change]

_STEPS: dict[Measure, Callable[[PlanChanges], list[Step]]] = {
    Measure.PARTNER: lambda found: [(line.code, line.label, line.committed) for line in found.partners],
    Measure.OPERATION: lambda found: [(line.code, line.label, line.funded) for line in found.operations],
    Measure.COMMUNE: lambda found: [(line.code, line.label, line.own) for line in found.communes],
    Measure.PROJECT: lambda found: [(line.code, line.label, line.funded) for line in found.projects],
    Measure.YEAR: lambda found: [(str(line.year), "", line.paid) for line in found.years],
}


def chart(pair: Pair, measure: Measure, names: tuple[str, str]) -> Chart:
    """Draw the steps from one total to the other. ``names``: how the two plans are called.

    Raises CurrencyMismatchError for amounts in two currencies.
    """
    steps = _STEPS[measure](pair.changes)
    title = _("{measure} : de {before} à {after}").format(measure=_(TITLES[measure]), before=names[0], after=names[1])
    columns = (
        Column(_("Code")), Column(_("Intitulé")), Column(names[0] if names[0] != names[1] else _("Avant"), Unit.AMOUNT),
        Column(names[1] if names[0] != names[1] else _("Après"), Unit.AMOUNT), Column(_("Écart"), Unit.AMOUNT),
    )  # fmt: skip
    rows = [(code, label, change.before, change.after, change.difference) for code, label, change in steps]
    total = sum((change for _code, _label, change in steps), start=Change())
    note = _("Au total, de {before} à {after}.").format(
        before=money(total.before, pair.after.scenario.currency), after=money(total.after, pair.after.scenario.currency)
    )
    moves = sorted((step for step in steps if step[2].difference), key=lambda step: (-abs(step[2].difference), step[0]))
    drawn, cut = _drawn(pair, moves, total, names)
    if cut:
        note += " " + _("L'axe ne commence pas à zéro : les écarts seraient trop petits pour être vus.")
    return Chart(f"ecarts-{measure.value}", title, note, drawn, table_of(title, columns, rows, *pair.sides))


def _drawn(pair: Pair, moves: list[Step], total: Change, names: tuple[str, str]) -> tuple[go.Figure, bool]:
    currency = pair.after.scenario.currency
    steps = [(shown(f"{label} ({code})" if label else code), change.difference) for code, label, change in moves[:MOST]]
    if rest := moves[MOST:]:
        steps.append((others(len(rest)), sum(change.difference for _code, _label, change in rest)))
    levels = [total.before]
    for _name, cents in steps:
        levels.append(levels[-1] + cents)
    low, high = min(levels), max(levels)
    cut = low > 0 and (high - low) < (1 - _CUT) * high
    texts = [f"{'+' if cents > 0 else ''}{money(cents, currency)}" for _name, cents in steps]
    labels = [shown(names[0]), *(name for name, _cents in steps), shown(names[1])]
    rows = list(range(len(labels)))
    bars = go.Waterfall(
        orientation="h", y=rows, measure=["absolute", *["relative"] * len(steps), "total"],
        x=[units(total.before), *(units(cents) for _name, cents in steps), 0],
        text=[money(total.before, currency), *texts, money(total.after, currency)], textposition="outside",
        increasing={"marker": {"color": UP}}, decreasing={"marker": {"color": DOWN}},
        totals={"marker": {"color": GREY}}, cliponaxis=False, constraintext="none",
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    room = max(high - low, 1)
    ends = (low - room * 0.3 if cut else 0, high + room * 0.5 if cut else max(high, 1) * 1.3)
    axes: dict[str, object] = {
        "xaxis": {"tickformat": ",.0f", "range": [units(int(end)) for end in ends]},
        "yaxis": {"tickvals": rows, "ticktext": labels, "autorange": "reversed"},
    }
    return figure([bars], height=130 + 34 * len(rows), showlegend=False, **axes), cut
