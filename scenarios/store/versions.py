"""The versions of a dossier: reading them, and writing the next one."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, func, insert, select

from scenarios.changes import from_json, to_json
from scenarios.language import _
from scenarios.store import schema
from scenarios.store.records import Act, Dossier, Status, Version
from scenarios.store.refusals import UnknownError
from scenarios.store.writing import canonical, digest, time_text

_ROWS = schema.versions


def dossiers(connection: Connection) -> tuple[Dossier, ...]:
    """Return every dossier, by name."""
    last = select(_ROWS.c.dossier, func.max(_ROWS.c.number).label("number")).group_by(_ROWS.c.dossier).subquery()
    named = (
        select(_ROWS, schema.dossiers.c.status, schema.contents.c.title)
        .join(schema.dossiers, _ROWS.c.dossier == schema.dossiers.c.name)
        .join(schema.contents, _ROWS.c.fingerprint == schema.contents.c.fingerprint)
        .join(last, and_(_ROWS.c.dossier == last.c.dossier, _ROWS.c.number == last.c.number))
    )
    found = (Dossier(row.dossier, row.title, Status(row.status), version_of(row)) for row in connection.execute(named))
    return tuple(sorted(found, key=lambda dossier: dossier.name))


def status_of(connection: Connection, dossier: str) -> Status:
    """Return the status of a dossier. Raises UnknownError."""
    found = connection.execute(select(schema.dossiers.c.status).filter_by(name=dossier)).scalar()
    if found is None:
        raise UnknownError(_("Aucun dossier « {name} ».").format(name=dossier))
    return Status(found)


def head(connection: Connection, dossier: str) -> Version:
    """Return the last version of a dossier. Raises UnknownError."""
    status_of(connection, dossier)
    last = select(_ROWS).filter_by(dossier=dossier).order_by(_ROWS.c.number.desc()).limit(1)
    return version_of(connection.execute(last).one())


def version(connection: Connection, name: str) -> Version:
    """Return the version of an id. Raises UnknownError."""
    row = connection.execute(select(_ROWS).filter_by(id=name)).first()
    if row is None:
        raise UnknownError(_("Aucune version {name}.").format(name=name))
    return version_of(row)


def history(connection: Connection, dossier: str) -> tuple[Version, ...]:
    """Return the versions of a dossier, from the first to the last. Raises UnknownError."""
    status_of(connection, dossier)
    rows = connection.execute(select(_ROWS).filter_by(dossier=dossier).order_by(_ROWS.c.number))
    return tuple(map(version_of, rows))


def stacks(versions: Sequence[Version]) -> tuple[list[Version], list[Version]]:
    """Return the commits that can be undone and those that can be redone, the next one last."""
    done: list[Version] = []
    undone: list[Version] = []
    for version in versions:
        match version.act:
            case Act.COMMITTED:
                done.append(version)
                undone.clear()
            case Act.UNDONE:
                undone.append(done.pop())
            case Act.REDONE:
                done.append(undone.pop())
            case Act.CREATED:
                pass
    return done, undone


def write(connection: Connection, version: Version) -> Version:
    """Write a version, whose ``id`` is yet to be given, and return it."""
    named = replace(version, id=hash_of(version))
    connection.execute(insert(_ROWS).values(id=named.id, **_values(named)))
    return named


def hash_of(version: Version) -> str:
    """Return the SHA-256 of everything a version holds: its id."""
    return digest(_values(version))


def version_of(row: Row[Any]) -> Version:
    """Return a version from a row that holds all its columns."""
    return Version(
        row.id, row.dossier, row.number, row.parent, row.base, Act(row.act), row.target, row.fingerprint, row.author,
        datetime.fromisoformat(row.time), row.reason, from_json(json.loads(row.changes)),
    )  # fmt: skip


def _values(version: Version) -> dict[str, Any]:
    values = {name: value for name, value in vars(version).items() if name != "id"}
    changes = canonical(to_json(version.changes))
    return {**values, "act": str(version.act), "time": time_text(version.time), "changes": changes}
