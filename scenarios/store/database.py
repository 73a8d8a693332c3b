"""Connections to the store's database: SQLite by default, PostgreSQL by URL; one writer at a time."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from scenarios.language import _
from scenarios.store.refusals import UnusableStoreError

Clock = Callable[[], datetime]

BUSY_SECONDS = 30
"""How long a writer waits for the others."""

_LOCK = 0x636F6D6974
"""Number of the lock that PostgreSQL gives to one writer at a time."""


class Database:
    """A database, and the two ways to use it. Safe between threads and between processes."""

    def __init__(self, url: URL, clock: Clock) -> None:
        self.url = url
        self.clock = clock
        self._postgresql = url.get_backend_name() == "postgresql"
        self._engine = _postgresql(url) if self._postgresql else _sqlite(url)
        reading = {"isolation_level": "REPEATABLE READ"} if self._postgresql else {}
        self._reader = self._engine.execution_options(**reading)
        self._writer = self._engine.execution_options(writing=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read one state of the database, whatever others write meanwhile. Raises UnusableStoreError."""
        with self._told(), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Write everything or, when an exception is raised, nothing; others wait. Raises UnusableStoreError."""
        with self._told(), self._writer.begin() as connection:
            if self._postgresql:
                connection.execute(text(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'"))
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            yield connection

    def close(self) -> None:
        """Give every connection back."""
        self._engine.dispose()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, PoolTimeoutError) as error:
            reason = str(error.orig if isinstance(error, DBAPIError) else error).strip().splitlines()[0]
            sentence = _(
                "Le magasin {place} ne répond pas : {reason}. Rien n'a été écrit à moitié ; rechargez la version "
                "courante, puis recommencez."
            )
            place = self.url.render_as_string(hide_password=True)
            raise UnusableStoreError(sentence.format(place=place, reason=reason)) from error


def _postgresql(url: URL) -> Engine:
    # A connection lost while nobody used it is opened again.
    return create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_size=5, max_overflow=20)


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, pool_size=5, max_overflow=20)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


_switching = threading.Lock()


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    """Set what SQLite forgets: transactions are ours, references are checked, commits survive a power cut."""
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    limit = time.monotonic() + BUSY_SECONDS
    with _switching:
        while connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError:
                # Several programs that create the same file: SQLite does not wait for this one.
                if time.monotonic() > limit:
                    raise
                time.sleep(0.02)


def _begin(connection: Connection) -> None:
    """Take the write lock at once: a transaction that reads then writes would else be refused midway."""
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
