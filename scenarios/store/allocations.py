"""Allocations kept by the fingerprint of their scenario."""

import zlib
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from scenarios.store import schema
from scenarios.store.writing import time_text


def keep_allocation(connection: Connection, fingerprint: str, document: str, time: datetime) -> None:
    """Keep an allocation after those already kept for the scenario, unless it is the last of them."""
    if allocation(connection, fingerprint) == document:
        return
    packed = zlib.compress(document.encode())
    columns = schema.allocations.c
    last = select(func.max(columns.number)).where(columns.fingerprint == fingerprint)
    number = (connection.execute(last).scalar() or 0) + 1
    values = {"fingerprint": fingerprint, "number": number, "time": time_text(time), "document": packed}
    connection.execute(insert(schema.allocations).values(**values))


def allocation(connection: Connection, fingerprint: str) -> str | None:
    """Return the last allocation kept for a scenario, or None."""
    columns = schema.allocations.c
    rows = select(columns.document).filter_by(fingerprint=fingerprint).order_by(columns.number.desc()).limit(1)
    packed = connection.execute(rows).scalar()
    return None if packed is None else zlib.decompress(packed).decode()
