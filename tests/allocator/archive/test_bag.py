"""The layout of an archive, read back by the programs it is made for."""

import shutil
import subprocess
from pathlib import Path

import pytest

from allocator.archive.bag import bag, info_of
from allocator.archive.refusal import ArchiveUnusableError

FILES = {"b/deux.txt": b"deux\n", "a.json": b"{}\n"}


def test_sha256sum_verifies_both_manifests(tmp_path: Path) -> None:
    for name, content in bag(FILES, {"Contact-Name": "A"}, {"signer.pem": b"x"}).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    sha256sum = shutil.which("sha256sum")
    assert sha256sum is not None
    command = [sha256sum, "-c", "--strict", "manifest-sha256.txt", "tagmanifest-sha256.txt"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.split()[::2]) == {
        "data/a.json:", "data/b/deux.txt:", "bagit.txt:", "bag-info.txt:", "manifest-sha256.txt:", "signer.pem:"
    }  # fmt: skip


def test_declared_as_the_rfc_asks() -> None:
    made = bag(FILES, {}, {})
    assert made["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    assert info_of(made) == {"Payload-Oxum": "8.2"}


def test_a_line_break_does_not_begin_another_field() -> None:
    made = bag(FILES, {"Contact-Name": "A\nArchive-Number: 7"}, {})
    assert info_of(made) == {"Contact-Name": "A Archive-Number: 7", "Payload-Oxum": "8.2"}


def test_continuation_lines_are_joined() -> None:
    assert info_of({"bag-info.txt": b"A: un\n  deux\nB: trois\n"}) == {"A": "un deux", "B": "trois"}


@pytest.mark.parametrize(
    "files",
    [{}, {"bag-info.txt": b"\xff"}, {"bag-info.txt": b"rien"}, {"bag-info.txt": b"A: 1\nA: 2\n"}],
    ids=["absent", "not text", "no field", "twice"],
)
def test_unreadable_fields_are_refused(files: dict[str, bytes]) -> None:
    with pytest.raises(ArchiveUnusableError, match=r"bag-info\.txt"):
        info_of(files)


@pytest.mark.parametrize("name", ["a b", "../a", "é", "a%b", "", "/a"])
def test_names_are_plain(name: str) -> None:
    with pytest.raises(ValueError, match="special"):
        bag({name: b""}, {}, {})
