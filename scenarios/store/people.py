"""Who has which roles and speaks for which partner; every change of it is told by the log."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from scenarios.language import _
from scenarios.store import log, schema
from scenarios.store.records import Person
from scenarios.store.refusals import RefusedError
from scenarios.store.writing import canonical

ACT = "person"
"""Act of the entries that tell a change of somebody's roles or partner."""


def people(connection: Connection) -> tuple[Person, ...]:
    """Return everybody known, by identity."""
    rows = connection.execute(select(schema.people).order_by(schema.people.c.identity))
    return tuple(sorted(map(_person, rows), key=lambda one: one.identity))


def person(connection: Connection, identity: str) -> Person | None:
    """Return somebody by identity; None for who is not known."""
    row = connection.execute(select(schema.people).filter_by(identity=identity)).first()
    return None if row is None else _person(row)


def keep(connection: Connection, one: Person, author: str, time: datetime) -> None:
    """Write what somebody is now, in place of what was known. Raises RefusedError when nothing changes."""
    if person(connection, one.identity) == one:
        raise RefusedError(_("Rien ne change pour « {identity} ».").format(identity=one.identity))
    connection.execute(delete(schema.people).filter_by(identity=one.identity))
    values = {"identity": one.identity, "roles": canonical(sorted(one.roles)), "partner": one.partner}
    connection.execute(insert(schema.people).values(**values))
    log.append(connection, time, author, ACT, "", identity=one.identity, **_told(one))


def forget(connection: Connection, identity: str, author: str, time: datetime) -> None:
    """Take somebody away. Raises RefusedError for who is not known."""
    if person(connection, identity) is None:
        raise RefusedError(_("Personne n'est connu sous « {identity} ».").format(identity=identity))
    connection.execute(delete(schema.people).filter_by(identity=identity))
    log.append(connection, time, author, ACT, "", identity=identity, forgotten=True)


def faults(connection: Connection, told: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield, in French, who is no longer as the last entry of the log about them tells; ``told`` is by identity."""
    found = {}
    for row in connection.execute(select(schema.people)):
        try:
            found[row.identity] = _told(_person(row))
        except (ValueError, TypeError):
            found[row.identity] = {}
    expected = {
        identity: {"roles": said.get("roles"), "partner": said.get("partner")}
        for identity, said in told.items()
        if not said.get("forgotten")
    }
    for identity in sorted(found.keys() | expected.keys()):
        if found.get(identity) != expected.get(identity):
            yield _("« {identity} » : ses rôles ne sont plus ceux que dit le journal").format(identity=identity)


def _told(one: Person) -> dict[str, Any]:
    return {"roles": sorted(one.roles), "partner": one.partner}


def _person(row: Row[Any]) -> Person:
    return Person(row.identity, frozenset(json.loads(row.roles)), row.partner)
