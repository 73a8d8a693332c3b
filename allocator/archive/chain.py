"""The chain of a committee's archives: the verdict on one archive, or on a whole folder."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from allocator.archive.journal import NUMBER, PREVIOUS, Entry, breaks, gaps, read_journal
from allocator.archive.opened import Opened, opened
from allocator.archive.refusal import ArchiveUnusableError
from allocator.archive.verdict import Question, State, Verdict
from scenarios.language import _

SUFFIX = ".zip"
Link = tuple[Entry, Mapping[str, str]]


def chain(archive: Opened, journal: Path | None) -> Verdict:
    """Say whether an archive stands at its place in a journal, and every archive beside the journal too.

    Raises ArchiveUnusableError when the journal is not one, OSError.
    """
    if journal is None:
        return Verdict(Question.JOURNAL, State.NOT_ASKED, (_claim(archive.info),))
    listed = read_journal(journal)
    if archive.digest not in {entry.digest for entry in listed.entries}:
        reason = _("{name} n'est pas inscrit au journal {journal}").format(name=archive.path.name, journal=journal.name)
        return Verdict(Question.JOURNAL, State.NOT_CONFORMING, (reason,))
    return folder_chain(journal.parent, journal)


def folder_chain(folder: Path, journal: Path | None) -> Verdict:
    """Say whether the archives of a folder follow one another, none missing, moved or changed.

    Without a journal, the last archives may have been taken away without a trace, and the last one changed. Raises
    ArchiveUnusableError when the journal is not one, OSError.
    """
    found: list[Link] = []
    faults: list[str] = []
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            archive = opened(path)
            found.append((Entry(archive.digest, path.name), archive.info))
        except ArchiveUnusableError as error:
            faults.append(str(error).rstrip("."))
            found.append((Entry(_digest(path), path.name), {}))
    if journal is None:
        if not found:
            return Verdict(Question.JOURNAL, State.UNVERIFIABLE, (_("aucune archive dans ce dossier"),))
        known = _("{count} archives se suivent ; sans journal, rien ne dit s'il en manque à la fin")
        return Verdict.unless(Question.JOURNAL, [*faults, *gaps(found)], (known.format(count=len(found)),))
    entries = read_journal(journal).entries
    known = _("{count} archives, toutes à leur place dans le journal").format(count=len(entries))
    return Verdict.unless(Question.JOURNAL, [*faults, *breaks(entries, found)], (known,))


def _digest(path: Path) -> str:
    """Hash a file that could not be opened, piece by piece: it may be larger than the memory."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _claim(info: Mapping[str, str]) -> str:
    if NUMBER not in info:
        return _("l'archive n'est dans aucun journal")
    claim = _("l'archive dit être la première")
    if PREVIOUS in info:
        claim = _("l'archive dit être la n° {number}, après celle d'empreinte {after}")
    claim = claim.format(number=info[NUMBER], after=info.get(PREVIOUS))
    return _("{claim} ; à comparer avec le journal du comité").format(claim=claim)
