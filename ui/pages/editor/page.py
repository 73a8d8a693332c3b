"""One page of an editor: a table chosen, its rows, what is staged beside them, and the other ways to edit."""

from collections.abc import Sequence

import streamlit as st

from scenarios.dictionary import Table, tables
from scenarios.language import _
from scenarios.store import Draft, Status
from ui.desk.desk import Desk
from ui.desk.dossiers import status_word
from ui.desk.edits import draft
from ui.desk.staged import problems, rows
from ui.desk.versions import Current
from ui.pages import session
from ui.pages.choosing import chosen
from ui.pages.editor.conflicts import show_conflict
from ui.pages.editor.files import show_files
from ui.pages.editor.form import show_form
from ui.pages.editor.grid import forget, show_grid, show_read_only, staged_from_grid
from ui.pages.editor.panel import show_faults, show_staged
from ui.pages.editor.receiving import show_receiving
from ui.pages.editor.view import ask_view, columns_shown, rows_shown
from ui.roles import Action

TABLE = "table"


def show_editor(opened: Current, names: Sequence[str]) -> None:
    """Show the editor of the tables of a page; whoever may not edit, or reads a former version, reads them."""
    desk = session.desk()
    named = {_parameter(name): tables()[name].title for name in names}
    code = chosen(_("Table"), TABLE, named) if len(named) > 1 else next(iter(named))
    table = next(tables()[name] for name in names if _parameter(name) == code)
    why_not = reading_only(desk, opened)
    if why_not:
        st.info(why_not)
        _read(desk, opened, table)
        return
    refused = staged_from_grid(desk, opened.dossier, table)
    found = draft(desk, opened.dossier)
    _say_found_again(found)
    show_conflict(desk, found)
    left, right = st.columns([7, 3], gap="medium")
    with left:
        everything = rows(desk, found, table.name)
        view = ask_view(table, everything)
        show_grid(desk, found, table, view, keep=refused is not None)
        if refused is not None:
            show_faults(refused.problems, _("Ce que vous venez de taper ne peut pas être préparé ({count})."))
            if st.button(_("Renoncer à cette saisie et recharger le tableau")):
                forget(opened.dossier, table)
                st.rerun()
        wrong = problems(desk, found)
        if wrong:
            show_faults(wrong, _("À corriger avant d'enregistrer : {count}."))
        _show_other_ways(desk, opened, found, table)
    with right:
        show_staged(desk, opened, found)


def reading_only(desk: Desk, opened: Current) -> str:
    """Say why nothing can be changed here; empty when it can."""
    if not desk.user.may(Action.EDIT):
        return _("Vos rôles permettent de lire ces données, pas de les modifier.")
    if not opened.is_head:
        return _("Revenez à la dernière version pour modifier ces données.")
    status = next(one.status for one in desk.store.dossiers() if one.name == opened.dossier)
    if status is not Status.DRAFT:
        return _("Ce scénario est {status} : rouvrez-le pour le modifier.").format(
            status=status_word(desk, opened.dossier)
        )
    return ""


def _show_other_ways(desk: Desk, opened: Current, found: Draft, table: Table) -> None:
    everything = rows(desk, found, table.name)
    names = columns_shown(table, everything, everything=False)
    with st.expander(_("Modifier une ligne par formulaire")):
        show_form(desk, found, table)
    with st.expander(_("Coller des lignes ou importer un fichier")):
        show_receiving(desk, found, table, names)
    show_files(opened, table, names, everything, is_draft=bool(found.steps))


def _read(desk: Desk, opened: Current, table: Table) -> None:
    everything = rows(desk, Draft(opened.dossier, desk.user.name, opened.version.id), table.name)
    view = ask_view(table, everything)
    names = columns_shown(table, everything, everything=view.everything)
    shown = rows_shown(table, everything, view)
    show_read_only(table, names, shown)
    show_files(opened, table, names, everything, is_draft=False)


def _say_found_again(found: Draft) -> None:
    """Say once in each tab that what was staged before is still there."""
    key = f"found-again-{found.dossier}"
    if key not in st.session_state and found.steps:
        st.info(_("Vous aviez préparé des modifications ({count}) : les voici.").format(count=len(found.changes)))
    st.session_state[key] = True


def _parameter(name: str) -> str:
    return name or "en-tete"
