"""An archive opened for checking: its bytes as sealed, and its files in the present format."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from allocator import allocation_files
from allocator.allocation import Allocation
from allocator.archive.bag import PAYLOAD, info_of, sha256
from allocator.archive.intake import FOLDER
from allocator.archive.migrations import migrated
from allocator.archive.pack import unpacked
from allocator.archive.payload import ALLOCATION, RECORD, RULEBOOKS
from allocator.archive.refusal import ArchiveUnusableError, require_size
from allocator.archive.understood import Understood, understand
from scenarios.language import LANGUAGES, _, speaking


@dataclass(frozen=True)
class Opened:
    """An archive.

    ``content``: the whole file; ``sealed``: every file as it stands in the zip; ``info``: the fields of
    ``bag-info.txt``.
    """

    path: Path
    content: bytes
    sealed: Mapping[str, bytes]
    info: Mapping[str, str]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the whole file."""
        return sha256(self.content)

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """Files under ``data/``, in the present format. Raises ArchiveUnusableError."""
        files = {name.removeprefix(PAYLOAD): text for name, text in self.sealed.items() if name.startswith(PAYLOAD)}
        return migrated(files, self._version(files))

    @property
    def record(self) -> dict[str, Any]:
        """What ties the archive together. Raises ArchiveUnusableError."""
        return self.values(RECORD)

    def values(self, name: str) -> dict[str, Any]:
        """Return the values of a JSON file under ``data/``. Raises ArchiveUnusableError when there is none."""
        return _object(self.files, name)

    def allocation(self) -> Allocation:
        """Return the archived allocation. Raises ArchiveUnusableError, AllocationUnreadable."""
        return allocation_files.understood(self.values(ALLOCATION), f"{PAYLOAD}{ALLOCATION}")

    def understood(self) -> Understood:
        """Understand the documents again, under the rulebooks of the archive.

        Raises ScenarioError when they cannot be read, ArchiveUnusableError when their names are none.
        """
        with TemporaryDirectory() as folder, speaking(LANGUAGES[0]):  # as sealed: the words of the law are hashed
            for name, content in self._under(RULEBOOKS).items():
                (Path(folder) / name).write_bytes(content)
            understood = understand(self._under(FOLDER), rulebooks=Path(folder))
        return replace(understood, name=str(self.record.get("received")))

    def _under(self, folder: str) -> dict[str, bytes]:
        """Return the files of one folder by name. Raises ArchiveUnusableError when it holds folders."""
        found = {name.removeprefix(folder): text for name, text in self.files.items() if name.startswith(folder)}
        if any("/" in name for name in found):
            raise ArchiveUnusableError(_("{name} : un dossier de trop.").format(name=f"{PAYLOAD}{folder}"))
        return found

    def _version(self, files: Mapping[str, bytes]) -> int:
        version = _object(files, RECORD).get("format_version")
        return version if isinstance(version, int) else 0


def opened(path: Path) -> Opened:
    """Open an archive. Raises ArchiveUnusableError when the file is no archive, or is too large; OSError."""
    require_size(path)
    content = path.read_bytes()
    sealed = unpacked(content, path)
    return Opened(path, content, sealed, info_of(sealed))


def _object(files: Mapping[str, bytes], name: str) -> dict[str, Any]:
    try:
        values = json.loads(files[name])
    except (KeyError, ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise ArchiveUnusableError(_("{name} manque ou n'est pas lisible.").format(name=f"{PAYLOAD}{name}"))
    return values
