"""The dossiers of the store: their cards, an example opened, a document imported."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from scenarios import library
from scenarios.document import Scenario
from scenarios.formats import read
from scenarios.language import N_, _
from scenarios.store import Dossier, RefusedError, Status, Version
from ui.desk.desk import Desk
from ui.desk.plans import known
from ui.desk.versions import current
from ui.plan import Totals
from ui.roles import Action

STATUSES = {Status.DRAFT: N_("brouillon"), Status.SETTLED: N_("arrêté"), Status.ARCHIVED: N_("archivé")}


@dataclass(frozen=True)
class Card:
    """One dossier on the first page. ``totals``: figures of its plan, None while it is not calculated."""

    dossier: Dossier
    scenario: Scenario
    version: Version
    totals: Totals | None


def cards(desk: Desk) -> tuple[Card, ...]:
    """Return the cards of every dossier, the one changed last first."""
    desk.require(Action.READ)
    found = [_card(desk, dossier) for dossier in desk.dossiers()]
    return tuple(sorted(found, key=lambda card: card.version.time, reverse=True))


def examples(desk: Desk) -> tuple[str, ...]:
    """Return the names of the shipped examples that the store does not hold yet."""
    desk.require(Action.READ)
    there = {dossier.name for dossier in desk.store.dossiers()}
    return tuple(name for name in library.names() if name not in there)


def open_example(desk: Desk, name: str) -> Version:
    """Return the last version of a shipped example, put into the store the first time.

    Anybody who reads may: an example is public, and opening it changes nobody's work.
    """
    desk.require(Action.READ)
    if name in {dossier.name for dossier in desk.store.dossiers()}:
        desk.require(Action.READ, name)
        return desk.store.head(name)
    return desk.store.create(name, read(library.find(name)), desk.user.name, _("Exemple livré avec le programme"))


def import_document(desk: Desk, file_name: str, content: bytes, name: str = "") -> Version:
    """Make a dossier of a document received: ``.yaml``, ``.json`` or ``.xlsx``; ``name`` defaults to its code.

    Raises ScenarioError with every problem, RefusedError when a dossier bears that name.
    """
    desk.require(Action.EDIT)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(file_name).name
        path.write_bytes(content)
        scenario = read(path)
    name = name.strip() or scenario.code
    reason = _("Import du fichier {name}").format(name=Path(file_name).name)
    return desk.store.create(name, scenario, desk.user.name, reason)


def status_word(desk: Desk, name: str) -> str:
    """Say in one word how far a dossier is decided."""
    desk.require(Action.READ, name)
    return next(_(STATUSES[dossier.status]) for dossier in desk.store.dossiers() if dossier.name == name)


def set_status(desk: Desk, name: str, status: Status, reason: str) -> Dossier:
    """Settle, archive or open again a dossier; the log of the store keeps who did, when and why.

    Raises RefusedError without a reason, or when the dossier is there already.
    """
    desk.require(Action.SETTLE, name)
    if status_word(desk, name) == (word := _(STATUSES[status])):
        raise RefusedError(_("Le dossier « {name} » est déjà {status}.").format(name=name, status=word))
    return desk.store.set_status(name, status, desk.user.name, reason)


def _card(desk: Desk, dossier: Dossier) -> Card:
    opened = current(desk, dossier.name)
    plan = known(desk, opened)
    return Card(dossier, opened.document, opened.version, plan.totals if plan else None)
