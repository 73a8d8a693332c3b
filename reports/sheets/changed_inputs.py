"""Sheet « Données qui changent »: every cell of the two documents that is not the same."""

from collections.abc import Sequence

from allocator.comparison.documents import RowChange, RowState
from reports.layout.page import Page
from scenarios.dictionary import HEADER, tables
from scenarios.language import N_, _

NAME = N_("Données qui changent")
_HEAD = 3
_COLUMNS: tuple[tuple[str, float], ...] = (
    (N_("Table"), 24), (N_("Ligne"), 34), (N_("Changement"), 12), (N_("Colonne"), 24), (N_("Avant"), 40),
    (N_("Après"), 40),
)  # fmt: skip
_STATES = {RowState.ADDED: N_("ajoutée"), RowState.REMOVED: N_("retirée"), RowState.CHANGED: N_("changée")}


def write(page: Page, inputs: Sequence[RowChange]) -> None:
    """Write one line per cell, in the words of files."""
    page.columns([width for _head, width in _COLUMNS])
    page.top(_("Données qui changent"), _("Dans les mots des fichiers : montants en unités, taux exacts."))
    page.heads(_HEAD, [_(head) for head, _width in _COLUMNS])
    row = _HEAD
    for change in inputs:
        name = _(tables()[change.table].meaning) if change.table == HEADER else change.table
        for edit in change.edits:
            row += 1
            key = " · ".join(filter(None, change.key))
            texts = (name, key, _(_STATES[change.state]), edit.column, edit.before or "", edit.after or "")
            for column, text in enumerate(texts):
                page.text(row, column, text, "wrapped")
    if row == _HEAD:
        page.text(row + 1, 0, _("Aucune donnée ne change."), "note")
    page.finish(_HEAD)
