"""What differs in the documents of two scenarios, printed table by table."""

from collections.abc import Sequence
from itertools import groupby

from rich.console import Console

from allocator.comparison.documents import RowChange, RowState
from scenarios.dictionary import HEADER, tables
from scenarios.language import _
from ui.cli.console import say
from ui.compared import row_text

_SIGNS = {RowState.ADDED: "+", RowState.REMOVED: "-", RowState.CHANGED: "~"}
_MOST_ROWS = 30
"""Rows printed of one table; the JSON document has them all."""


def print_inputs(console: Console, inputs: Sequence[RowChange]) -> None:
    """Print the rows that differ, in files' own words; of a row added or withdrawn, only its key."""
    console.print("\n" + _("Données qui changent"), style="bold")
    if not inputs:
        console.print("  " + _("Aucune."))
    for name, found in groupby(inputs, key=lambda row: row.table):
        rows = list(found)
        title = tables()[name].meaning
        console.print(f"{_(title)} ({name})" if name != HEADER else _(title))
        for row in rows[:_MOST_ROWS]:
            say(console, f"  {_SIGNS[row.state]} {row_text(row)}")
        if len(rows) > _MOST_ROWS:
            say(console, "  " + _("… et {count} autres lignes ; --json les donne toutes.").format(
                count=len(rows) - _MOST_ROWS
            ))  # fmt: skip
