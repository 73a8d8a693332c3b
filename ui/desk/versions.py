"""One version of a dossier, opened: its document, its rules in force, and where it stands in the history."""

from dataclasses import dataclass
from functools import lru_cache

from scenarios.document import Scenario
from scenarios.fingerprint import fingerprint
from scenarios.language import _
from scenarios.rulebooks import Law
from scenarios.store import Store, UnknownError, Version
from ui.desk.desk import Desk
from ui.received import Received, resolved
from ui.roles import Action

OPENED = 64
"""Versions kept opened in memory by one server."""


@dataclass(frozen=True)
class Current:
    """What every page shows: a version, its scenario as written and with the rules in force, and the law it employs.

    ``fingerprint``: that of the scenario with its rules in force, which the plan of the version bears.
    """

    version: Version
    received: Received
    fingerprint: str
    is_head: bool

    @property
    def dossier(self) -> str:
        """Name of the dossier."""
        return self.version.dossier

    @property
    def document(self) -> Scenario:
        """The scenario as written: what editors change."""
        return self.received.document

    @property
    def scenario(self) -> Scenario:
        """The scenario with the rules in force: what is calculated."""
        return self.received.scenario

    @property
    def law(self) -> Law:
        """The law it employs."""
        return self.received.law


def current(desk: Desk, dossier: str, number: int | None = None) -> Current:
    """Open a version of a dossier by its number, the last one when None.

    Raises UnknownError when there is no such dossier or no such number, ScenarioError when a rule has no value at a
    date.
    """
    desk.require(Action.READ, dossier)
    head = desk.store.head(dossier)
    version = head if number is None else _numbered(desk, dossier, number)
    return _current(desk, version, is_head=version.id == head.id)


def parent(desk: Desk, opened: Current) -> Current | None:
    """Open the version before; None for the first."""
    desk.require(Action.READ)
    if opened.version.parent is None:
        return None
    return _current(desk, desk.store.version(opened.version.parent), is_head=False)


def history(desk: Desk, dossier: str) -> tuple[Version, ...]:
    """Return the versions of a dossier, the last one first."""
    desk.require(Action.READ, dossier)
    return desk.store.history(dossier)[::-1]


@lru_cache(maxsize=OPENED)
def received(store: Store, version_id: str) -> tuple[Received, str]:
    """Return the scenario of a version with its rules in force, and its fingerprint; versions never change."""
    found = resolved(store.scenario_of(version_id))
    return found, fingerprint(found.scenario)


def _current(desk: Desk, version: Version, *, is_head: bool) -> Current:
    return Current(version, *received(desk.store, version.id), is_head=is_head)


def _numbered(desk: Desk, dossier: str, number: int) -> Version:
    for version in desk.store.history(dossier):
        if version.number == number:
            return version
    raise UnknownError(_("Le dossier « {name} » n'a pas de version {number}.").format(name=dossier, number=number))
