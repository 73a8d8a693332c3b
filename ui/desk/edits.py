"""Edits of a dossier: staged by each user, committed with a reason, undone and redone. Nothing is ever overwritten."""

from collections.abc import Sequence

from scenarios.changes import Change
from scenarios.store import Draft, Version
from ui.desk.desk import Desk
from ui.desk.versions import Current
from ui.roles import Action


def draft(desk: Desk, dossier: str) -> Draft:
    """Return what the user has staged in a dossier; it survives a refresh and a crash."""
    desk.require(Action.READ, dossier)
    return desk.store.draft(dossier, desk.user.name)


def stage(desk: Desk, dossier: str, changes: Sequence[Change]) -> Draft:
    """Add changes to what the user has staged. Raises ScenarioError when they do not fit the document."""
    desk.require(Action.EDIT, dossier)
    return desk.store.stage(dossier, desk.user.name, tuple(changes))


def commit(desk: Desk, dossier: str, reason: str) -> Version:
    """Commit what the user has staged, on the last version, with a reason.

    Changes to other places are put together with what others committed meanwhile (``Version.merged``). Raises
    ConflictError when another commit changed the same cells, ScenarioError when the scenario would not be valid,
    RefusedError when nothing is staged, no reason is given, or the dossier is no longer a draft. What is staged stays.
    """
    desk.require(Action.EDIT, dossier)
    return desk.store.commit_draft(dossier, desk.user.name, reason)


def unstage(desk: Desk, dossier: str) -> Draft:
    """Take back the last change staged; ``restage`` puts it again."""
    desk.require(Action.EDIT, dossier)
    return desk.store.unstage_last(dossier, desk.user.name)


def restage(desk: Desk, dossier: str) -> Draft:
    """Stage again the last change taken back."""
    desk.require(Action.EDIT, dossier)
    return desk.store.restage(dossier, desk.user.name)


def discard(desk: Desk, dossier: str) -> Draft:
    """Forget everything the user has staged."""
    desk.require(Action.EDIT, dossier)
    return desk.store.discard(dossier, desk.user.name)


def undo(desk: Desk, opened: Current) -> Version:
    """Commit the inverse of the last commit. Raises RefusedError when there is none, or when others committed since."""
    desk.require(Action.EDIT)
    return desk.store.undo(opened.dossier, desk.user.name, opened.version.id)


def redo(desk: Desk, opened: Current) -> Version:
    """Commit again what was undone last. Raises RefusedError when there is none, or when others committed since."""
    desk.require(Action.EDIT)
    return desk.store.redo(opened.dossier, desk.user.name, opened.version.id)
