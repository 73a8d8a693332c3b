"""Allocations, comments, archives, and the log that tells who did what."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy.exc import DBAPIError

from scenarios.store import Act, RefusedError, Status, Store, UnknownError, open_store
from tests.scenarios.store.dossier import NAME, altered, cell, created

DIGEST = "ab" * 32


def test_the_last_allocation_of_a_scenario(store: Store) -> None:
    fingerprint = created(store).fingerprint
    assert store.allocation(fingerprint) is None
    for document in ('{"centimes": 1}', '{"centimes": 1}', '{"centimes": 2, "é": 0}'):
        store.keep_allocation(fingerprint, document)
        assert store.allocation(fingerprint) == document
    assert store.allocation("0" * 64) is None


def test_comments_on_a_version_a_table_and_a_row(store: Store) -> None:
    first = created(store)
    second = store.commit(NAME, first.id, [cell(0, "a")], "Bruno", "Un")
    said = (
        store.comment(first.id, "Anne", "À revoir.\nVite."),
        store.comment(second.id, "Bruno", "Trop cher", "operations"),
        store.comment(second.id, "Chloé", "Oui", "budgets", ("REG", "2026")),
    )
    assert store.comments(NAME) == said
    assert (said[2].number, said[2].version, said[2].table, said[2].key) == (3, second.id, "budgets", ("REG", "2026"))
    created(store, "Autre")
    assert store.comments("Autre") == ()
    with pytest.raises(RefusedError, match="Commentaire"):
        store.comment(first.id, "Anne", " ")
    with pytest.raises(UnknownError):
        store.comment("0000", "Anne", "Oui")


def test_the_journal_of_archives(store: Store) -> None:
    version = created(store)
    archived = store.record_archive(version.id, DIGEST, "seance.zip", "Anne")
    assert (archived.number, archived.version, archived.digest, archived.name) == (1, version.id, DIGEST, "seance.zip")
    assert store.archives(NAME) == (archived,)
    with pytest.raises(RefusedError, match=r"« copie\.zip » est déjà inscrite"):
        store.record_archive(version.id, DIGEST, "copie.zip", "Anne")
    assert store.archives(NAME) == (archived,)


def busy(store: Store) -> None:
    """Do one of everything that the log tells."""
    first = created(store)
    store.commit(NAME, first.id, [cell(0, "a")], "Bruno", "Un")
    store.undo(NAME, "Bruno")
    store.redo(NAME, "Chloé")
    store.set_status(NAME, Status.SETTLED, "Anne", "Séance")
    store.comment(first.id, "Anne", "Oui")
    store.record_archive(first.id, DIGEST, "seance.zip", "Anne")


def test_the_log_tells_who_did_what_in_order(store: Store) -> None:
    busy(store)
    entries = store.log()
    acts = [*map(str, Act), "status", "comment", "archive"]
    assert [entry.act for entry in entries] == acts
    assert [entry.author for entry in entries] == ["Anne", "Bruno", "Bruno", "Chloé", "Anne", "Anne", "Anne"]
    assert [entry.number for entry in entries] == list(range(1, 8))
    assert entries[0].previous == "0" * 64
    assert [entry.previous for entry in entries[1:]] == [entry.hash for entry in entries[:-1]]
    assert [entry.time for entry in entries] == sorted(entry.time for entry in entries)
    assert store.verify_log() == ()


def test_drafts_and_reads_are_nobodys_business(store: Store) -> None:
    created(store)
    store.stage(NAME, "Anne", [cell(0, "a")])
    store.discard(NAME, "Anne")
    assert [entry.act for entry in store.log()] == ["created"]


@pytest.mark.parametrize("table", ["contents", "versions", "comments", "archives", "log"])
@pytest.mark.parametrize("act", ["DELETE FROM {}", "UPDATE {} SET {} = 'x'"])
def test_the_database_itself_refuses_to_change_what_is_written(store: Store, url: str, table: str, act: str) -> None:
    busy(store)
    columns = {"contents": "title", "versions": "reason", "comments": "text", "archives": "name", "log": "author"}
    with pytest.raises(DBAPIError, match="written once"):
        altered(url, act.format(table, columns[table]))
    assert store.verify_log() == ()


def unguarded(url: str, table: str) -> tuple[str, ...]:
    """Take the guards of a table away, as an administrator who wants to cheat would."""
    if "postgresql" in url:
        return (f"ALTER TABLE {table} DISABLE TRIGGER ALL",)
    return (f"DROP TRIGGER {table}_update", f"DROP TRIGGER {table}_delete")


TAMPERED = {
    "UPDATE log SET author = 'Denis' WHERE number = 2": "journal : l'entrée 2 a été modifiée",
    "UPDATE log SET details = '{' WHERE number = 2": "journal : l'entrée 2 a été modifiée",
    "DELETE FROM log WHERE number = 2": "journal : l'entrée 3 ne suit pas la précédente",
    "DELETE FROM log WHERE number > 3": "le journal ne dit rien de la version 4",
    "UPDATE versions SET reason = 'Autre' WHERE number = 2": "la version 2 a été modifiée",
    "UPDATE versions SET changes = 'x' WHERE number = 2": "la version 2 a été modifiée",
    "DELETE FROM versions WHERE number = 4": "dite par le journal, manque",
    "UPDATE contents SET document = '' WHERE title = title": "n'est plus celui qui a été enregistré",
    "UPDATE comments SET text = 'Non'": "les commentaires ne sont plus ceux que dit le journal",
    "DELETE FROM comments": "les commentaires ne sont plus ceux que dit le journal",
    "DELETE FROM archives": "n'est pas à la fois au journal et parmi les archives",
    "UPDATE dossiers SET status = 'draft'": "son état n'est plus celui que dit le journal",
}


@pytest.mark.parametrize("statement", TAMPERED)
def test_what_was_changed_behind_its_back_is_told(store: Store, url: str, statement: str) -> None:
    busy(store)
    table = statement.split()[1 if statement.startswith("UPDATE") else 2]
    altered(url, *(() if table == "dossiers" else unguarded(url, table)), statement)
    assert TAMPERED[statement] in "\n".join(store.verify_log())


def test_a_clock_that_goes_back_changes_no_order(url: str, clock: Callable[[], datetime]) -> None:
    times = [clock() for _rank in range(5)]
    with open_store(url, times.pop) as store:
        first = created(store)
        second = store.commit(NAME, first.id, [cell(0, "a")], "Bruno", "Un")
        assert second.time < first.time
        assert store.head(NAME) == second
        assert store.undo(NAME, "Bruno").fingerprint == first.fingerprint
        assert store.verify_log() == ()
