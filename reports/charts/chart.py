"""A chart: a figure, what it shows, the table behind it, and the file of the figure, which opens without a network."""

from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from reports.charts.palette import INK
from reports.charts.table import Table
from scenarios.language import _, spoken

CONFIG = {"displaylogo": False, "toImageButtonOptions": {"format": "svg"}, "showSendToCloud": False}
"""Buttons of a figure: its image is an SVG, and nothing is ever sent anywhere."""

_LABEL = 34


@dataclass(frozen=True)
class Chart:
    """``name`` names its files; ``note`` says what it shows, what it leaves out and how to read it."""

    name: str
    title: str
    note: str
    figure: go.Figure
    table: Table

    def html(self) -> bytes:
        """Return a page that holds the figure whole, and saves it as SVG with its camera button."""
        body = self.figure.to_html(full_html=False, include_plotlyjs=True, config=CONFIG, div_id="chart")
        page = (
            f'<!doctype html><html lang="{spoken()}"><head><meta charset="utf-8"><title>{escape(self.title)}</title>'
            f'</head><body style="font-family: Arial, sans-serif; color: {INK}"><h1>{escape(self.title)}</h1>'
            f"<p>{escape(self.note)}</p>{body}</body></html>"
        )
        return page.encode()


def figure(traces: list[object], **layout: object) -> go.Figure:
    """Return a figure with the look of the house: numbers of the language spoken, legend above, no decoration."""
    separators = ",\u202f" if spoken() == "fr" else ".,"
    usual = {
        "template": "plotly_white", "separators": separators, "margin": {"l": 10, "r": 10, "t": 40, "b": 10},
        "font": {"size": 14}, "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
    }  # fmt: skip
    return go.Figure(data=traces, layout={**usual, **layout})


def shown(text: str, most: int = _LABEL) -> str:
    """Write a text of a user on a figure: cut when it is long, its characters never being marks of layout."""
    cut = text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
    return escape(cut, quote=False)


def units(cents: int) -> float:
    """Return the length of what stands for an amount: in units of the currency, for drawing only."""
    return cents / 100


def others(count: int) -> str:
    """Name what is drawn together."""
    return _("{count} autres").format(count=count)
