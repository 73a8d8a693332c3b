"""What is left out, and why: what is not funded of each operation, with what keeps it from being so."""

from collections.abc import Mapping
from enum import StrEnum

import plotly.graph_objects as go

from allocator.explanation.conflict import Conflict
from allocator.explanation.requirement import Kind
from allocator.explanation.words import Words
from allocator.words import money
from reports.charts.chart import Chart, figure, shown, units
from reports.charts.palette import GREY, INK, face
from reports.charts.table import Column, Unit, table_of
from reports.layout.figures import Figures
from scenarios.document import Operation
from scenarios.language import N_, _

MOST = 40
"""Operations drawn, those that miss most; the table has them all."""


class Cause(StrEnum):
    """What first keeps an operation from being funded without taking anything from the others."""

    BUDGET = "budget"
    ENVELOPE = "envelope"
    RULE = "rule"
    DECISION = "decision"
    ORDER = "order"
    UNKNOWN = "unknown"


CAUSES = {
    Cause.BUDGET: N_("Un budget est épuisé"),
    Cause.ENVELOPE: N_("Une enveloppe est épuisée"),
    Cause.RULE: N_("Une règle s'y oppose"),
    Cause.DECISION: N_("Un montant déjà arrêté s'y oppose"),
    Cause.ORDER: N_("L'ordre des objectifs"),
    Cause.UNKNOWN: N_("Raison non calculée"),
}

_CAUSES = {
    Kind.COMMITMENT_BUDGET: Cause.BUDGET, Kind.PAYMENT_BUDGET: Cause.BUDGET, Kind.ENVELOPE: Cause.ENVELOPE,
    Kind.LOCK: Cause.DECISION, Kind.RULE: Cause.RULE, Kind.LOAN: Cause.RULE,
}  # fmt: skip


def chart(figures: Figures, obstacles: Mapping[str, Conflict | None]) -> Chart:
    """Draw what is missing of each operation not entirely funded, the largest first.

    ``obstacles``: what ``unlock.obstacle`` says of an operation, None when only the order of the goals keeps it from
    being funded; an operation that is not there has no reason calculated yet, and is said so.
    """
    missing = {line.code: line.to_fund - figures.funded(line.code) for line in figures.scenario.operations}
    lines = sorted((line for line in figures.scenario.operations if missing[line.code] > 0),
                   key=lambda line: (-missing[line.code], line.code))  # fmt: skip
    words, title = Words(figures.scenario), _("Ce qui n'est pas financé, et pourquoi")
    rows = [
        (line.code, line.label, missing[line.code], _(CAUSES[cause_of(line.code, obstacles)]),
         _why(words, line.code, obstacles))
        for line in lines
    ]  # fmt: skip
    columns = (
        Column(_("Opération")), Column(_("Intitulé")), Column(_("Reste à financer"), Unit.AMOUNT), Column(_("Raison")),
        Column(_("Ce qui ne peut pas être tenu ensemble")),
    )  # fmt: skip
    note = _("Raison : ce qui empêche de financer l'opération en entier sans rien prendre aux autres.")
    if len(lines) > MOST:
        note += " " + _("Les {count} plus fortes sont dessinées ; le tableau les a toutes.").format(count=MOST)
    drawn = _drawn(figures, lines[:MOST], missing, obstacles)
    return Chart("non-finance", title, note, drawn, table_of(title, columns, rows, figures))


def cause_of(operation: str, obstacles: Mapping[str, Conflict | None]) -> Cause:
    """Return the first cause: a purse before an envelope, a decision taken, then a rule."""
    if operation not in obstacles:
        return Cause.UNKNOWN
    found = obstacles[operation]
    if found is None:
        return Cause.ORDER
    causes = {_CAUSES[one.kind] for one in found.requirements if one.kind in _CAUSES}
    return next((cause for cause in (Cause.BUDGET, Cause.ENVELOPE, Cause.DECISION) if cause in causes), Cause.RULE)


def _why(words: Words, operation: str, obstacles: Mapping[str, Conflict | None]) -> str:
    found = obstacles.get(operation)
    return "" if found is None else words.listed(found.requirements)


def _drawn(
    figures: Figures, lines: list[Operation], missing: Mapping[str, int], obstacles: Mapping[str, Conflict | None]
) -> go.Figure:
    currency = figures.scenario.currency
    names = {line.code: f"{shown(line.code)} · {shown(line.label)}" for line in lines}
    traces: list[object] = []
    for rank, cause in enumerate(Cause):
        here = [line.code for line in lines if cause_of(line.code, obstacles) is cause]
        if not here:
            continue
        marker = face(rank) if cause is not Cause.UNKNOWN else {"color": GREY, "line": {"color": INK, "width": 0.5}}
        traces.append(
            go.Bar(
                name=_(CAUSES[cause]), orientation="h", y=[names[code] for code in here],
                x=[units(missing[code]) for code in here], marker=marker,
                text=[f"{money(missing[code], currency)} · {_(CAUSES[cause])}" for code in here],
                textposition="outside", cliponaxis=False,
                hovertemplate="%{y} · %{text}<extra></extra>",
            )
        )  # fmt: skip
    order = {"categoryorder": "array", "categoryarray": list(names.values()), "autorange": "reversed"}
    widest = max((units(missing[line.code]) for line in lines), default=1.0)
    axis = {"tickformat": ",.0f", "range": [0, widest * 1.6]}
    return figure(
        traces, barmode="overlay", height=130 + 32 * max(3, len(lines)), yaxis=order, xaxis=axis, showlegend=True
    )
