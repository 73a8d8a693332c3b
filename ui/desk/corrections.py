"""The scenario as a workbook: taken away, corrected, brought back; what differs is seen before it is committed."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from scenarios.changes import Change, difference
from scenarios.document import Scenario
from scenarios.formats import read, workbook
from scenarios.formats.problems import Problem, ScenarioError
from scenarios.language import _
from scenarios.limits import DOCUMENT, MEGA
from scenarios.store import Version
from ui.desk.desk import Desk
from ui.desk.versions import Current
from ui.roles import Action
from ui.solving.tasks import Call
from ui.solving.ticket import Ticket


@dataclass(frozen=True)
class Corrected:
    """What a workbook changes, or everything that must be put right in it first."""

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...] = ()


def ask_scenario_workbook(desk: Desk, opened: Current) -> Ticket[bytes]:
    """Ask for the scenario of a version as a workbook to correct."""
    desk.require(Action.EXPORT)
    return desk.queue.submit(desk.session, Call(scenario_workbook, (opened.document,)))


def scenario_workbook(document: Scenario) -> bytes:
    """Return the workbook, in a worker."""
    return workbook.render(document)


def ask_correction(desk: Desk, opened: Current, file_name: str, content: bytes) -> Ticket[Corrected]:
    """Ask what a workbook changes of a version. Raises ScenarioError for a file too large or of another kind."""
    desk.require(Action.EDIT)
    name = PurePosixPath(file_name.replace("\\", "/")).name
    if len(content) > DOCUMENT.bytes:
        size = _("{size} Mo").format(size=-(-len(content) // MEGA))
        expected = _("{size} Mo au plus").format(size=DOCUMENT.mega)
        raise ScenarioError([Problem(name, None, None, size, expected, DOCUMENT.advice)])
    if not name.lower().endswith(".xlsx"):
        advice = _("Enregistrez le classeur au format .xlsx.")
        raise ScenarioError([Problem(name, None, None, _("un autre fichier"), _("un classeur .xlsx"), advice)])
    return desk.queue.submit(desk.session, Call(corrected, (opened.document, name, content)))


def corrected(before: Scenario, name: str, content: bytes) -> Corrected:
    """Read a workbook and compare it, in a worker; nothing is written but in a folder of its own."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(content)
            return Corrected(difference(before, read(path)))
    except ScenarioError as error:
        return Corrected((), tuple(error.problems))


def commit_correction(desk: Desk, opened: Current, changes: Sequence[Change], reason: str) -> Version:
    """Commit what a workbook changes of the version opened, with a reason.

    Raises ConflictError when others committed changes to the same places, ScenarioError when the scenario would not be
    valid, RefusedError without a reason or when the dossier is no longer a draft. Nothing is written then.
    """
    desk.require(Action.EDIT)
    return desk.store.commit(opened.dossier, opened.version.id, tuple(changes), desk.user.name, reason)
