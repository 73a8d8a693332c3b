"""People: roles and partner of each, every change told by the log, and none made behind its back."""

import json
import sqlite3
from pathlib import Path

import pytest

from scenarios.store import Person, RefusedError, Store, open_store
from tests.scenarios.store.dossier import altered

ANNE = Person("anne@region.example", frozenset({"financier", "membre"}), "REG")
BRUNO = Person("bruno@region.example", frozenset())
RELEASED = Path(__file__).parent / "released"


def test_people_are_kept_changed_and_forgotten(store: Store, url: str) -> None:
    assert store.people() == ()
    assert store.person(ANNE.identity) is None
    store.keep_person(BRUNO, "Chloé")
    store.keep_person(ANNE, "Chloé")
    assert store.people() == (ANNE, BRUNO)
    assert store.person(BRUNO.identity) == BRUNO, "known without a role is not unknown"
    promoted = Person(ANNE.identity, frozenset({"auditeur"}))
    store.keep_person(promoted, "Chloé")
    store.forget_person(BRUNO.identity, "Denis")
    with open_store(url) as later:
        assert later.people() == (promoted,)
    told = [(entry.author, entry.act, json.loads(entry.details)) for entry in store.log()]
    assert told == [
        ("Chloé", "person", {"identity": BRUNO.identity, "partner": None, "roles": []}),
        ("Chloé", "person", {"identity": ANNE.identity, "partner": "REG", "roles": ["financier", "membre"]}),
        ("Chloé", "person", {"identity": ANNE.identity, "partner": None, "roles": ["auditeur"]}),
        ("Denis", "person", {"forgotten": True, "identity": BRUNO.identity}),
    ]
    assert store.verify_log() == ()


def test_what_changes_nothing_or_names_nobody_is_refused(store: Store) -> None:
    store.keep_person(ANNE, "Chloé")
    with pytest.raises(RefusedError, match="Rien ne change pour « anne@region"):
        store.keep_person(ANNE, "Chloé")
    with pytest.raises(RefusedError, match="Personne n'est connu sous « bruno@region"):
        store.forget_person(BRUNO.identity, "Chloé")
    with pytest.raises(RefusedError, match="Identité"):
        store.keep_person(Person(" ", frozenset()), "Chloé")
    with pytest.raises(RefusedError, match="Partenaire"):
        store.keep_person(Person("x", frozenset(), "P" * 81), "Chloé")
    assert len(store.log()) == 1


@pytest.mark.parametrize(
    "statement",
    [
        """UPDATE people SET roles = '["administrateur"]'""", "UPDATE people SET partner = 'ANRU'",
        "DELETE FROM people",
        "UPDATE people SET roles = '{'", "UPDATE people SET identity = 'denis@region.example'",
        "INSERT INTO people VALUES ('denis@region.example', '[]', NULL)",
    ],
)  # fmt: skip
def test_a_role_given_behind_its_back_is_told(store: Store, url: str, statement: str) -> None:
    store.keep_person(ANNE, "Chloé")
    altered(url, statement)
    assert "ses rôles ne sont plus ceux que dit le journal" in "\n".join(store.verify_log())


def test_somebody_forgotten_and_put_back_behind_its_back_is_told(store: Store, url: str) -> None:
    store.keep_person(BRUNO, "Chloé")
    store.forget_person(BRUNO.identity, "Chloé")
    altered(url, f"INSERT INTO people VALUES ('{BRUNO.identity}', '[]', NULL)")  # noqa: S608 - ours
    assert len(store.verify_log()) == 1


@pytest.mark.parametrize(("schema", "known"), [("0001", 0), ("0002", 1)])
def test_a_released_store_takes_people(schema: str, known: int, tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "store.sqlite")
    connection.executescript((RELEASED / f"{schema}.sql").read_text(encoding="utf-8"))
    connection.close()
    with open_store(str(tmp_path / "store.sqlite")) as store:
        assert len(store.people()) == known
        store.keep_person(ANNE, "Chloé")
        assert store.person(ANNE.identity) == ANNE
        assert store.verify_log() == ()
