"""Sealing: what an archive holds, byte for byte the same, whole or absent."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from allocator import allocation_files
from allocator.archive.opened import opened
from allocator.archive.payload import Sealing
from allocator.archive.refusal import ArchiveUnusableError
from allocator.archive.seal import Computed, Place, compute, now, seal
from scenarios import library
from scenarios.fingerprint import fingerprint
from scenarios.formats import read, write

Seal = Callable[..., Path]
LATER = datetime(2027, 1, 1, tzinfo=UTC)


def silent(_: str) -> None:
    """Hear nothing."""


def test_sealed_twice_only_what_names_time_differs(sealed: Seal) -> None:
    first, second = opened(sealed("a")).sealed, opened(sealed("b", at=LATER)).sealed
    assert list(first) == list(second)
    assert {name for name in first if first[name] != second[name]} == {"bag-info.txt", "tagmanifest-sha256.txt"}
    assert sealed("c").read_bytes() == sealed("d").read_bytes()


def test_computed_twice_the_same_bytes(sealed: Seal, tutorial: Computed, tmp_path: Path) -> None:
    again = compute(library.find("tutoriel"), silent)
    assert again.decision.allocation is not tutorial.decision.allocation
    seal(
        again,
        {"classeur.xlsx": b"PK classeur"},
        Sealing(),
        Place(tmp_path / "b.zip"),
        datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    )
    assert (tmp_path / "b.zip").read_bytes() == sealed("a").read_bytes()


def test_the_time_is_that_of_the_build_when_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert now() == datetime(2001, 9, 9, 1, 46, 40, tzinfo=UTC)


def test_documents_are_the_very_bytes_received(sealed: Seal) -> None:
    archive, folder = opened(sealed()), library.find("tutoriel")
    received = {name: content for name, content in archive.files.items() if name.startswith("received/")}
    assert received == {f"received/{path.name}": path.read_bytes() for path in folder.iterdir()}


def test_a_scenario_in_one_file(tmp_path: Path) -> None:
    path = tmp_path / "plan 100 % (été).yaml"
    write(read(library.find("tutoriel")), path)
    computed = compute(path, silent)
    seal(computed, {}, Sealing(), Place(tmp_path / "a.zip"), LATER)
    archive = opened(tmp_path / "a.zip")
    assert archive.files["received/document.yaml"] == path.read_bytes()
    assert archive.record["received"] == path.name
    assert archive.understood().scenario == computed.understood.scenario


def test_what_was_understood_and_decided(sealed: Seal, tutorial: Computed) -> None:
    archive = opened(sealed(sealing=Sealing("Mme A", "Séance du 3 mars")))
    scenario = tutorial.understood.scenario
    assert archive.allocation() == tutorial.decision.allocation
    assert archive.record["fingerprint"] == tutorial.decision.allocation.fingerprint == fingerprint(scenario)
    decisions = archive.values("decisions.json")
    assert decisions["sealing"] == {"author": "Mme A", "reason": "Séance du 3 mars"}
    assert [(line["author"], line["reason"]) for line in decisions["locks"]] == [
        (lock.author, lock.reason) for lock in scenario.locks
    ]
    rules = archive.values("law.json")["in_force"]
    assert [(line["code"], line["reference"]) for line in rules] == [
        (rule.code, rule.reference) for rule in scenario.rules
    ]
    assert archive.values("solve.json")["engine"]["name"] == "highs"
    assert archive.values("software.json")["highspy"] == tutorial.decision.allocation.engine.version
    assert archive.info["Contact-Name"] == "Mme A"


def test_tables_are_those_of_solve(sealed: Seal, tutorial: Computed, tmp_path: Path) -> None:
    allocation_files.write(tutorial.decision.allocation, tmp_path / "plan")
    archive = opened(sealed())
    for name in ("launches.csv", "commitments.csv", "payments.csv"):
        assert archive.files[name] == (tmp_path / "plan" / name).read_bytes()
    assert json.loads((tmp_path / "plan" / "allocation.json").read_text("utf-8")) == archive.values("allocation.json")


def test_the_rulebooks_employed_come_whole(tmp_path: Path) -> None:
    computed = compute(library.find("droit-demo"), silent)
    seal(computed, {}, Sealing(), Place(tmp_path / "a.zip"), LATER)
    archive = opened(tmp_path / "a.zip")
    books = {name for name in archive.files if name.startswith("rulebooks/")}
    assert books == {f"rulebooks/{book.code}.yaml" for book in computed.understood.law.books}
    assert len(books) > 1
    line = archive.values("law.json")["rules"][0]
    assert {"version", "until", "reference", "mark", "value"} <= set(line)
    assert archive.record["law_hash"] == computed.understood.law.digest


def test_documents_changed_during_the_computation_are_not_sealed(tmp_path: Path) -> None:
    folder = tmp_path / "tutoriel"
    shutil.copytree(library.find("tutoriel"), folder)
    computed = compute(folder, silent)
    (folder / "budgets.csv").write_bytes((folder / "budgets.csv").read_bytes() + b"\n")
    (folder / "locks.csv").unlink()
    place = Place(tmp_path / "archives" / "a.zip", tmp_path / "archives" / "journal.txt")
    with pytest.raises(ArchiveUnusableError, match=r"budgets\.csv, locks\.csv"):
        seal(computed, {}, Sealing(), place, LATER)
    assert list((tmp_path / "archives").iterdir()) == []


def test_an_archive_is_never_replaced(sealed: Seal) -> None:
    path = sealed()
    before = path.read_bytes()
    with pytest.raises(ArchiveUnusableError, match="existe déjà"):
        sealed(at=LATER)
    assert path.read_bytes() == before


def test_the_journal_stands_beside_the_archives(sealed: Seal, tmp_path: Path) -> None:
    with pytest.raises(ArchiveUnusableError, match="dans le même dossier"):
        sealed(journal=tmp_path / "ailleurs" / "journal.txt")


def test_a_write_that_fails_leaves_nothing(sealed: Seal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        sealed(journal=tmp_path / "journal.txt")
    assert list(tmp_path.iterdir()) == []


KILLED = """
import os, signal, sys
from ui.cli.main import run
os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
run(["archive", "tutoriel", "--out", sys.argv[1], "--journal", sys.argv[2]])
"""


def test_a_program_killed_while_it_writes_leaves_no_archive(tmp_path: Path) -> None:
    paths = tmp_path / "a.zip", tmp_path / "journal.txt"
    done = subprocess.run([sys.executable, "-c", KILLED, *paths], capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL
    assert not any(path.exists() for path in paths)
    assert all(path.name.startswith(".") for path in tmp_path.iterdir())
