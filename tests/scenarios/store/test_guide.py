"""What the guide says of the store: its example runs, its backups are restored."""

import re
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from scenarios.store import VARIABLE, Act, Store, open_store
from tests.scenarios.store.dossier import NAME, cell, created
from tests.scenarios.store.postgresql import Server

GUIDE = (Path(__file__).parents[3] / "docs" / "magasin.md").read_text(encoding="utf-8")


def test_the_example_of_the_guide(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "store.sqlite"))
    (example,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    exec(compile(example, "magasin.md", "exec"), {})  # noqa: S102 - our own page
    assert capsys.readouterr().out.startswith("Bruno a enregistré la version 2 entre-temps.")
    with open_store() as store:
        assert [version.act for version in store.history("Séance de juin")] == [Act.CREATED, Act.COMMITTED, Act.UNDONE]


def busy(store: Store) -> None:
    store.commit(NAME, created(store).id, [cell(0, "a")], "Bruno", "Un")
    store.stage(NAME, "Anne", [cell(1, "a")])


def same(store: Store, restored: Store) -> None:
    assert restored.log() == store.log()
    assert restored.history(NAME) == store.history(NAME)
    assert restored.draft(NAME, "Anne") == store.draft(NAME, "Anne")
    assert restored.verify_log() == ()


def test_a_backup_of_sqlite_taken_while_it_is_open(tmp_path: Path, clock: Callable[[], datetime]) -> None:
    (statement,) = re.findall(r"sqlite3 store\.sqlite \"(.*)\"", GUIDE)
    backup = tmp_path / "sauvegarde.sqlite"
    with open_store(str(tmp_path / "store.sqlite"), clock) as store:
        busy(store)
        connection = sqlite3.connect(tmp_path / "store.sqlite")
        connection.execute(statement.replace("sauvegarde.sqlite", str(backup)))
        connection.close()
        with open_store(str(backup)) as restored:
            same(store, restored)


def test_a_backup_of_postgresql(postgresql: Server, clock: Callable[[], datetime]) -> None:
    place = make_url(postgresql.empty("sauvegarde")).set(query={}, database="origine")
    origin, target = (place.set(database=name).render_as_string() for name in ("origine", "restaure"))
    with psycopg.connect(place.set(database="postgres").render_as_string(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE origine")
        connection.execute("CREATE DATABASE restaure")
    dump = str(postgresql.folder / "sauvegarde.dump")
    with open_store(origin, clock) as store:
        busy(store)
        for program in ("pg_dump", "pg_restore"):
            (line,) = re.findall(rf"^{program} (.*)$", GUIDE, re.MULTILINE)
            arguments = [
                argument.replace("sauvegarde.dump", dump)
                .replace("postgresql://comite@serveur/comite_restaure", target)
                .replace("postgresql://comite@serveur/comite", origin)
                for argument in line.split()
            ]
            postgresql.run(program, *arguments)
        with open_store(target) as restored:
            same(store, restored)
