"""The layout of an archive: a BagIt bag, readable with ``unzip`` and ``sha256sum -c`` alone.

Source: Kunze, Littman, Madden, Scancella, Adams, "The BagIt File Packaging Format (V1.0)", RFC 8493 (2018). Names
hold no character that the RFC asks to escape: the program chooses them.
"""

import hashlib
import re
from collections.abc import Mapping

from allocator.archive.refusal import ArchiveUnusableError
from scenarios.language import _

PAYLOAD = "data/"
INFO, MANIFEST, TAG_MANIFEST = "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"
_DECLARATION = ("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]*(/[A-Za-z0-9][A-Za-z0-9_.\-]*)*")


def sha256(content: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def bag(payload: Mapping[str, bytes], info: Mapping[str, str], tags: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return every file of the bag by its path, in the order in which they are to be packed.

    ``payload``: files by path under ``data/``. ``info``: fields of ``bag-info.txt``, in order. ``tags``: files beside
    it. Raises ValueError for a name with a special character.
    """
    files = {f"{PAYLOAD}{name}": content for name, content in sorted(payload.items())}
    strange = [name for name in (*files, *tags) if not _PLAIN_NAME.fullmatch(name)]
    if strange:
        raise ValueError(f"names with special characters: {strange}")
    fields = {**info, "Payload-Oxum": f"{sum(map(len, files.values()))}.{len(files)}"}
    first = {_DECLARATION[0]: _DECLARATION[1], INFO: _info(fields), MANIFEST: _manifest(files), **tags}
    return {**first, TAG_MANIFEST: _manifest(first), **files}


def info_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the fields of ``bag-info.txt``; continuation lines are joined.

    Raises ArchiveUnusableError when the file is missing, is not text, or repeats a field.
    """
    refusal = ArchiveUnusableError(_("{name} manque ou n'est pas lisible.").format(name=INFO))
    try:
        text = files[INFO].decode("utf-8")
    except (KeyError, UnicodeDecodeError) as error:
        raise refusal from error
    fields: dict[str, str] = {}
    for line in re.sub(r"\r?\n[ \t]+", " ", text).splitlines():
        name, mark, value = line.partition(":")
        if not mark or name in fields:
            raise refusal
        fields[name] = value.strip()
    return fields


def _manifest(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{sha256(content)}  {name}\n" for name, content in sorted(files.items())).encode()


def _info(fields: Mapping[str, str]) -> bytes:
    """Write each field on one line: a line break in a text would begin another field."""
    return "".join(f"{name}: {' '.join(value.split())}\n" for name, value in fields.items()).encode()
