"""Drafts: what each user is changing in a dossier, kept at every step."""

import json
from collections.abc import Collection

from sqlalchemy import Connection, delete, insert, select

from scenarios.changes import Conflict, apply, difference, from_json, rows_after, settle, to_json
from scenarios.dictionary import HEADER
from scenarios.language import _
from scenarios.store import schema, versions
from scenarios.store.contents import scenario_named
from scenarios.store.records import Draft, Step
from scenarios.store.refusals import RefusedError
from scenarios.store.writing import canonical


def draft(connection: Connection, dossier: str, user: str) -> Draft:
    """Return the draft of a user, empty and on the last version when there is none. Raises UnknownError."""
    head = versions.head(connection, dossier)
    row = connection.execute(select(schema.drafts).filter_by(dossier=dossier, user=user)).first()
    if row is None:
        return Draft(dossier, user, head.id)
    return Draft(dossier, user, row.base, _read(row.steps), _read(row.undone))


def staged(connection: Connection, found: Draft, step: Step) -> Draft:
    """Add a step; what was taken back cannot be staged again. Raises ScenarioError when a change does not fit."""
    after = Draft(found.dossier, found.user, found.base, (*found.steps, step))
    base = versions.version(connection, found.base)
    rows_after(scenario_named(connection, base.fingerprint), HEADER, after.changes)
    return kept(connection, after)


def unstaged(connection: Connection, found: Draft) -> Draft:
    """Take back the last step. Raises RefusedError when there is none."""
    if not found.steps:
        raise RefusedError(_("Le brouillon ne contient aucune modification à annuler."))
    after = (found.steps[:-1], (*found.undone, found.steps[-1]))
    return kept(connection, Draft(found.dossier, found.user, found.base, *after))


def restaged(connection: Connection, found: Draft) -> Draft:
    """Stage again the last step taken back. Raises RefusedError when there is none."""
    if not found.undone:
        raise RefusedError(_("Le brouillon ne contient aucune modification à rétablir."))
    after = ((*found.steps, found.undone[-1]), found.undone[:-1])
    return kept(connection, Draft(found.dossier, found.user, found.base, *after))


def settled(connection: Connection, found: Draft, mine: Collection[Conflict]) -> Draft:
    """Start the draft again from the last version, in one step, every conflict settled. Raises ScenarioError."""
    head = versions.head(connection, found.dossier)
    base, theirs = (
        scenario_named(connection, version.fingerprint) for version in (versions.version(connection, found.base), head)
    )
    after = apply(base, settle(base, apply(base, found.changes), theirs, mine))
    step = difference(theirs, after)
    return kept(connection, Draft(found.dossier, found.user, head.id, (step,) if step else ()))


def discarded(connection: Connection, found: Draft) -> Draft:
    """Forget every step; the next draft starts from the last version."""
    connection.execute(delete(schema.drafts).filter_by(dossier=found.dossier, user=found.user))
    return draft(connection, found.dossier, found.user)


def kept(connection: Connection, after: Draft) -> Draft:
    """Write a draft in the place of the former one."""
    connection.execute(delete(schema.drafts).filter_by(dossier=after.dossier, user=after.user))
    steps, undone = (canonical([to_json(step) for step in steps]) for steps in (after.steps, after.undone))
    values = {"dossier": after.dossier, "user": after.user, "base": after.base}
    connection.execute(insert(schema.drafts).values(**values, steps=steps, undone=undone))
    return after


def _read(text: str) -> tuple[Step, ...]:
    return tuple(map(from_json, json.loads(text)))
