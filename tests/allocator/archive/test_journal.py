"""The journal and the chain: one archive removed, moved or changed is seen."""

import shutil
import subprocess
from pathlib import Path

import pytest

from allocator.archive.bag import bag
from allocator.archive.chain import chain, folder_chain
from allocator.archive.journal import held, read_journal
from allocator.archive.opened import opened
from allocator.archive.pack import packed
from allocator.archive.refusal import ArchiveUnusableError
from allocator.archive.verdict import State

COMMITTEE = "Comité d'essai"


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Three archives, one after the other, and their journal."""
    path = tmp_path / "journal.txt"
    for name in ("un", "deux", "trois"):
        add(path, name)
    return path


def add(journal: Path, name: str, committee: str = COMMITTEE) -> Path:
    archive = journal.with_name(f"{name}.zip")
    with held(journal, committee) as lines:
        archive.write_bytes(packed(bag({"a": name.encode()}, lines.links, {})))
        lines.append(archive)
    return archive


def faults(journal: Path, *, alone: bool = False) -> tuple[str, ...]:
    verdict = folder_chain(journal.parent, None if alone else journal)
    assert verdict.state in {State.CONFORMING, State.NOT_CONFORMING}
    return verdict.reasons if verdict.state is State.NOT_CONFORMING else ()


def test_sha256sum_reads_the_journal(journal: Path) -> None:
    sha256sum = shutil.which("sha256sum")
    assert sha256sum is not None
    command = [sha256sum, "-c", "--strict", journal.name]
    done = subprocess.run(command, cwd=journal.parent, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout.split()[::2]) == (0, ["un.zip:", "deux.zip:", "trois.zip:"])


def test_a_whole_chain(journal: Path) -> None:
    assert faults(journal) == faults(journal, alone=True) == ()
    assert chain(opened(journal.with_name("deux.zip")), journal).state is State.CONFORMING


def test_each_archive_names_the_one_before_it(journal: Path) -> None:
    first, second, _third = (opened(journal.with_name(f"{name}.zip")) for name in ("un", "deux", "trois"))
    assert (first.info["Archive-Number"], "Previous-Archive-SHA256" in first.info) == ("1", False)
    assert (second.info["Archive-Number"], second.info["Previous-Archive-SHA256"]) == ("2", first.digest)


@pytest.mark.parametrize("name", ["un", "deux"])
def test_an_archive_taken_out_of_the_chain(journal: Path, name: str) -> None:
    journal.with_name(f"{name}.zip").unlink()
    assert any(f"« {name}.zip », manque" in fault for fault in faults(journal))
    assert faults(journal, alone=True) != ()
    assert chain(opened(journal.with_name("trois.zip")), journal).state is State.NOT_CONFORMING


def test_the_last_archive_taken_away_is_seen_only_by_the_journal(journal: Path) -> None:
    journal.with_name("trois.zip").unlink()
    assert faults(journal, alone=True) == ()
    assert faults(journal) == ("l'archive n° 3, « trois.zip », manque",)


def test_an_archive_taken_out_of_the_journal_too(journal: Path) -> None:
    """Whoever rewrites the journal as well cannot make the next archive name another one."""
    journal.with_name("deux.zip").unlink()
    lines = journal.read_text(encoding="utf-8").splitlines(keepends=True)
    journal.write_text("".join([*lines[:2], *lines[3:]]), encoding="utf-8")
    assert faults(journal) == (
        "« trois.zip » porte le n° 3 à la place n° 2",
        "« trois.zip » ne nomme pas l'archive qui la précède",
    )


def test_archives_out_of_order(journal: Path) -> None:
    committee, first, second, third = journal.read_text(encoding="utf-8").splitlines(keepends=True)
    journal.write_text("".join([committee, second, first, third]), encoding="utf-8")
    assert any("« deux.zip » porte le n° 2 à la place n° 1" in fault for fault in faults(journal))


@pytest.mark.parametrize(("name", "alone"), [("un", True), ("deux", True), ("trois", False)])
def test_an_archive_altered(journal: Path, name: str, *, alone: bool) -> None:
    path = journal.with_name(f"{name}.zip")
    path.write_bytes(packed(bag({"a": b"autre"}, opened(path).info, {})))
    assert any(f"« {name}.zip » n'est plus le fichier inscrit" in fault for fault in faults(journal))
    assert (faults(journal, alone=True) != ()) is alone


def test_an_archive_added_beside_the_journal(journal: Path) -> None:
    shutil.copy(journal.with_name("un.zip"), journal.with_name("copie.zip"))
    assert faults(journal) == ("« copie.zip » n'est pas inscrit au journal",)
    assert faults(journal, alone=True) != ()


def test_an_archive_that_is_not_in_the_journal(journal: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "autre"
    elsewhere.mkdir()
    path = add(elsewhere / "journal.txt", "seule")
    verdict = chain(opened(path), journal)
    assert (verdict.state, verdict.reasons) == (
        State.NOT_CONFORMING,
        ("seule.zip n'est pas inscrit au journal journal.txt",),
    )


def test_a_broken_archive_of_the_folder_is_named(journal: Path) -> None:
    journal.with_name("deux.zip").write_bytes(b"PK")
    assert any("deux.zip ne peut pas être ouvert" in fault for fault in faults(journal))


def test_without_a_journal_nothing_is_claimed(journal: Path) -> None:
    verdict = chain(opened(journal.with_name("deux.zip")), None)
    assert verdict.state is State.NOT_ASKED
    assert "la n° 2, après celle d'empreinte" in verdict.reasons[0]
    assert verdict.reasons[0].endswith("à comparer avec le journal du comité")


def test_an_empty_folder_cannot_be_verified(tmp_path: Path) -> None:
    assert folder_chain(tmp_path, None).state is State.UNVERIFIABLE


def test_the_journal_of_another_committee_is_refused(journal: Path) -> None:
    before = journal.read_bytes()
    with pytest.raises(ArchiveUnusableError, match="« Comité d'essai », pas celui de « Autre »"):
        add(journal, "quatre", "Autre")
    assert journal.read_bytes() == before


@pytest.mark.parametrize(
    ("text", "line"), [("", 1), ("Comité", 1), ("# C\nzz  a.zip\n", 2), (f"# C\n{'0' * 64}  ../a.zip\n", 2)]
)
def test_a_file_that_is_no_journal(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "journal.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ArchiveUnusableError, match=f"ligne {line} :"):
        read_journal(path)
