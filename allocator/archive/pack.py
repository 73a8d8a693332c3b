"""The files of a bag as one zip: same files, same bytes; read without trusting what the zip says of itself."""

import io
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from allocator.archive.refusal import ArchiveUnusableError
from scenarios.language import _

MAX_FILES, MAX_BYTES = 10_000, 1 << 30
"""What an archive may hold once unpacked; ten thousand operations take a tenth of it."""

_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, ValueError, OverflowError, OSError
)  # fmt: skip
"""What the standard reader raises on a damaged zip held in memory."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEVEL = 6


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return the zip of the files, in their order; every date inside is 1 January 1980."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, wherever it is written
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content)
    return target.getvalue()


def unpacked(content: bytes, path: Path) -> dict[str, bytes]:
    """Return the files of an archive by name, in memory: nothing is ever written under a name read in a zip.

    ``path``: where the archive was read, for messages. Raises ArchiveUnusableError when it is no whole zip, holds a
    name that leaves the archive or a name twice, an encrypted file, or more than an archive may hold.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check(path, entries)
            return {entry.filename: archive.read(entry) for entry in entries}
    except ArchiveUnusableError:
        raise
    except _DAMAGE as error:
        raise _refusal(path, _("ce n'est pas une archive zip complète")) from error


def _check(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(names) > MAX_FILES:
        raise _refusal(path, _("plus de {count} fichiers").format(count=MAX_FILES))
    if sum(entry.file_size for entry in entries) > MAX_BYTES:  # the reader never gives more than is announced
        raise _refusal(path, _("plus de {count} octets une fois ouverte").format(count=MAX_BYTES))
    for entry in entries:
        parts = entry.orig_filename.replace("\\", "/").split("/")
        if entry.orig_filename != entry.filename or not all(parts) or {".", ".."} & set(parts) or ":" in parts[0]:
            raise _refusal(path, _("le nom « {name} » sort de l'archive").format(name=entry.orig_filename))
        if entry.flag_bits & 1 or entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise _refusal(path, _("« {name} » est chiffré ou compressé autrement").format(name=entry.filename))
    twice = sorted(name for name, count in Counter(names).items() if count > 1)
    if twice:
        raise _refusal(path, _("« {name} » y est deux fois").format(name=twice[0]))


def _refusal(path: Path, reason: str) -> ArchiveUnusableError:
    return ArchiveUnusableError(_("{path} ne peut pas être ouvert : {reason}.").format(path=path, reason=reason))
