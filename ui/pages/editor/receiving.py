"""Rows pasted or imported: read, counted, compared; the differences are shown before anything is staged."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from scenarios.dictionary import HEADER, Table
from scenarios.formats.problems import ScenarioError
from scenarios.language import _
from scenarios.store import Draft
from ui.desk.desk import Desk
from ui.desk.edits import stage
from ui.desk.received_rows import DOCUMENTS, Compared, decoded, from_document, from_lines
from ui.desk.staged import problems, rows
from ui.pages.editor.panel import show_changes, show_faults
from ui.pages.editor.view import title_of

_TURN = "editor-received"
"""How many times something received was staged: what was pasted or chosen is then forgotten."""


def show_receiving(desk: Desk, found: Draft, table: Table, names: Sequence[str]) -> None:
    """Show where to paste or choose a file, then what it would change."""
    turn = st.session_state.setdefault(_TURN, 0)
    accepted = ["csv", *(suffix.removeprefix(".") for suffix in DOCUMENTS)]
    file = st.file_uploader(
        _("Un classeur ou document du scénario entier (.xlsx, .yaml, .json), ou un CSV de cette table"), type=accepted,
        key=f"file-{table.name}-{turn}",
    )  # fmt: skip
    pasted = ""
    if table.name != HEADER:
        titles = ", ".join(title_of(table, name) for name in names)
        pasted = st.text_area(
            _("Ou des lignes copiées d'un tableur"), key=f"paste-{table.name}-{turn}",
            help=_("Nommez les colonnes sur la première ligne, ou suivez cet ordre : {titles}.").format(titles=titles),
        )  # fmt: skip
    if file is None and not pasted.strip():
        return
    whole = st.checkbox(
        _("Retirer les lignes de la table que cet envoi ne contient pas"), key=f"whole-{table.name}-{turn}",
        disabled=file is not None and Path(file.name).suffix.lower() in DOCUMENTS,
    )  # fmt: skip
    try:
        if file is not None and Path(file.name).suffix.lower() in DOCUMENTS:
            compared = from_document(desk, found, file.name, file.getvalue())
        else:
            text = pasted if file is None else decoded(file.name, file.getvalue())
            compared = from_lines(table, names, rows(desk, found, table.name), text, whole=whole)
    except ScenarioError as error:
        show_faults(error.problems, _("Ce qui est reçu ne peut pas être lu ({count} points). Rien n'est préparé."))
        return
    _show_preview(desk, found, compared)


def _show_preview(desk: Desk, found: Draft, compared: Compared) -> None:
    if compared.lines:
        st.text(
            _("Lignes lues : {lines}, dont {same} déjà identiques. Modifications : {count}.").format(
                lines=compared.lines, same=compared.same, count=len(compared.changes)
            )
        )
    if not compared.changes:
        st.info(_("Rien ne change : tout y est déjà."))
        return
    show_changes(compared.changes, "received")
    known = set(problems(desk, found))
    wrong = [problem for problem in problems(desk, found, compared.changes) if problem not in known]
    if wrong:
        show_faults(wrong, _("Une fois préparé, {count} points seraient à corriger avant d'enregistrer."))
    if st.button(_("Préparer ces modifications ({count})").format(count=len(compared.changes)), type="primary"):
        try:
            stage(desk, found.dossier, compared.changes)
        except ScenarioError as error:
            show_faults(error.problems, _("Ces modifications ne peuvent pas être préparées ({count})."))
            return
        st.session_state[_TURN] += 1
        st.rerun()
