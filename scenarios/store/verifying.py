"""What the store holds checked against the log, and the log against itself."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from scenarios.language import _
from scenarios.store import archives, comments, log, people, schema
from scenarios.store.contents import understood
from scenarios.store.records import LogEntry, Status
from scenarios.store.refusals import UnusableStoreError
from scenarios.store.versions import hash_of, version_of
from scenarios.store.writing import digest, time_text


def faults(connection: Connection) -> Iterator[str]:
    """Yield, in French, everything by which the log and what it tells are not what was written.

    Entries taken away at the end leave no trace in the chain itself, but for what no entry tells any more; whoever
    kept the last hash sees it at once.
    """
    found = log.entries(connection)
    yield from _broken(found)
    details = [(entry, _details(entry)) for entry in found]
    told = {
        kind: {said[kind] for _entry, said in details if kind in said} for kind in ("version", "archive", "comment")
    }
    yield from _versions(connection, told["version"])
    yield from archives.faults(connection, told["archive"])
    yield from comments.faults(connection, told["comment"])
    yield from _statuses(
        connection, {entry.dossier: said["after"] for entry, said in details if entry.act == log.STATUS}
    )
    yield from people.faults(
        connection, {str(said.get("identity")): said for entry, said in details if entry.act == people.ACT}
    )
    yield from _contents(connection)


def _broken(found: Sequence[LogEntry]) -> Iterator[str]:
    previous = log.FIRST
    for number, entry in enumerate(found, start=1):
        if entry.number != number or entry.previous != previous:
            yield _("journal : l'entrée {number} ne suit pas la précédente").format(number=entry.number)
        values = {name: value for name, value in vars(entry).items() if name != "hash"}
        if digest({**values, "time": time_text(entry.time)}) != entry.hash:
            yield _("journal : l'entrée {number} a été modifiée").format(number=entry.number)
        previous = entry.hash


def _details(entry: LogEntry) -> dict[str, str]:
    """Return what an entry tells, nothing when it was altered beyond reading."""
    try:
        details = json.loads(entry.details)
    except ValueError:
        return {}
    return details if isinstance(details, dict) else {}


def _versions(connection: Connection, told: set[str]) -> Iterator[str]:
    found = list(connection.execute(select(schema.versions)))
    for row in found:
        place = {"dossier": row.dossier, "number": row.number}
        if not _intact(row):
            yield _("dossier « {dossier} » : la version {number} a été modifiée").format(**place)
        if row.id not in told:
            yield _("dossier « {dossier} » : le journal ne dit rien de la version {number}").format(**place)
    for name in sorted(told - {row.id for row in found}):
        yield _("la version {name}, dite par le journal, manque").format(name=name)


def _intact(row: Row[Any]) -> bool:
    try:
        return hash_of(version_of(row)) == str(row.id)
    except (ValueError, KeyError, TypeError):
        return False


def _statuses(connection: Connection, told: Mapping[str, str]) -> Iterator[str]:
    for row in connection.execute(select(schema.dossiers)):
        if row.status != told.get(row.name, Status.DRAFT):
            yield _("dossier « {dossier} » : son état n'est plus celui que dit le journal").format(dossier=row.name)


def _contents(connection: Connection) -> Iterator[str]:
    for row in connection.execute(select(schema.contents.c.fingerprint, schema.contents.c.document)):
        try:
            understood(row.fingerprint, row.document)
        except UnusableStoreError as error:
            yield str(error)
