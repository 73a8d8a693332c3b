"""The documents a scenario comes in: their very bytes, taken before anything is computed and compared after."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from allocator.archive.bag import sha256
from allocator.archive.refusal import ArchiveUnusableError
from scenarios.formats import ScenarioError, files
from scenarios.formats.disk import too_large
from scenarios.language import _

FOLDER = "received/"
"""Where the documents stand under ``data/``."""

SINGLE = "document"
"""Name, before its suffix, of a scenario received in one file: the name it had is kept in the record."""


@dataclass(frozen=True)
class Intake:
    """Documents as received. ``path``: where they were; ``documents``: bytes by name, one file or those of a folder."""

    path: Path
    documents: Mapping[str, bytes]

    @property
    def hashes(self) -> dict[str, str]:
        """SHA-256 of each document by name."""
        return {name: sha256(content) for name, content in sorted(self.documents.items())}

    def require_unchanged(self) -> None:
        """Raise ArchiveUnusableError, naming the files, when the documents are no longer those taken."""
        now = take(self.path).hashes if self.path.exists() else {}
        changed = sorted(name for name in {*self.hashes, *now} if self.hashes.get(name) != now.get(name))
        if changed:
            sentence = _("{path} a changé pendant le calcul ({names}) : rien n'est archivé. Recommencez.")
            raise ArchiveUnusableError(sentence.format(path=self.path, names=", ".join(changed)))


def take(path: Path) -> Intake:
    """Read the documents of a scenario that exists at a path. Raises ScenarioError when one is too large, OSError."""
    found = files(path)
    problems = [problem for file in found if (problem := too_large(file, file.name)) is not None]
    if problems:
        raise ScenarioError(problems)
    if path.is_dir():
        return Intake(path, {file.name: file.read_bytes() for file in found})
    return Intake(path, {f"{SINGLE}{path.suffix.lower()}": path.read_bytes()})


@contextmanager
def laid_out(documents: Mapping[str, bytes], name: str = "") -> Iterator[Path]:
    """Write documents in a temporary place and give the path to read: what is read there is what is sealed.

    ``name`` is the plain name the file or the folder takes, which the messages about what is wrong in it may tell.
    """
    with tempfile.TemporaryDirectory() as folder:
        first = next(iter(documents), "")
        if first.startswith(f"{SINGLE}."):
            place = Path(folder) / (name or first)
            place.write_bytes(documents[first])
        else:
            place = Path(folder) / (name or "scenario")
            place.mkdir()
            for document, content in documents.items():
                (place / document).write_bytes(content)
        yield place
