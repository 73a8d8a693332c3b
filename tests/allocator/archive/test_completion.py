"""An archive whose program was killed before it wrote its line in the journal: the next one writes it first."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from allocator.archive.chain import folder_chain
from allocator.archive.journal import read_journal
from allocator.archive.verdict import State

Seal = Callable[..., Path]


@pytest.mark.parametrize("before", [0, 1, 2])
def test_an_archive_without_its_line(sealed: Seal, tmp_path: Path, before: int) -> None:
    """Without it, the archive was in no journal for ever, and the next one bore the same number."""
    journal = tmp_path / "journal.txt"
    for rank in range(before):
        sealed(f"a{rank}", journal=journal)
    former = journal.read_text(encoding="utf-8") if before else None
    sealed("perdue", journal=journal)
    if former is None:
        journal.unlink()
    else:
        journal.write_text(former, encoding="utf-8")
    sealed("suivante", journal=journal)
    names = [entry.name for entry in read_journal(journal).entries]
    assert names == [*(f"a{rank}.zip" for rank in range(before)), "perdue.zip", "suivante.zip"]
    assert folder_chain(tmp_path, journal).state is State.CONFORMING


def test_archives_that_do_not_come_next_are_left_alone(sealed: Seal, tmp_path: Path) -> None:
    journal = tmp_path / "journal.txt"
    first = sealed("a", journal=journal)
    sealed("hors-journal")
    shutil.copy(first, tmp_path / "copie.zip")
    (tmp_path / "autre.zip").write_bytes(b"PK rien")
    sealed("b", journal=journal)
    assert [entry.name for entry in read_journal(journal).entries] == ["a.zip", "b.zip"]
