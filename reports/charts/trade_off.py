"""The frontier of two goals: each point a verified plan, and between them what is proven and what is only sampled."""

from fractions import Fraction

import plotly.graph_objects as go

from allocator.exploration import plans_words
from allocator.exploration.frontier import Frontier, Point
from allocator.words import money, number
from reports.charts.chart import Chart, figure
from reports.charts.palette import COLOURS, INK
from reports.charts.table import Cell, Column, Unit, table_of
from reports.layout.figures import Figures
from scenarios.document import GoalKind
from scenarios.language import N_, _

NAMES = {
    GoalKind.PRIORITY_VALUE: N_("Points de priorité financés"),
    GoalKind.FUNDED_COST: N_("Coût financé"),
    GoalKind.EARLIEST_START: N_("Attente avant lancement (montants × années)"),
    GoalKind.REFERENCE_CLOSENESS: N_("Écart au plan de référence"),
    GoalKind.FEWEST_PARTNERS: N_("Financeurs des opérations, maîtres d'ouvrage à part"),
    GoalKind.SPARE_PARTNER: N_("Montant demandé au partenaire ménagé"),
    GoalKind.SMOOTH_PAYMENTS: N_("Écarts de paiement d'une année sur l'autre"),
}
"""What is measured by the goals between which a frontier is drawn."""

_COUNTED = (GoalKind.PRIORITY_VALUE, GoalKind.FEWEST_PARTNERS)


def chart(figures: Figures, found: Frontier) -> Chart:
    """Draw the points, from the best of the first goal (A) to the best of the second."""
    title = _("Ce que coûte un objectif à l'autre")
    units = [Unit.NUMBER if kind in _COUNTED else Unit.AMOUNT for kind in (found.first, found.second)]
    columns = (
        Column(_("Plan")), Column(_(NAMES[found.first]), units[0]), Column(_(NAMES[found.second]), units[1]),
        Column(_("Jusqu'au point suivant")),
    )  # fmt: skip
    rows = [
        (letter(rank), _cell(found.first, point.first), _cell(found.second, point.second), _between(straight))
        for rank, (point, straight) in enumerate(zip(found.points, (*found.straight, None), strict=True))
    ]
    note = plans_words.exactness(found)
    table = table_of(title, columns, rows, figures)
    return Chart("frontiere", title, note, _drawn(found, figures.scenario.currency), table)


def letter(rank: int) -> str:
    """Name a point by a capital letter, then by numbers."""
    return chr(ord("A") + rank) if rank < 26 else str(rank + 1)


def _cell(kind: GoalKind, value: Fraction) -> Cell:
    return value if kind in _COUNTED else round(value)


def _between(straight: bool | None) -> str:
    return "" if straight is None else _("droite exacte") if straight else _("échantillon")


def _drawn(found: Frontier, currency: str) -> go.Figure:
    kinds = (found.first, found.second)
    places = [tuple(_place(kind, value) for kind, value in zip(kinds, (point.first, point.second), strict=True))
              for point in found.points]  # fmt: skip
    traces: list[object] = []
    for rank, straight in enumerate(found.straight):
        ends = places[rank : rank + 2]
        traces.append(
            go.Scatter(
                x=[end[0] for end in ends], y=[end[1] for end in ends], mode="lines", hoverinfo="skip",
                showlegend=False, line={"color": COLOURS[0], "width": 3, "dash": "solid" if straight else "dot"},
            )
        )  # fmt: skip
    texts = [_told(rank, found, point, currency) for rank, point in enumerate(found.points)]
    traces.append(
        go.Scatter(
            x=[place[0] for place in places], y=[place[1] for place in places], mode="markers+text", showlegend=False,
            text=[letter(rank) for rank in range(len(places))], textposition="top center", customdata=texts,
            marker={"size": 13, "color": COLOURS[1], "line": {"color": INK, "width": 1.5}},
            hovertemplate="%{customdata}<extra></extra>",
        )
    )  # fmt: skip
    axes = [{"title": {"text": _(NAMES[kind])}, "tickformat": ",.8~r" if kind in _COUNTED else ",.0f"}
            for kind in kinds]  # fmt: skip
    return figure(traces, height=440, xaxis=axes[0], yaxis=axes[1])


def _told(rank: int, found: Frontier, point: Point, currency: str) -> str:
    ends = _written(found.first, point.first, currency), _written(found.second, point.second, currency)
    return " · ".join([letter(rank), *ends])


def _place(kind: GoalKind, value: Fraction) -> float:
    return float(value if kind in _COUNTED else value / 100)


def _written(kind: GoalKind, value: Fraction, currency: str) -> str:
    return number(value) if kind in _COUNTED else money(round(value), currency)
