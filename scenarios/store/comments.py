"""Comments on the versions of a dossier."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from scenarios.document.keys import Key
from scenarios.language import _
from scenarios.store import log, schema
from scenarios.store.records import Comment, Version
from scenarios.store.writing import canonical, digest, time_text


def comment(
    connection: Connection, version: Version, place: tuple[str | None, Key | None], author: str, time: datetime,
    text: str,
) -> Comment:  # fmt: skip
    """Write a comment on a version, or on the table or the row that ``place`` names."""
    number = (connection.execute(select(func.max(schema.comments.c.number))).scalar() or 0) + 1
    table, key = place
    values = {"place_table": table, "place_key": None if key is None else canonical(list(key))}
    values |= {"author": author, "time": time_text(time), "text": text}
    connection.execute(insert(schema.comments).values(number=number, version=version.id, **values))
    said = Comment(number, version.id, table, key, author, time, text)
    log.append(connection, time, author, "comment", version.dossier, comment=_hash(said))
    return said


def comments(connection: Connection, dossier: str) -> tuple[Comment, ...]:
    """Return the comments on every version of a dossier, from the first to the last."""
    rows = (
        select(schema.comments)
        .join(schema.versions, schema.comments.c.version == schema.versions.c.id)
        .where(schema.versions.c.dossier == dossier)
        .order_by(schema.comments.c.number)
    )
    return tuple(map(_comment, connection.execute(rows)))


def faults(connection: Connection, told: set[str]) -> Iterator[str]:
    """Yield, in French, that comments are not those whose hashes the log tells."""
    if {_hash(_comment(row)) for row in connection.execute(select(schema.comments))} != told:
        yield _("les commentaires ne sont plus ceux que dit le journal")


def _hash(said: Comment) -> str:
    return digest({**vars(said), "time": time_text(said.time)})


def _comment(row: Row[Any]) -> Comment:
    key = None if row.place_key is None else tuple(json.loads(row.place_key))
    time = datetime.fromisoformat(row.time)
    return Comment(row.number, row.version, row.place_table, key, row.author, time, row.text)
