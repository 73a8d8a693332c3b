"""A journal that lacks its last archive, because the program that sealed it was killed before writing its line."""

from allocator.archive.journal import Journal
from allocator.archive.opened import opened
from allocator.archive.refusal import ArchiveUnusableError

COMMITTEE = "Source-Organization"
"""Field of ``bag-info.txt``."""


def completed(journal: Journal) -> Journal:
    """Write the line of the archive that is in its place, whole, and says that it comes next; return the journal.

    The archive is put in its place before its line is written: a program stopped between the two leaves at most one
    archive without a line, since the next one starts here. Whoever seals holds the journal. Raises OSError.
    """
    listed = {entry.name for entry in journal.entries}
    found = [path for path in sorted(journal.path.parent.glob("*.zip")) if path.name not in listed]
    for path in found:
        try:
            info = opened(path).info
        except ArchiveUnusableError:
            continue
        expected = {COMMITTEE: " ".join(journal.committee.split()), **journal.links}
        if expected.items() <= info.items():
            return journal.append(path)
    return journal
