"""Zip files: reproducible, and read without trusting them."""

import io
import struct
import warnings
import zipfile
from pathlib import Path

import pytest

from allocator.archive import pack
from allocator.archive.pack import packed
from allocator.archive.refusal import ArchiveUnusableError

FILES = {"bagit.txt": b"un", "data/b": b"deux" * 1000, "data/a": b""}


def unpacked(path: Path) -> dict[str, bytes]:
    return pack.unpacked(path.read_bytes(), path)


def _written(path: Path, names: list[str], content: bytes = b"x") -> Path:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of a name written twice
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in names:
                archive.writestr(name, content)
    return path


def test_same_files_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed(FILES))
    assert unpacked(tmp_path / "a.zip") == FILES
    assert packed(FILES) == packed(dict(FILES))
    with zipfile.ZipFile(io.BytesIO(packed(FILES))) as archive:
        assert archive.namelist() == list(FILES)
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("kept", [0, 1, 40, -1, -30])
def test_a_truncated_zip_is_refused(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed(FILES)[:kept])
    with pytest.raises(ArchiveUnusableError, match="zip complète"):
        unpacked(path)


def test_every_flipped_byte_is_refused_or_read_the_same_way(tmp_path: Path) -> None:
    """No damage makes reading crash; what is read despite it is a set of files, judged by the manifests."""
    sound, path = packed(FILES), tmp_path / "a.zip"
    for place in range(len(sound)):
        path.write_bytes(sound[:place] + bytes([sound[place] ^ 0xFF]) + sound[place + 1 :])
        try:
            files = unpacked(path)
        except ArchiveUnusableError:
            continue
        assert all(isinstance(content, bytes) for content in files.values())


@pytest.mark.parametrize("name", ["../a", "data/../../a", "/a", "data//a", "./a", "C:/a", "..\\a", "data/", "a\\..\\b"])
def test_names_that_leave_the_archive_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ArchiveUnusableError, match="sort de l'archive"):
        unpacked(_written(tmp_path / "a.zip", ["bagit.txt", name]))


def test_a_name_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveUnusableError, match="« data/a » y est deux fois"):
        unpacked(_written(tmp_path / "a.zip", ["data/a", "data/a"]))


def test_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    path = _written(tmp_path / "a.zip", ["data/a"])
    content = bytearray(path.read_bytes())
    struct.pack_into("<H", content, 6, 1)  # flag of the local header
    struct.pack_into("<H", content, content.index(b"PK\1\2") + 8, 1)  # flag of the central directory
    path.write_bytes(content)
    with pytest.raises(ArchiveUnusableError, match="chiffré"):
        unpacked(path)


@pytest.mark.parametrize("size", [100, 101])
def test_a_zip_that_swells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(pack, "MAX_BYTES", 100)
    path = _written(tmp_path / "a.zip", ["data/a"], b"0" * size)
    if size == 100:
        assert unpacked(path) == {"data/a": b"0" * 100}
        return
    with pytest.raises(ArchiveUnusableError, match="plus de 100 octets"):
        unpacked(path)


@pytest.mark.parametrize("announced", [1, 1 << 20, (1 << 31) - 1])
def test_a_zip_bomb_is_refused_whatever_size_it_announces(tmp_path: Path, announced: int) -> None:
    """Sixteen mebibytes in sixteen kibibytes, said to be one byte, one mebibyte, two gibibytes."""
    path = _written(tmp_path / "bombe.zip", ["data/a"], bytes(1 << 24))
    content = bytearray(path.read_bytes())
    assert len(content) < 1 << 15
    struct.pack_into("<L", content, content.index(b"PK\1\2") + 24, announced)
    struct.pack_into("<L", content, 22, announced)
    path.write_bytes(content)
    with pytest.raises(ArchiveUnusableError, match=r"octets une fois ouverte|zip complète"):
        unpacked(path)


@pytest.mark.parametrize("count", [2, 3])
def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setattr(pack, "MAX_FILES", 2)
    path = _written(tmp_path / "a.zip", [f"data/{number}" for number in range(count)])
    if count == 2:
        assert len(unpacked(path)) == 2
        return
    with pytest.raises(ArchiveUnusableError, match="plus de 2 fichiers"):
        unpacked(path)
