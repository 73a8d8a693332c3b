"""Who pays what: from each partner to the projects, or to the natures of operations, that its commitments fund."""

from collections import Counter
from enum import StrEnum

import plotly.graph_objects as go

from allocator.words import money
from reports.charts.chart import Chart, figure, others, shown, units
from reports.charts.palette import COLOURS, GREY, veil
from reports.charts.table import Column, Unit, table_of
from reports.layout.figures import Figures
from scenarios.language import N_, _

MOST = 14
"""Partners, and projects or natures, drawn one by one; the smaller ones are drawn together."""


class Towards(StrEnum):
    """Where the money goes."""

    PROJECT = "project"
    NATURE = "nature"


TITLES = {Towards.PROJECT: N_("Qui paie quoi, par projet"), Towards.NATURE: N_("Qui paie quoi, par nature d'opération")}
_HEADS = {Towards.PROJECT: N_("Projet"), Towards.NATURE: N_("Nature")}


def chart(figures: Figures, towards: Towards) -> Chart:
    """Draw the commitments of a plan; the share of owners in their own operations is theirs as any other."""
    flows: Counter[tuple[str, str]] = Counter()
    for (operation, partner), cents in figures.committed.items():
        flows[partner, getattr(figures.index.operations[operation], towards.value)] += cents
    partners = [partner.code for partner in figures.in_order({payer for payer, _place in flows})]
    places = sorted({place for _payer, place in flows})
    title = _(TITLES[towards])
    rows = [
        (payer, figures.index.partners[payer].label, place, _label(figures, towards, place), flows[payer, place])
        for payer in partners
        for place in places
        if flows[payer, place]
    ]
    columns = (
        Column(_("Code")), Column(_("Partenaire")), Column(_(_HEADS[towards])), Column(_("Intitulé")),
        Column(_("Engagé"), Unit.AMOUNT),
    )  # fmt: skip
    note = _("Engagements de toutes les années, part des maîtres d'ouvrage comprise : {total} en tout.").format(
        total=money(flows.total(), figures.scenario.currency)
    )
    drawn = _drawn(figures, flows, partners, [(place, _label(figures, towards, place)) for place in places])
    return Chart(f"qui-paie-quoi-{towards.value}", title, note, drawn, table_of(title, columns, rows, figures))


def _label(figures: Figures, towards: Towards, place: str) -> str:
    return figures.index.projects[place].label if towards is Towards.PROJECT else place


def _drawn(
    figures: Figures, flows: Counter[tuple[str, str]], partners: list[str], places: list[tuple[str, str]]
) -> go.Figure:
    currency = figures.scenario.currency
    left = _nodes(Counter(_summed(flows, 0)), [(code, figures.index.partners[code].label) for code in partners])
    right = _nodes(Counter(_summed(flows, 1)), places)
    labels = [*dict.fromkeys(left.values()), *dict.fromkeys(right.values())]
    first = len(dict.fromkeys(left.values()))
    ranks = [{label: rank for rank, label in enumerate(dict.fromkeys(side.values()))} for side in (left, right)]
    links: Counter[tuple[int, int]] = Counter()
    for (payer, place), cents in flows.items():
        links[ranks[0][left[payer]], first + ranks[1][right[place]]] += cents
    through: Counter[int] = Counter()
    for ends, cents in links.items():
        for end in ends:
            through[end] += cents
    names = [f"{label} · {money(through[rank], currency)}" for rank, label in enumerate(labels)]
    colours = [COLOURS[rank % len(COLOURS)] if rank < first else GREY for rank in range(len(labels))]
    told = [
        f"{labels[source]} → {labels[target]} : {money(cents, currency)}" for (source, target), cents in links.items()
    ]
    sankey = go.Sankey(
        node={"label": names, "color": colours, "pad": 14, "thickness": 16, "hovertemplate": "%{label}<extra></extra>"},
        link={
            "source": [source for source, _target in links], "target": [target for _source, target in links],
            "value": [units(cents) for cents in links.values()],
            "color": [veil(colours[source]) for source, _target in links], "customdata": told,
            "hovertemplate": "%{customdata}<extra></extra>",
        },
    )  # fmt: skip
    return figure([sankey], height=max(360, 34 * max(first, len(labels) - first)))


def _summed(flows: Counter[tuple[str, str]], side: int) -> Counter[str]:
    sums: Counter[str] = Counter()
    for ends, cents in flows.items():
        sums[ends[side]] += cents
    return sums


def _nodes(sums: Counter[str], named: list[tuple[str, str]]) -> dict[str, str]:
    """Give the label of each code: its own, or the one under which the smallest are drawn together."""
    largest = {code for code, _sum in sorted(sums.items(), key=lambda one: (-one[1], one[0]))[:MOST]}
    small = others(len(named) - len(largest))
    taken = Counter(label for _code, label in named)
    return {
        code: small if code not in largest else shown(label if taken[label] == 1 else f"{label} ({code})")
        for code, label in named
    }
