"""What is left to the owners of the operations of each commune, and what of it the commune itself bears."""

from fractions import Fraction

import plotly.graph_objects as go

from allocator.words import money, percent
from reports.charts.chart import Chart, figure, shown, units
from reports.charts.palette import face
from reports.charts.table import Cell, Column, Unit, table_of
from reports.layout.figures import Figures
from scenarios.document import Commune, PartnerKind
from scenarios.equalisation import THOUSANDTHS, weighted_potentials
from scenarios.language import _


def chart(figures: Figures) -> Chart:
    """Draw the communes with an operation to fund, the heaviest burden first.

    The burden of the goal of equality is the share of the owners that are communes over the weighted potential; it is
    left empty where the scenario does not give the indicators.
    """
    potentials = weighted_potentials(figures.scenario)
    here = {line.commune for line in figures.scenario.operations if line.to_fund > 0}
    communes = [figures.index.communes[code] for code in sorted(here)]
    rows = [_row(figures, commune, potentials.get(commune.code, 0)) for commune in communes]
    title = _("Charge des maîtres d'ouvrage, par commune")
    columns = (
        Column(_("Code")), Column(_("Commune")), Column(_("À financer"), Unit.AMOUNT),
        Column(_("Part de la commune"), Unit.AMOUNT), Column(_("Part des autres maîtres d'ouvrage"), Unit.AMOUNT),
        Column(_("Charge en % du coût à financer"), Unit.SHARE),
        Column(_("Part de la commune par habitant"), Unit.AMOUNT),
        Column(_("Part de la commune par habitant de richesse moyenne"), Unit.AMOUNT),
    )  # fmt: skip
    ordered = sorted(rows, key=lambda row: (-_whole(row), str(row[0])))
    note = _(
        "Ce que la commune et les autres maîtres d'ouvrage (bailleurs, agglomération…) paient de leurs opérations."
    )
    return Chart(
        "charge-des-communes", title, note, _drawn(figures, ordered), table_of(title, columns, ordered, figures)
    )


def _row(figures: Figures, commune: Commune, potential: int) -> tuple[Cell, ...]:
    operations = [line for line in figures.scenario.operations if line.commune == commune.code]
    own = {PartnerKind.COMMUNE: 0, None: 0}
    for line in operations:
        kind = PartnerKind.COMMUNE if figures.index.partners[line.owner].kind is PartnerKind.COMMUNE else None
        own[kind] += figures.amount(line.code, line.owner)
    to_fund, mine, theirs = sum(line.to_fund for line in operations), own[PartnerKind.COMMUNE], own[None]
    return (
        commune.code, commune.label, to_fund, mine, theirs, Fraction(mine + theirs, to_fund),
        Fraction(mine, commune.population) if commune.population else None,
        Fraction(mine * THOUSANDTHS, potential) if potential else None,
    )  # fmt: skip


def _whole(row: tuple[Cell, ...]) -> int:
    return sum(cell for cell in row[3:5] if isinstance(cell, int))


def _drawn(figures: Figures, rows: list[tuple[Cell, ...]]) -> go.Figure:
    currency = figures.scenario.currency
    names = [f"{shown(str(row[1]))} ({shown(str(row[0]))})" for row in rows]
    traces: list[object] = []
    for rank, name in enumerate((_("Part de la commune"), _("Part des autres maîtres d'ouvrage"))):
        amounts = [int(row[3 + rank] or 0) for row in rows]
        traces.append(
            go.Bar(
                name=name, orientation="h", y=names, x=[units(cents) for cents in amounts], marker=face(rank),
                customdata=[money(cents, currency) for cents in amounts],
                hovertemplate="%{y} · %{fullData.name} : %{customdata}<extra></extra>",
            )
        )  # fmt: skip
    ends = [
        {
            "x": units(_whole(row)), "y": name, "xanchor": "left", "showarrow": False, "xshift": 6,
            "text": f"{money(_whole(row), currency)} · {percent(Fraction(round(Fraction(row[5] or 0) * 1000), 1000))}",
        }
        for name, row in zip(names, rows, strict=True)
    ]  # fmt: skip
    widest = max((units(_whole(row)) for row in rows), default=0.0)
    return figure(
        traces, barmode="stack", height=130 + 34 * max(3, len(rows)), annotations=ends,
        xaxis={"tickformat": ",.0f", "range": [0, (widest or 1) * 1.35]},
        yaxis={"autorange": "reversed"}, legend_traceorder="normal",
    )  # fmt: skip
