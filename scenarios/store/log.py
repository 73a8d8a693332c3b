"""The log: who did what, each entry chained to the one before it by its hash."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from scenarios.store import schema
from scenarios.store.records import LogEntry
from scenarios.store.writing import canonical, digest, time_text

STATUS = "status"
"""Act of the entries that tell a change of status."""

FIRST = "0" * 64
"""What the first entry names as the hash of the one before it."""


def append(connection: Connection, time: datetime, author: str, act: str, dossier: str, **details: Any) -> None:
    """Add an entry, in the transaction of what it tells."""
    newest = select(schema.log).order_by(schema.log.c.number.desc()).limit(1)
    last = connection.execute(newest).first()
    values = {
        "number": last.number + 1 if last else 1,
        "time": time_text(time),
        "author": author,
        "act": act,
        "dossier": dossier,
        "details": canonical(details),
        "previous": last.hash if last else FIRST,
    }
    connection.execute(insert(schema.log).values(**values, hash=digest(values)))


def entries(connection: Connection) -> tuple[LogEntry, ...]:
    """Return every entry, from the first to the last."""
    rows = connection.execute(select(schema.log).order_by(schema.log.c.number)).mappings()
    return tuple(LogEntry(**{**row, "time": datetime.fromisoformat(row["time"])}) for row in rows)
