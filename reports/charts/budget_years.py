"""Commitments and payments year by year, against what budgets allow: of one purse, or of all limited ones together."""

from collections import defaultdict
from dataclasses import dataclass

import plotly.graph_objects as go

from allocator.words import money
from reports.charts.chart import Chart, figure, units
from reports.charts.palette import INK, face
from reports.charts.table import Column, Unit, table_of
from reports.layout.budget_lines import Flow, budget_lines
from reports.layout.figures import Figures
from scenarios.language import N_, _

_USED = {Flow.COMMITMENT: N_("Engagé"), Flow.PAYMENT: N_("Payé")}
_ALLOWED = {Flow.COMMITMENT: N_("Budget d'engagement disponible"), Flow.PAYMENT: N_("Budget de paiement disponible")}
_MARKS = {Flow.COMMITMENT: "line-ew", Flow.PAYMENT: "diamond-open"}


@dataclass(frozen=True)
class _Year:
    """One year of one flow, in cents; no budget limits it when ``available`` is None."""

    used: int
    available: int | None


def holders(figures: Figures) -> tuple[str, ...]:
    """Return the codes of the purses with a limited budget, in the order of every table."""
    return tuple(dict.fromkeys(line.holder.code for line in budget_lines(figures)))


def chart(figures: Figures, holder: str | None = None) -> Chart:
    """Draw one purse, limited or not, or with None the sum of all limited ones. Raises KeyError for an unknown code."""
    found = {flow: _years(figures, flow, holder) for flow in Flow}
    label = _("tous les budgets limités") if holder is None else figures.index.holders[holder].label
    title = _("Engagements et paiements de chaque année : {holder}").format(holder=label)
    columns = (
        Column(_("Année"), Unit.YEAR),
        *(Column(_(name), Unit.AMOUNT) for flow in Flow for name in (_USED[flow], _ALLOWED[flow])),
    )
    nothing = _Year(0, None)
    years = sorted({year for flow in Flow for year in found[flow]})
    sides = [(year, [found[flow].get(year, nothing) for flow in Flow]) for year in years]
    rows = [(year, *(cell for side in both for cell in (side.used, side.available))) for year, both in sides]
    note = _("Disponible : le budget de l'année et, quand il se reporte, ce qu'il reste des années d'avant.")
    if holder is None:
        note += " " + _("Les partenaires sans limite n'y sont pas comptés.")
    name = "budgets" if holder is None else f"budget-{holder}"
    return Chart(name, title, note, _drawn(figures, found), table_of(title, columns, rows, figures))


def _years(figures: Figures, flow: Flow, holder: str | None) -> dict[int, _Year]:
    """Sum the limited budgets of a flow, and all that draws on them; one purse without limit shows what it brings.

    A partner that draws on a pool is counted with the pool, once.
    """
    lines = [line for line in budget_lines(figures) if line.flow is flow and holder in {None, line.holder.code}]
    if holder is None:
        pooled = {member.code for line in lines for member in figures.index.members[line.holder.code]
                  if member.code != line.holder.code}  # fmt: skip
        lines = [line for line in lines if line.holder.code not in pooled]
    available: dict[int, int] = defaultdict(int)
    for line in lines:
        for one in line.years:
            available[one.year] += one.available
    codes = [line.holder.code for line in lines] or ([] if holder is None else [holder])
    members = {member.code for code in codes for member in figures.index.members[code]}
    used: dict[int, int] = defaultdict(int)
    for (of, partner, year), cents in figures.brought.items():
        if of == flow.value and partner in members:
            used[year] += cents
    years = sorted({*available, *(year for year, cents in used.items() if cents)})
    return {year: _Year(used[year], available.get(year)) for year in years}


def _drawn(figures: Figures, found: dict[Flow, dict[int, _Year]]) -> go.Figure:
    currency = figures.scenario.currency
    traces: list[object] = []
    for rank, flow in enumerate(Flow):
        years = sorted(found[flow])
        traces.append(
            go.Bar(
                name=_(_USED[flow]), x=years, y=[units(found[flow][year].used) for year in years],
                marker=face(rank), offsetgroup=flow.value,
                customdata=[money(found[flow][year].used, currency) for year in years],
                hovertemplate="%{x} · %{fullData.name} : %{customdata}<extra></extra>",
            )
        )  # fmt: skip
        limited = [(year, side.available) for year, side in sorted(found[flow].items()) if side.available is not None]
        if limited:
            shift = -0.2 if rank == 0 else 0.2
            traces.append(
                go.Scatter(
                    name=_(_ALLOWED[flow]), x=[year + shift for year, _cents in limited],
                    y=[units(cents) for _year, cents in limited], mode="markers",
                    marker={"symbol": _MARKS[flow], "size": 16, "color": INK, "line": {"width": 3, "color": INK}},
                    customdata=[f"{year} · {_(_ALLOWED[flow])} : {money(cents, currency)}" for year, cents in limited],
                    hovertemplate="%{customdata}<extra></extra>",
                )
            )  # fmt: skip
    return figure(
        traces, barmode="group", height=420, xaxis={"dtick": 1, "tickformat": "d"}, yaxis={"tickformat": ",.0f"}
    )
