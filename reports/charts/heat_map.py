"""The plan as a heat map: operations x partners, the share of its amount to fund that each partner brings."""

from fractions import Fraction

import plotly.graph_objects as go

from allocator.words import money, percent
from reports.charts.chart import Chart, figure, shown
from reports.charts.palette import SCALE
from reports.charts.table import Cell, Column, Unit, table_of
from reports.layout.figures import Figures
from scenarios.document import Operation, Partner
from scenarios.language import _

MOST = 60
"""Operations drawn, the largest ones; the table has them all."""


def chart(figures: Figures) -> Chart:
    """Draw who brings which share of each operation; the last column is what nobody brings."""
    operations = sorted(figures.scenario.operations, key=lambda line: _order(figures, line))
    partners = figures.in_order({partner for (_code, partner), cents in figures.committed.items() if cents})
    title = _("Qui apporte quelle part de chaque opération")
    columns = (
        Column(_("Opération")), Column(_("Intitulé")), Column(_("À financer"), Unit.AMOUNT),
        *(Column(f"{partner.label} ({partner.code})", Unit.AMOUNT) for partner in partners),
        Column(_("Reste à financer"), Unit.AMOUNT),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (line.code, line.label, line.to_fund, *_amounts(figures, line, partners)) for line in operations
    ]
    largest = {line.code for line in sorted(operations, key=lambda line: (-line.to_fund, line.code))[:MOST]}
    note = _("Opérations non financées d'abord. Chaque ligne fait 100 % de ce qui est à financer.")
    if len(operations) > MOST:
        note += " " + _("Les {count} plus coûteuses sont dessinées ; le tableau les a toutes.").format(count=MOST)
    heads = [*(shown(partner.label, 22) for partner in partners), _("Reste à financer")]
    drawn = _drawn(figures, [line for line in operations if line.code in largest], partners, heads)
    return Chart("parts-par-operation", title, note, drawn, table_of(title, columns, rows, figures))


def _order(figures: Figures, line: Operation) -> tuple[bool, bool, str, str]:
    """Put operations that are not funded first, then those funded in part; by project then code."""
    funded = figures.funded(line.code)
    return funded >= line.to_fund, funded > 0, line.project, line.code


def _amounts(figures: Figures, line: Operation, partners: tuple[Partner, ...]) -> list[int]:
    brought = [figures.amount(line.code, partner.code) for partner in partners]
    return [*brought, line.to_fund - sum(brought)]


def _drawn(figures: Figures, operations: list[Operation], partners: tuple[Partner, ...], heads: list[str]) -> go.Figure:
    shares, words, told = [], [], []
    for line in operations:
        amounts = _amounts(figures, line, partners)
        parts = [Fraction(cents, line.to_fund) if line.to_fund else Fraction(0) for cents in amounts]
        shares.append([float(part) if part else None for part in parts])
        words.append([_written(part) for part in parts])
        told.append([_cell(figures, line, head, cents) for head, cents in zip(heads, amounts, strict=True)])
    columns, rows = list(range(len(heads))), list(range(len(operations)))
    names = [f"{shown(line.code)} · {shown(line.label, 26)}" for line in operations]
    heat = go.Heatmap(
        z=shares, x=columns, y=rows, text=words, texttemplate="%{text}", customdata=told,
        hovertemplate="%{customdata}<extra></extra>", colorscale=SCALE, zmin=0, zmax=1, xgap=1, ygap=1,
        colorbar={
            "title": {"text": _("Part")}, "thickness": 12, "lenmode": "pixels", "len": 240, "y": 1, "yanchor": "top",
            "tickvals": [0, 0.5, 1], "ticktext": [percent(Fraction(half, 2)) for half in range(3)],
        },
    )  # fmt: skip
    return figure(
        [heat], height=150 + 26 * max(4, len(rows)),
        xaxis={"tickvals": columns, "ticktext": heads, "side": "top", "tickangle": -35, "showgrid": False,
               "zeroline": False},
        yaxis={"tickvals": rows, "ticktext": names, "autorange": "reversed", "showgrid": False,
               "zeroline": False},
    )  # fmt: skip


def _cell(figures: Figures, line: Operation, head: str, cents: int) -> str:
    return f"{shown(line.label)} ({shown(line.code)}) · {head} : {money(cents, figures.scenario.currency)}"


def _written(part: Fraction) -> str:
    """Write a share in whole percents; one that would be written as none, or as the whole, is not one."""
    if not part:
        return ""
    whole = round(part * 100)
    if whole == 0:
        return _("< {rate}").format(rate=percent(Fraction(1, 100)))
    if whole == 100 and part != 1:
        return _("> {rate}").format(rate=percent(Fraction(99, 100)))
    return percent(Fraction(whole, 100))
