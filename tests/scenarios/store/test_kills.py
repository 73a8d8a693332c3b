"""Programs killed while they commit and seal: what they said was written is there, whole, and the next one goes on."""

import itertools
import os
import random
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from allocator.archive.bag import sha256
from allocator.archive.chain import folder_chain
from allocator.archive.journal import read_journal
from allocator.archive.opened import opened
from allocator.archive.payload import Sealing
from allocator.archive.seal import Computed, Place, compute, seal
from allocator.archive.verdict import State
from scenarios import library
from scenarios.changes import CellChanged
from scenarios.store import Store, open_store
from tests.scenarios.store.dossier import NAME, cell, created, provenances

FEW, MANY = 10, 200
DONE, LONGEST = 6, 0.05
"""A program is killed after some commits and archives, this many at most, and some seconds, this many at most."""

_EVERY = 3
"""One archive for so many commits."""


@pytest.fixture(scope="module")
def computed() -> Computed:
    return compute(library.find("tutoriel"), lambda _stage: None)


@dataclass
class Tally:
    """What killed programs said they had written."""

    versions: list[str] = field(default_factory=list)
    sealed: list[str] = field(default_factory=list)
    recorded: list[str] = field(default_factory=list)

    def hear(self, said: str) -> None:
        for line in said.splitlines():
            kind, name = line.split()
            getattr(self, kind).append(name)


def work(url: str, folder: Path, computed: Computed, said: int) -> None:
    """Commit, seal and say so, until killed."""
    with open_store(url) as store:
        os.write(said, b"ready\n")
        for turn in itertools.count():
            head = store.head(NAME)
            before = provenances(store, head)[0] or None
            change = CellChanged("budgets", cell(0, "").key, "provenance", before, f"{os.getpid()} {turn}")
            version = store.commit(NAME, head.id, [change], "Anne", "Vote")
            os.write(said, f"versions {version.id}\n".encode())
            if turn % _EVERY == 0:
                place = Place(folder / f"{version.id[:12]}.zip", folder / "journal.txt")
                digest = seal(computed, {}, Sealing("Anne", "Séance"), place, datetime.now(UTC))
                os.write(said, f"sealed {digest}\n".encode())
                store.record_archive(version.id, digest, place.out.name, "Anne")
                os.write(said, f"recorded {digest}\n".encode())


def killed(url: str, folder: Path, computed: Computed, draw: random.Random) -> str:
    """Start a program, kill it at a random moment of its work, and return what it said."""
    hear, say = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(hear)
        try:
            work(url, folder, computed, say)
        finally:
            os._exit(1)
    os.close(say)
    with os.fdopen(hear, encoding="utf-8") as heard:
        assert heard.readline() == "ready\n", "the program could not open the store after the one before"
        said = [heard.readline() for _done in range(draw.randint(0, DONE))]
        time.sleep(draw.uniform(0, LONGEST))
        os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), "it was still at work"
        return "".join(said) + heard.read()


def torn(store: Store, folder: Path, tally: Tally) -> Iterator[str]:
    """Yield everything said to be written that is not there or not whole."""
    history = store.history(NAME)
    if [version.parent for version in history] != [None, *(version.id for version in history[:-1])]:
        yield "versions do not follow one another"
    yield from (f"version {name} lost" for name in set(tally.versions) - {version.id for version in history})
    yield from store.verify_log()
    files = {sha256(path.read_bytes()): path for path in folder.glob("*.zip")}
    journal = folder / "journal.txt"
    listed = {entry.digest for entry in read_journal(journal).entries} if journal.exists() else set()
    kept = {archive.digest for archive in store.archives(NAME)}
    yield from (f"archive {name} lost" for name in set(tally.sealed) - (set(files) & listed))
    yield from (f"archive {name} lost by the store" for name in set(tally.recorded) - kept)
    yield from (f"archive {name} in the store and nowhere else" for name in kept - set(files))
    for path in files.values():
        opened(path)  # whole: else ArchiveUnusableError
    if files and folder_chain(folder, journal).state is not State.CONFORMING:
        yield from folder_chain(folder, journal).reasons


def campaign(url: str, folder: Path, computed: Computed, kills: int) -> Tally:
    """Kill programs one after the other, and check all that they wrote."""
    draw, tally = random.Random(9), Tally()
    with open_store(url) as store:
        created(store)
    for rank in range(1, kills + 1):
        tally.hear(killed(url, folder, computed, draw))
        if rank % 20 == 0 or rank == kills:
            with open_store(url) as store:
                assert list(torn(store, folder, tally)) == []
    return tally


def test_a_few_kills_lose_nothing(url: str, tmp_path: Path, computed: Computed) -> None:
    tally = campaign(url, tmp_path, computed, FEW)
    assert tally.versions


@pytest.mark.long
def test_two_hundred_kills_lose_nothing(url: str, tmp_path: Path, computed: Computed) -> None:
    tally = campaign(url, tmp_path, computed, MANY)
    assert len(tally.versions) > MANY
    assert len(tally.sealed) > MANY / 4
    print(f"{MANY} kills, {len(tally.versions)} versions, {len(tally.sealed)} archives: none lost, none torn")


def test_a_lost_version_would_be_seen(url: str, tmp_path: Path) -> None:
    with open_store(url) as store:
        created(store)
        assert list(torn(store, tmp_path, Tally(versions=["absente"], sealed=["x"], recorded=["y"]))) == [
            "version absente lost", "archive x lost", "archive y lost by the store",
        ]  # fmt: skip
