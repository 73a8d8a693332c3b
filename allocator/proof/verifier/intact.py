"""Verdict (a): the bytes of the archive are those of its BagIt manifests, and it is safe to open."""

import hashlib
import re
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from allocator.proof.verifier.verdict import OK, REFUTED, UNKNOWN, Refusal, Verdict

MAX_TOTAL, MAX_RATIO = 2 << 30, 200
"""Bytes of an open archive, and how many times smaller a compressed file may be."""

BAG = {"bagit.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"}
Files = dict[str, Callable[[], bytes]]


def contents(path: Path) -> Files:
    """Return {name: function that gives the bytes}; refuses what is unsafe to open."""
    if path.is_dir():
        files = [file for file in sorted(path.rglob("*")) if file.is_symlink() or not file.is_dir()]
        for file in files:
            if file.is_symlink():
                raise Refusal(REFUTED, f"{file} est un lien symbolique", f"{file} is a symbolic link")
        return {file.relative_to(path).as_posix(): file.read_bytes for file in files}
    if not path.is_file():
        raise Refusal(UNKNOWN, f"{path} n'existe pas", f"{path} does not exist")
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Refusal(REFUTED, f"zip illisible ou tronqué : {error}", f"unreadable or cut zip: {error}") from error
    return {entry.filename: partial(archive.read, entry) for entry in safe(archive.infolist())}


def safe(entries: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """Refuse dangerous names, links, duplicates and bombs before reading a single byte; return the files."""
    names = Counter(entry.filename.casefold() for entry in entries)
    for entry in entries:
        name = entry.filename
        parts = PurePosixPath(name).parts
        if name.startswith("/") or ".." in parts or "\\" in name or re.match(r"[A-Za-z]:", name) or "\0" in name:
            raise Refusal(REFUTED, f"nom dangereux dans le zip : {name!r}", f"dangerous name in the zip: {name!r}")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise Refusal(REFUTED, f"lien symbolique dans le zip : {name}", f"symbolic link in the zip: {name}")
        if names[name.casefold()] > 1:
            raise Refusal(REFUTED, f"nom en double dans le zip : {name}", f"duplicate name in the zip: {name}")
        if entry.file_size > MAX_RATIO * max(entry.compress_size, 1 << 16):
            raise Refusal(REFUTED, f"bombe de décompression : {name}", f"decompression bomb: {name}")
    if sum(entry.file_size for entry in entries) > MAX_TOTAL:
        raise Refusal(REFUTED, "archive trop grande une fois ouverte", "archive too large once opened")
    return [entry for entry in entries if not entry.is_dir()]


def read(files: Files, name: str) -> bytes:
    """Return the bytes of a file of the archive."""
    try:
        return files[name]()
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError) as error:
        raise Refusal(REFUTED, f"{name} illisible : {error}", f"{name} unreadable: {error}") from error


def check_bytes(verdict: Verdict, files: Files) -> None:
    """Check that every file is listed once with its SHA-256, and that every listed file is there."""
    for name in sorted(BAG - files.keys()):
        verdict.say(f"{name} manque", f"{name} is missing", REFUTED)
    listed: dict[str, str] = {}
    for manifest in sorted(BAG & files.keys() - {"bagit.txt"}):
        for name, digest in lines(read(files, manifest).decode("utf-8")):
            if name in listed or name.startswith("data/") != (manifest == "manifest-sha256.txt"):
                verdict.say(f"ligne de trop dans {manifest} : {name}", f"stray line in {manifest}: {name}", REFUTED)
            listed[name] = digest
    for name in sorted(files.keys() - listed.keys() - {"tagmanifest-sha256.txt"}):
        verdict.say(f"{name} n'est dans aucun manifeste", f"{name} is in no manifest", REFUTED)
    for name in sorted(listed.keys() - files.keys()):
        verdict.say(f"{name} est annoncé mais absent", f"{name} is listed but absent", REFUTED)
    for name in sorted(listed.keys() & files.keys()):
        if hashlib.sha256(read(files, name)).hexdigest() != listed[name].lower():
            verdict.say(f"{name} a été modifié", f"{name} was changed", REFUTED)
    if verdict.status == OK:
        verdict.say(f"{len(listed)} fichiers ont leur empreinte SHA-256", f"{len(listed)} files match their SHA-256")


def lines(manifest: str) -> Iterator[tuple[str, str]]:
    """Give the names and digests of a manifest; RFC 8493 encodes line ends and percent signs."""
    for line in manifest.splitlines():
        digest, _, name = line.partition("  ")
        for code, character in (("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
            name = name.replace(code, character)
        yield name, digest
