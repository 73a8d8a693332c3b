"""What is staged, beside the rows: listed, taken back, staged again, discarded, or committed with a reason."""

from collections.abc import Iterable, Sequence

import pandas as pd
import streamlit as st

from scenarios.changes import ORDER, ORDERED, CellChanged, Change, RowAdded
from scenarios.dictionary import HEADER, tables
from scenarios.formats.problems import Problem, ScenarioError
from scenarios.language import _
from scenarios.store import ConflictError, Draft, RefusedError, StoreError
from ui.desk.cells import choice_face
from ui.desk.desk import Desk
from ui.desk.edits import commit, discard, redo, restage, undo, unstage
from ui.desk.plans import ask
from ui.desk.staged import overtaken_by, problems
from ui.desk.versions import Current, current
from ui.pages import frame
from ui.pages.editor.conflicts import remember_conflict
from ui.pages.editor.view import cell_face, title_of
from ui.roles import Action

_SAID = "editor-said"
LISTED = 500
"""Changes shown one by one; beyond, the last ones only."""


def show_staged(desk: Desk, opened: Current, found: Draft) -> None:
    """Show what is staged and what can be done with it."""
    said = st.session_state.pop(_SAID, None)
    if said is not None:
        st.success(said)
        frame.link("repartition", _("Voir ce que cela change dans la répartition"))
    st.subheader(_("Modifications préparées"))
    if found.steps:
        st.caption(
            _("1 modification, non enregistrée.")
            if len(found.changes) == 1
            else _("{count} modifications, non enregistrées.").format(count=len(found.changes))
        )
        show_changes(found.changes, "staged")
    else:
        st.info(_("Aucune. Tapez dans le tableau, remplissez le formulaire ou importez un fichier."))
    _show_steps(desk, found)
    if not found.steps:
        _show_versions(desk, opened)
        return
    head = overtaken_by(desk, found)
    if head is not None:
        st.warning(
            _(
                "{author} a enregistré la version {number} depuis. À l'enregistrement, vos modifications la "
                "rejoindront si elles touchent d'autres cellules."
            ).format(author=head.author, number=head.number)
        )
    wrong = problems(desk, found)
    if wrong:
        st.error(_("À corriger avant d'enregistrer : {count}. Le détail est sous le tableau.").format(count=len(wrong)))
    _show_commit(desk, found)


def show_changes(changes: Sequence[Change], key: str) -> None:
    """List changes: where, before, after."""
    if len(changes) > LISTED:
        st.caption(_("Les {count} dernières :").format(count=LISTED))
    columns = [_("Ligne"), _("Avant"), _("Après"), _("Colonne"), _("Table")]
    lines = [_line(change) for change in changes[-LISTED:]]
    st.dataframe(
        pd.DataFrame(lines, columns=columns, dtype=object), hide_index=True, width="stretch", placeholder="",
        key=f"changes-{key}",
    )  # fmt: skip


def show_faults(found: Iterable[Problem], title: str) -> None:
    """List what is wrong by table, row and column, each with what to do."""
    rows = [_fault(problem) for problem in found]
    st.error(title.format(count=len(rows)))
    columns = [_("Ligne"), _("Colonne"), _("Trouvé"), _("Que faire"), _("Attendu"), _("Table")]
    st.dataframe(pd.DataFrame(rows, columns=columns, dtype=object), hide_index=True, width="stretch", placeholder="")


def _show_steps(desk: Desk, found: Draft) -> None:
    back, forth = st.columns(2)
    if back.button(_("Annuler"), disabled=not found.steps, width="stretch", help=_("Retire la dernière modification")):
        unstage(desk, found.dossier)
        st.rerun()
    if forth.button(
        _("Rétablir"), disabled=not found.undone, width="stretch", help=_("Remet ce qui vient d'être annulé")
    ):
        restage(desk, found.dossier)
        st.rerun()
    with st.popover(_("Abandonner"), disabled=not found.steps, width="stretch"):
        st.write(_("Toutes les modifications préparées seront oubliées ; rien d'enregistré n'est touché."))
        if st.button(_("Abandonner toutes les modifications")):
            discard(desk, found.dossier)
            st.rerun()


def _show_versions(desk: Desk, opened: Current) -> None:
    """Undo and redo what is committed: each makes a version, nothing is erased."""
    if opened.version.parent is None:
        return
    st.caption(
        _("Version {number} : {reason}").format(number=opened.version.number, reason=frame.plain(opened.version.reason))
    )
    try:
        if st.button(_("Défaire la dernière version"), width="stretch"):
            undo(desk, opened)
            st.rerun()
        if st.button(_("Refaire la version défaite"), width="stretch"):
            redo(desk, opened)
            st.rerun()
    except RefusedError as error:
        st.info(str(error))


def _show_commit(desk: Desk, found: Draft) -> None:
    with st.form("editor-commit", border=False):
        reason = st.text_input(_("Motif de ces modifications"), placeholder=_("délibération, arbitrage, correction…"))
        st.caption(_("Enregistré au nom de {author}.").format(author=frame.plain(desk.user.name)))
        sent = st.form_submit_button(_("Enregistrer une version"), type="primary", width="stretch")
    if not sent:
        return
    try:
        version = commit(desk, found.dossier, reason)
    except ConflictError as error:
        remember_conflict(error)
        st.rerun()
    except ScenarioError as error:
        st.error(
            _("Rien n'est enregistré : {count} points à corriger, sous le tableau.").format(count=len(error.problems))
        )
    except StoreError as error:
        st.error(str(error))
    else:
        st.session_state[_SAID] = (
            _("Version {number} enregistrée, réunie avec ce que d'autres ont enregistré entre-temps.")
            if version.merged
            else _("Version {number} enregistrée.")
        ).format(number=version.number)
        if desk.user.may(Action.CALCULATE):
            ask(desk, current(desk, found.dossier))  # its plan is being calculated while the user reads on
        st.rerun()


def _line(change: Change) -> tuple[str, ...]:
    row, table = " · ".join(filter(None, change.key)), _titled(change.table)
    if not isinstance(change, CellChanged):
        cells = ", ".join(text for _name, text in change.cells)
        if isinstance(change, RowAdded):
            return row, "", cells, _("ligne ajoutée"), table
        return row, cells, "", _("ligne retirée"), table
    if (change.table, change.column) == (ORDERED, ORDER):
        return "", _order(change.before), _order(change.after), _("ordre"), table
    sides = (cell_face(change.table, change.column, text) for text in (change.before, change.after))
    return row, *sides, title_of(tables()[change.table], change.column), table


def _order(kinds: str | None) -> str:
    return ", ".join(choice_face(kind) for kind in (kinds or "").split("|"))


def _titled(table: str) -> str:
    return tables()[table].title if table in tables() else table


def _fault(problem: Problem) -> tuple[str, ...]:
    table = tables().get(problem.table)
    column = problem.column or ""
    if table is not None and table.column(column) is not None:
        column = title_of(table, column)
    row = " · ".join(filter(None, problem.key))
    if not row and problem.row is not None and problem.table != HEADER:
        row = str(problem.row)
    return row, column, problem.found, problem.advice, problem.expected, _titled(problem.table)
