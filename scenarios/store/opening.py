"""Where the store is, and its schema brought up to date when it opens."""

import os
import threading
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError

from scenarios.language import _
from scenarios.store.database import Clock, Database
from scenarios.store.refusals import UnusableStoreError
from scenarios.store.store import Store

VARIABLE = "ALLOCATOR_STORE"
"""Environment variable that says where the store is: a file, or the URL of a database."""

DEFAULT = Path("~/.local/share/comite-des-financeurs/store.sqlite")
MIGRATIONS = Path(__file__).parent / "migrations"

_migrating = threading.Lock()
"""Alembic keeps the migration under way in a global."""


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


def open_store(url: str | None = None, clock: Clock = now) -> Store:
    """Open the store at ``url``, made when there is none, and bring its schema up to date.

    ``url``: a path (SQLite), ``sqlite:///…`` or ``postgresql://…``; by default what ALLOCATOR_STORE says, else a file
    of the user. ``clock`` gives the times written, with their zone. Raises UnusableStoreError.
    """
    database = Database(_located(url or os.environ.get(VARIABLE) or str(DEFAULT)), clock)
    try:
        migrate(database)
    except BaseException:
        database.close()
        raise
    return Store(database)


def migrate(database: Database, migrations: Path = MIGRATIONS) -> None:
    """Bring the schema to the last migration, all at once or not at all. Raises UnusableStoreError."""
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    last = script.get_current_head()
    with database.reading() as connection:
        if _revision(connection) == last:
            return
    with _migrating, database.writing() as connection:
        found = _revision(connection)
        if found is not None and found not in {line.revision for line in script.walk_revisions()}:
            sentence = _("Le magasin a été écrit par un programme plus récent (schéma {found}, lu ici : {last}).")
            raise UnusableStoreError(sentence.format(found=found, last=last))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _located(place: str) -> URL:
    if "://" not in place:
        path = Path(place).expanduser().absolute()
        url = URL.create("sqlite", database=str(path))
    else:
        url = parsed(place)
    if url.get_backend_name() == "sqlite" and url.database:
        try:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            sentence = _("Le dossier du magasin {path} ne peut pas être créé : {reason}.")
            raise UnusableStoreError(sentence.format(path=url.database, reason=error.strerror)) from error
    return url


def parsed(place: str) -> URL:
    """Return the address of a store, and open nothing. Raises UnusableStoreError when it is none."""
    try:
        url = make_url(place)
        known = url.get_backend_name() in {"postgresql", "sqlite"} and bool(url.database)
    except ArgumentError:
        known = False
    if not known:
        # Nothing of the text is repeated: it may hold a password.
        raise UnusableStoreError(
            _("L'adresse du magasin n'est ni un fichier, ni « sqlite:///… », ni « postgresql://… ».")
        )
    return url
