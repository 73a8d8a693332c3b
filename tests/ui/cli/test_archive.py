"""``allocator archive`` and ``allocator replay``: seal, then solve again."""

import hashlib
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from allocator.archive.opened import opened
from reports.agreements import write_all
from tests.allocator.archive.attacker import edited, one_cent_moved, rewritten

Allocator = Callable[..., Any]


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "cle.pem"
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(pem)
    return path


def test_seal_then_replay(allocator: Allocator, tmp_path: Path) -> None:
    path = tmp_path / "archives" / "a.zip"
    ended = allocator("archive", "tutoriel", "--out", path)
    assert ended.code == 0
    assert hashlib.sha256(path.read_bytes()).hexdigest() in ended.out
    ended = allocator("replay", path)
    assert ended.code == 0
    assert "Verdict : CONFORME" in ended.out
    assert "(d) Mêmes centimes quand on refait le calcul : CONFORME" in ended.out


def test_every_workbook_is_sealed(allocator: Allocator, tmp_path: Path) -> None:
    assert allocator("archive", "tutoriel", "--out", tmp_path / "a.zip").code == 0
    archive = opened(tmp_path / "a.zip")
    understood = archive.understood()
    expected = write_all(understood.scenario, archive.allocation(), tmp_path / "x", lambda _: None, understood.law)
    sealed = {name: content for name, content in archive.files.items() if name.startswith("exports/")}
    assert sealed == {f"exports/{path.name}": path.read_bytes() for path in expected}
    assert len(expected) == 7


def test_json_documents(allocator: Allocator, tmp_path: Path, key: Path) -> None:
    path = tmp_path / "a.zip"
    ended = allocator("archive", "tutoriel", "--out", path, "--sign", key, "--author", "Mme A", "--json")
    document = ended.document()
    assert (ended.code, document["status"], document["archive"]) == (0, "done", str(path))
    assert document["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert len(path.with_name("a.zip.sig").read_bytes()) == 64
    ended = allocator("replay", path, "--json")
    document = ended.document()
    assert (ended.code, document["status"], document["verdict"]) == (0, "done", "conforme")
    assert [(line["question"], line["state"]) for line in document["verdicts"]] == [("d", "conforme")]
    assert document["differences"] == []


def test_one_cent_moved(allocator: Allocator, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    assert allocator("archive", "tutoriel", "--out", path).code == 0
    faux = rewritten(path, edited(path, "allocation.json", one_cent_moved))
    ended = allocator("replay", faux)
    assert (ended.code, "NON CONFORME" in ended.out) == (1, True)
    ended = allocator("replay", faux, "--json")
    assert (ended.code, ended.document()["status"], ended.document()["verdict"]) == (1, "no", "non_conforme")


def test_differences_are_told(allocator: Allocator, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    assert allocator("archive", "tutoriel", "--out", path).code == 0
    ended = allocator("replay", rewritten(path, edited(path, "software.json", lambda v: v.update(highspy="0.1"))))
    assert ended.code == 0
    assert "Depuis le scellement, le solveur : highspy, 0.1 puis " in ended.out


@pytest.mark.parametrize("content", [b"", b"PK\3\4", b"rien"])
def test_what_is_no_archive(allocator: Allocator, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    ended = allocator("replay", path, "--json")
    assert (ended.code, ended.document()["status"]) == (2, "unusable")
    assert "ce n'est pas une archive zip complète" in ended.err


def test_refusals_leave_nothing(allocator: Allocator, tmp_path: Path, key: Path, infeasible: Path) -> None:
    path = tmp_path / "a.zip"
    key.write_bytes(b"rien")
    assert allocator("archive", "tutoriel", "--out", path, "--sign", key).code == 2
    assert allocator("archive", "inconnu", "--out", path).code == 2
    assert allocator("archive", infeasible, "--out", path).code == 1
    assert not path.exists()
    path.write_bytes(b"deja")
    ended = allocator("archive", "tutoriel", "--out", path)
    assert (ended.code, "existe déjà" in ended.err, path.read_bytes()) == (2, True, b"deja")


def test_two_archives_of_a_committee(allocator: Allocator, tmp_path: Path) -> None:
    journal = tmp_path / "journal.txt"
    for name in ("a", "b"):
        assert allocator("archive", "tutoriel", "--out", tmp_path / f"{name}.zip", "--journal", journal).code == 0
    lines = journal.read_text(encoding="utf-8").splitlines()
    digests = [hashlib.sha256((tmp_path / f"{name}.zip").read_bytes()).hexdigest() for name in ("a", "b")]
    assert lines[1:] == [f"{digest}  {name}.zip" for digest, name in zip(digests, "ab", strict=True)]
    assert opened(tmp_path / "b.zip").info["Previous-Archive-SHA256"] == digests[0]
    ended = allocator("archive", "dc-2014", "--out", tmp_path / "c.zip", "--journal", journal)
    assert (ended.code, "est le journal du comité" in ended.err) == (2, True)
    assert not (tmp_path / "c.zip").exists()


def test_an_unknown_language(allocator: Allocator, tmp_path: Path) -> None:
    ended = allocator("replay", tmp_path / "a.zip", "--lang", "de")
    assert (ended.code, "La langue « de » n'existe pas" in ended.err) == (2, True)


def test_the_example_of_the_guide(allocator: Allocator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seal, verify, replay, as the page says; a tree of cases proves the whole operations of the tutorial."""
    text = (Path(__file__).parents[3] / "docs" / "archive.md").read_text(encoding="utf-8").replace("\\\n", "")
    commands = [
        shlex.split(line.partition(" ")[2]) for line in text.splitlines() if line.startswith(".venv/bin/allocator")
    ]
    examples = [command for command in commands if "--sign" not in command]
    assert [command[0] for command in examples] == ["archive", "verify", "replay"]
    monkeypatch.chdir(tmp_path)
    assert [allocator(*command).code for command in examples] == [0, 0, 0]
    assert (tmp_path / "audit.xlsx").is_file()
