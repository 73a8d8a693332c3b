"""The people of the committee: roles, partner, and the log of who did what, with what is wrong in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from scenarios.language import _
from scenarios.store import LogEntry, Person, RefusedError
from ui.desk.desk import Desk
from ui.identities import identity_named
from ui.roles import Action, Role


@dataclass(frozen=True)
class Journal:
    """Who did what, the last entry first, and every fault that reading it all again finds."""

    entries: tuple[LogEntry, ...]
    faults: tuple[str, ...]


def people(desk: Desk) -> tuple[Person, ...]:
    """Return everybody whose roles the store keeps."""
    desk.require(Action.ADMINISTER)
    return desk.store.people()


def keep_person(desk: Desk, identity: str, roles: Iterable[Role], partner: str = "") -> Person:
    """Give somebody roles and a partner, in place of those they had; no role at all refuses them.

    Raises RefusedError when the identity cannot be one, or nothing changes.
    """
    desk.require(Action.ADMINISTER)
    named = identity_named(identity)
    if named is None:
        raise RefusedError(
            _("Identité : celle que donne le fournisseur, sans virgule ni parenthèse (le plus souvent une adresse).")
        )
    person = Person(named, frozenset(str(role) for role in roles), partner.strip() or None)
    return desk.store.keep_person(person, desk.user.name)


def forget_person(desk: Desk, identity: str) -> None:
    """Take somebody away: they are unknown again. Raises RefusedError for who is not known."""
    desk.require(Action.ADMINISTER)
    desk.store.forget_person(identity, desk.user.name)


def journal(desk: Desk) -> Journal:
    """Read the whole log and check its chain, and what it tells against what the store holds."""
    desk.require(Action.ADMINISTER)
    return Journal(desk.store.log()[::-1], desk.store.verify_log())
