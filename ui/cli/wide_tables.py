"""Tables whose codes and amounts are never cut: a console too narrow for them gets longer lines."""

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

from scenarios.language import _

_UNLIMITED = 10_000
"""A width no table reaches: rich measures a table within the width it is given."""

_LABEL = 8
"""Least width of labels, which fold."""


def labelled(title: str) -> Table:
    """Return a table without rows, whose first two columns are a code and a label."""
    table = Table(
        title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False, header_style="bold"
    )
    table.add_column(_("Code"), no_wrap=True)
    table.add_column(_("Intitulé"), overflow="fold", min_width=_LABEL)
    return table


def add_words(table: Table, heading: str = "") -> None:
    """Add a column of short words."""
    table.add_column(heading, no_wrap=True)


def add_amounts(table: Table, *headings: str) -> None:
    """Add columns of amounts."""
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)


def show(console: Console, table: Table) -> None:
    """Print a table that has rows, and nothing for one that has none."""
    for column in table.columns:
        if column.no_wrap:
            column.min_width = max((len(line) for cell in column.cells for line in str(cell).splitlines()), default=0)
    if not table.row_count:
        return
    width = console.width
    unlimited = console.options.update(width=_UNLIMITED)
    console.width = max(width, Measurement.get(console, unlimited, table).minimum)
    console.print()
    console.print(table)
    console.width = width
