"""The scenario as a workbook: taken, corrected, brought back; errors by sheet and cell, differences, then a reason."""

from hashlib import sha256

import streamlit as st

from reports.charts.table import Column, Table
from scenarios.changes import Change, sentence
from scenarios.formats.problems import ScenarioError
from scenarios.language import _, spoken
from scenarios.limits import DOCUMENT
from scenarios.store import StoreError
from ui.desk.corrections import ask_correction, ask_scenario_workbook, commit_correction
from ui.desk.desk import Desk
from ui.desk.versions import Current
from ui.pages.drawing import XLSX, show_table
from ui.pages.problems import show_problems
from ui.pages.waiting import asked, finished, requested
from ui.roles import NotAllowedError

_DONE = "correction-done"


def show_corrections(desk: Desk, opened: Current) -> None:
    """Show the way to take the scenario, then to bring it back corrected."""
    st.subheader(_("Corriger le scénario dans un tableur"))
    done: tuple[str, str] | None = st.session_state.get(_DONE)
    if done is not None and done[0] == opened.version.id:
        st.success(done[1])
    ticket = requested(
        "scenario-file", f"{spoken()} {opened.version.id}", _("Préparer le classeur du scénario"),
        lambda: ask_scenario_workbook(desk, opened),
    )  # fmt: skip
    if ticket is not None and finished(ticket, "scenario-file"):
        name = f"scenario_{opened.document.code}_v{opened.version.number}.xlsx"
        st.download_button(
            _("Télécharger {name}").format(name=name), data=ticket.result, file_name=name, mime=XLSX,
            on_click="ignore", key="scenario-download",
        )  # fmt: skip
    received = st.file_uploader(
        _("Rapporter le classeur corrigé (.xlsx, {size} Mo au plus)").format(size=DOCUMENT.mega), type=["xlsx"],
        max_upload_size=DOCUMENT.mega, key="correction-file",
    )  # fmt: skip
    if received is not None:
        _show_received(desk, opened, received.name, received.getvalue())


def _show_received(desk: Desk, opened: Current, name: str, content: bytes) -> None:
    wanted = f"{spoken()} {opened.version.id} {name} {sha256(content).hexdigest()}"
    try:
        ticket = asked("correction", wanted, lambda: ask_correction(desk, opened, name, content))
    except ScenarioError as error:
        show_problems(error)
        return
    if not finished(ticket, "correction"):
        return
    if ticket.result.problems:
        show_problems(ScenarioError(ticket.result.problems))
        return
    if not ticket.result.changes:
        st.info(_("Ce classeur dit la même chose que la version {number}.").format(number=opened.version.number))
        return
    _show_differences(desk, opened, ticket.result.changes)


def _show_differences(desk: Desk, opened: Current, changes: tuple[Change, ...]) -> None:
    count = len(changes)
    st.write(
        _("1 différence avec la version {number} :").format(number=opened.version.number)
        if count == 1
        else _("{count} différences avec la version {number} :").format(count=count, number=opened.version.number)
    )
    scenario = opened.document
    rows = tuple((sentence(change),) for change in changes)
    stamp = f"{scenario.code} · v{opened.version.number}"
    title = _("Différence")
    table = Table(title, (Column(title),), rows, scenario.currency, scenario.reference_date, stamp)
    show_table(table, "correction-changes", f"differences_{opened.dossier}_v{opened.version.number}")
    reason = st.text_input(_("Motif de la correction"), key="correction-reason")
    if not st.button(_("Enregistrer ces différences"), type="primary"):
        return
    try:
        version = commit_correction(desk, opened, changes, reason)
    except ScenarioError as error:
        show_problems(error)
    except (StoreError, NotAllowedError) as error:
        st.error(str(error))
    else:
        merged = _(" Elle réunit aussi ce que d'autres avaient enregistré.") if version.merged else ""
        st.session_state[_DONE] = version.id, _("Version {number} enregistrée.").format(number=version.number) + merged
        st.rerun()
