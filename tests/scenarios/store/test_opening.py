"""Where the store is, its schema, its migrations, and a database that does not answer."""

import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, make_url, text

from scenarios.store import VARIABLE, Store, UnusableStoreError, open_store
from scenarios.store import database as module
from scenarios.store.database import Database
from scenarios.store.opening import MIGRATIONS, migrate, now
from scenarios.store.schema import METADATA
from tests.scenarios.store.dossier import COMPLETE, NAME, altered, cell, created, provenances
from tests.scenarios.store.postgresql import Server

RELEASED = Path(__file__).parent / "released"
LATER = """
    import sqlalchemy as sa
    from alembic import op

    revision = "9999"
    down_revision = "{before}"


    def upgrade() -> None:
        op.add_column("dossiers", sa.Column("rank", sa.Integer))
        {then}
"""


def script(folder: Path = MIGRATIONS) -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(folder))
    return ScriptDirectory.from_config(config)


def later(folder: Path, then: str = "") -> Path:
    """Return the migrations and one more, that adds a column."""
    migrations = folder / "migrations"
    shutil.copytree(MIGRATIONS, migrations)
    content = dedent(LATER).format(before=script().get_current_head(), then=then)
    (migrations / "versions" / "v9999_later.py").write_text(content, encoding="utf-8")
    return migrations


def database(url: str) -> Database:
    return Database(make_url(url), now)


def columns(url: str) -> set[str]:
    opened = database(url)
    with opened.reading() as connection:
        found = {column["name"] for column in inspect(connection).get_columns("dossiers")}
    opened.close()
    return found


def test_the_migrations_make_the_tables_that_the_store_reads(store: Store, url: str) -> None:
    assert store.dossiers() == ()
    opened = database(url)
    with opened.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    opened.close()


def test_every_released_schema_has_its_dump() -> None:
    revisions = {line.revision for line in script().walk_revisions()}
    assert {path.stem for path in RELEASED.glob("*.sql")} == revisions


@pytest.mark.parametrize("dump", sorted(RELEASED.glob("*.sql")), ids=lambda path: path.stem)
def test_a_store_of_every_released_schema_is_read(dump: Path, tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(dump.read_text(encoding="utf-8"))
    connection.close()
    with open_store(str(path)) as store:
        assert [version.number for version in store.history(NAME)] == [1, 2, 3]
        assert store.scenario_of(store.history(NAME)[0].id) == COMPLETE
        assert provenances(store, store.head(NAME))[:2] == ["Bruno", "Chloé"]
        assert store.head(NAME).merged
        assert store.draft(NAME, "Anne").changes == (cell(2, "Anne"),)
        assert store.allocation(store.head(NAME).fingerprint) == "{}"
        assert [comment.text for comment in store.comments(NAME)] == ["À revoir"]
        assert [archive.name for archive in store.archives(NAME)] == ["seance.zip"]
        assert store.verify_log() == ()
        assert store.commit_draft(NAME, "Anne", "Vote").number == 4


def test_a_later_migration_keeps_what_there_is(url: str, tmp_path: Path) -> None:
    with open_store(url) as store:
        first = created(store)
    opened = database(url)
    migrate(opened, later(tmp_path))
    opened.close()
    assert "rank" in columns(url)
    with pytest.raises(UnusableStoreError, match="programme plus récent \\(schéma 9999, lu ici : "):
        open_store(url)
    altered(url, f"UPDATE alembic_version SET version_num = '{script().get_current_head()}'")  # noqa: S608 - ours
    with open_store(url) as store:
        assert store.history(NAME) == (first,)


def test_a_migration_that_fails_changes_nothing(url: str, tmp_path: Path) -> None:
    with open_store(url) as store:
        first = created(store)
    opened = database(url)
    with pytest.raises(ZeroDivisionError):
        migrate(opened, later(tmp_path, then="1 / 0"))
    opened.close()
    assert "rank" not in columns(url)
    with open_store(url) as store:
        assert store.history(NAME) == (first,)


def test_a_migration_that_is_killed_changes_nothing(url: str, tmp_path: Path) -> None:
    with open_store(url) as store:
        first = created(store)
    folder = later(tmp_path, then="import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    program = f"""
        from pathlib import Path
        from tests.scenarios.store.test_opening import database, migrate
        migrate(database({url!r}), Path({str(folder)!r}))
    """
    done = subprocess.run([sys.executable, "-c", dedent(program)], check=False)
    assert done.returncode == -9
    assert "rank" not in columns(url)
    with open_store(url) as store:
        assert store.history(NAME) == (first,)


def test_several_programs_open_a_new_store_at_once(url: str) -> None:
    program = f"from scenarios.store import open_store\nopen_store({url!r}).close()"
    running = [subprocess.Popen([sys.executable, "-c", program]) for _rank in range(3)]
    assert [process.wait(timeout=120) for process in running] == [0] * 3
    with open_store(url) as store:
        assert store.dossiers() == ()


def test_a_file_is_made_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "à part" / "magasin.sqlite"
    monkeypatch.setenv(VARIABLE, str(path))
    with open_store() as store:
        created(store)
    assert path.is_file()
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setenv("HOME", str(tmp_path))
    open_store().close()
    assert (tmp_path / ".local/share/comite-des-financeurs/store.sqlite").is_file()


@pytest.mark.parametrize(
    "place", ["mysql://root:secret@localhost/x", "http://secret", "sqlite://", "postgresql://u:secret@h", "://secret"]
)
def test_an_address_that_is_not_one_is_refused_without_repeating_it(place: str) -> None:
    with pytest.raises(UnusableStoreError, match="ni un fichier, ni « sqlite:///… »") as caught:
        open_store(place)
    assert "secret" not in str(caught.value)


def test_a_password_is_never_told() -> None:
    with pytest.raises(UnusableStoreError, match="ne répond pas") as caught:
        open_store("postgresql://anne:secret@127.0.0.1:9/magasin?connect_timeout=2")
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    path.write_text("ceci n'est pas une base" * 100, encoding="utf-8")
    with pytest.raises(UnusableStoreError, match="ne répond pas : file is not a database"):
        open_store(str(path))
    assert path.read_text(encoding="utf-8").startswith("ceci")
    with pytest.raises(UnusableStoreError, match="ne peut pas être créé"):
        open_store(str(path / "dessous" / "store.sqlite"))


def test_sqlite_checks_references_and_writes_ahead(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store.sqlite")):
        opened = database(f"sqlite:///{tmp_path / 'store.sqlite'}")
        with opened.reading() as connection:
            read = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "foreign_keys")]
            assert [*read, connection.execute(text("PRAGMA busy_timeout")).scalar()] == ["wal", 1, 30_000]
        opened.close()


def filled(store: Store) -> None:
    for rank in range(200):
        store.create(f"Dossier {rank}", COMPLETE.model_copy(update={"title": str(rank)}), "Anne", "x" * 2000)


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    """SQLite refuses to grow beyond a number of pages, as when the disk is full."""
    with open_store(str(tmp_path / "store.sqlite")) as store:
        first = created(store)
        with store._database.writing() as connection:
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        with store._database.writing() as connection:
            connection.execute(text(f"PRAGMA max_page_count = {pages}"))
        with pytest.raises(UnusableStoreError, match="database or disk is full"):
            filled(store)
        assert store.head(NAME) == first
        assert store.verify_log() == ()
        with store._database.writing() as connection:
            connection.execute(text(f"PRAGMA max_page_count = {pages * 100}"))
        assert store.commit(NAME, first.id, [cell(0, "a")], "Bruno", "Un").number == 2


def test_a_writer_that_waits_too_long_says_so(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.2)
    with open_store(url) as store, open_store(url) as other:
        first = created(store)
        with other._database.writing():
            assert store.head(NAME) == first, "readers do not wait"
            with pytest.raises(UnusableStoreError, match=r"ne répond pas : (database is locked|canceling statement)"):
                store.commit(NAME, first.id, [cell(0, "a")], "Bruno", "Un")
        assert store.commit(NAME, first.id, [cell(0, "a")], "Bruno", "Un").number == 2


def test_a_server_gone_and_back(postgresql: Server) -> None:
    with open_store(postgresql.empty("panne")) as store:
        first = created(store)
        postgresql.stop()
        try:
            with pytest.raises(UnusableStoreError, match="ne répond pas"):
                store.commit(NAME, first.id, [cell(0, "a")], "Bruno", "Un")
        finally:
            postgresql.start()
        assert store.commit(NAME, first.id, [cell(0, "a")], "Bruno", "Un").number == 2
        assert store.verify_log() == ()
