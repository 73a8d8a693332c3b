"""What differs in the documents of two scenarios, printed table by table."""

from collections.abc import Sequence
from itertools import groupby

from rich.console import Console

from allocator.comparison.documents import Edit, RowChange, RowState
from scenarios.dictionary import HEADER, tables
from scenarios.language import N_, _
from scenarios.wording import quoted
from ui.cli.console import say

_SIGNS = {RowState.ADDED: "+", RowState.REMOVED: "-", RowState.CHANGED: "~"}
_STATES = {RowState.ADDED: N_("ajouté"), RowState.REMOVED: N_("retiré"), RowState.CHANGED: N_("changé")}
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
            say(console, f"  {_SIGNS[row.state]} {_row(row)}")
        if len(rows) > _MOST_ROWS:
            say(console, "  " + _("… et {count} autres lignes ; --json les donne toutes.").format(
                count=len(rows) - _MOST_ROWS
            ))  # fmt: skip


def _row(row: RowChange) -> str:
    key = " · ".join(filter(None, row.key))
    if row.state is not RowState.CHANGED:
        return _("{key} : {state}").format(key=key, state=_(_STATES[row.state]))
    edits = _(" ; ").join(map(_edit, row.edits))
    return _("{key} : {edits}").format(key=key, edits=edits) if key else edits


def _edit(edit: Edit) -> str:
    before, after = (_("rien") if value is None else quoted([str(value)]) for value in (edit.before, edit.after))
    return _("{column} {before} → {after}").format(column=edit.column, before=before, after=after)
