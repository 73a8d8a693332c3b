"""The journal of a committee's archives: one line each, in order, that ``sha256sum -c`` reads.

Each archive names, in ``bag-info.txt``, its number and the SHA-256 of the one before it; the journal keeps the SHA-256
of each. Whoever holds a copy of the journal, or of its last line, sees any archive removed, reordered or altered; from
the archives alone, the last ones can go missing unseen.
"""

import fcntl
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from allocator.archive.bag import sha256
from allocator.archive.refusal import ArchiveUnusableError
from scenarios.formats.disk import replace_file
from scenarios.language import _

NUMBER, PREVIOUS = "Archive-Number", "Previous-Archive-SHA256"
"""Fields of ``bag-info.txt``."""

_COMMITTEE = "# "
_LINE = re.compile(r"([0-9a-f]{64})  ([^/\\]+)")


@dataclass(frozen=True)
class Entry:
    """One archive of the journal: the SHA-256 of the whole file, and its name beside the journal."""

    digest: str
    name: str


@dataclass(frozen=True)
class Journal:
    """The archives of one committee, from the first to the last."""

    path: Path
    committee: str
    entries: tuple[Entry, ...]

    @property
    def links(self) -> dict[str, str]:
        """Fields of ``bag-info.txt`` for the archive that comes next."""
        return links(len(self.entries) + 1, self.entries[-1].digest if self.entries else "")

    def append(self, archive: Path) -> "Journal":
        """Add an archive that is already in its place; return the journal with it. Raises OSError."""
        entry = Entry(sha256(archive.read_bytes()), archive.name)
        lines = [f"{line.digest}  {line.name}\n" for line in (*self.entries, entry)]
        replace_file(self.path, f"{_COMMITTEE}{self.committee}\n{''.join(lines)}")
        return Journal(self.path, self.committee, (*self.entries, entry))


def links(number: int, previous: str) -> dict[str, str]:
    """Return the fields that tie an archive to the one before it; the first one names none."""
    return {NUMBER: str(number), **({PREVIOUS: previous} if previous else {})}


def read_journal(path: Path) -> Journal:
    """Read a journal. Raises ArchiveUnusableError, naming the line, when it is not one; OSError."""
    committee, *lines = path.read_bytes().decode("utf-8", "replace").splitlines() or [""]
    if not committee.startswith(_COMMITTEE):
        raise _refusal(path, 1, committee, _("« {mark}» puis le nom du comité").format(mark=_COMMITTEE))
    entries = []
    for number, line in enumerate(lines, start=2):
        found = _LINE.fullmatch(line)
        if found is None:
            raise _refusal(path, number, line, _("une empreinte SHA-256, deux espaces et un nom de fichier"))
        entries.append(Entry(*found.groups()))
    return Journal(path, committee.removeprefix(_COMMITTEE), tuple(entries))


@contextmanager
def held(path: Path, committee: str) -> Iterator[Journal]:
    """Hold the journal of a committee, empty when there is none yet, while an archive is added to it.

    Another program that seals in the same journal waits. Raises ArchiveUnusableError when it is that of another
    committee, OSError.
    """
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        journal = read_journal(path) if path.exists() else Journal(path, committee, ())
        if journal.committee != committee:
            sentence = _("{path} est le journal du comité « {other} », pas celui de « {committee} ».")
            raise ArchiveUnusableError(sentence.format(path=path, other=journal.committee, committee=committee))
        yield journal
    finally:
        os.close(folder)


def gaps(entries: Sequence[tuple[Entry, Mapping[str, str]]]) -> Iterator[str]:
    """Yield, in French, everything by which archives without a journal do not follow one another, in any order."""
    numbered = sorted(entries, key=lambda line: (_number(line[1]), line[0].name))
    previous = ""
    for number, (archive, info) in enumerate(numbered, start=1):
        yield from _misplaced(archive.name, info, links(number, previous))
        previous = archive.digest


def breaks(entries: Sequence[Entry], found: Sequence[tuple[Entry, Mapping[str, str]]]) -> Iterator[str]:
    """Yield, in French, everything by which archives and journal disagree.

    ``entries``: the journal. ``found``: the archives there are, each with its SHA-256, its name and its
    ``bag-info.txt``.
    """
    present = {entry.name: (entry, info) for entry, info in found}
    for number, entry in enumerate(entries, start=1):
        if entry.name not in present:
            yield _("l'archive n° {number}, « {name} », manque").format(number=number, name=entry.name)
            continue
        archive, info = present.pop(entry.name)
        if archive.digest != entry.digest:
            yield _("« {name} » n'est plus le fichier inscrit au journal (n° {number})").format(
                number=number, name=entry.name
            )
        yield from _misplaced(entry.name, info, links(number, entries[number - 2].digest if number > 1 else ""))
    for name in present:
        yield _("« {name} » n'est pas inscrit au journal").format(name=name)


def _number(info: Mapping[str, str]) -> int:
    text = info.get(NUMBER, "")
    return int(text) if text.isascii() and text.isdecimal() else 0


def _misplaced(name: str, info: Mapping[str, str], expected: Mapping[str, str]) -> Iterator[str]:
    if info.get(NUMBER) != expected[NUMBER]:
        yield _("« {name} » porte le n° {found} à la place n° {expected}").format(
            name=name, found=info.get(NUMBER, "?"), expected=expected[NUMBER]
        )
    if info.get(PREVIOUS) != expected.get(PREVIOUS):
        yield _("« {name} » ne nomme pas l'archive qui la précède").format(name=name)


def _refusal(path: Path, number: int, found: str, expected: str) -> ArchiveUnusableError:
    sentence = _("{path}, ligne {number} : « {found} » ; attendu : {expected}.")
    return ArchiveUnusableError(sentence.format(path=path, number=number, found=found[:80], expected=expected))
