"""The journal of archives: which version was sealed, in which file."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from scenarios.language import _
from scenarios.store import log, schema
from scenarios.store.records import Archived, Version
from scenarios.store.refusals import RefusedError
from scenarios.store.writing import time_text


def record_archive(
    connection: Connection, version: Version, archive: tuple[str, str], author: str, time: datetime
) -> Archived:
    """Write the digest and the name of the archive of a version. Raises RefusedError when it is written already."""
    sealed, name = archive
    columns = schema.archives.c
    if connection.execute(select(columns.number).filter_by(digest=sealed)).first() is not None:
        raise RefusedError(_("L'archive « {name} » est déjà inscrite.").format(name=name))
    number = (connection.execute(select(func.max(columns.number))).scalar() or 0) + 1
    found = Archived(number, version.id, sealed, name, author, time)
    connection.execute(insert(schema.archives).values(**{**vars(found), "time": time_text(time)}))
    log.append(connection, time, author, "archive", version.dossier, archive=sealed, name=name)
    return found


def archives(connection: Connection, dossier: str) -> tuple[Archived, ...]:
    """Return the archives of a dossier, from the first to the last."""
    rows = (
        select(schema.archives)
        .join(schema.versions, schema.archives.c.version == schema.versions.c.id)
        .where(schema.versions.c.dossier == dossier)
        .order_by(schema.archives.c.number)
    )
    return tuple(
        Archived(**{**row, "time": datetime.fromisoformat(row["time"])}) for row in connection.execute(rows).mappings()
    )


def faults(connection: Connection, told: set[str]) -> Iterator[str]:
    """Yield, in French, the archives that are not both in the log and in the journal."""
    found = set(connection.execute(select(schema.archives.c.digest)).scalars())
    for name in sorted(told ^ found):
        yield _("l'archive {name} n'est pas à la fois au journal et parmi les archives").format(name=name)
