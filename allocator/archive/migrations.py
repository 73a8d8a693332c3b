"""Archives of former formats, brought to the present one in memory: what was sealed is never rewritten."""

from collections.abc import Callable, Mapping

from allocator.archive.payload import FORMAT_VERSION
from allocator.archive.refusal import ArchiveUnusableError
from scenarios.language import _

Files = Mapping[str, bytes]
"""Files under ``data/`` by path."""

MIGRATIONS: dict[int, Callable[[Files], Files]] = {}
"""From each former format to the next one. Version 1 is the first format: none precedes it."""


def migrated(files: Files, version: int) -> Files:
    """Bring files of a format to the present one.

    Raises ArchiveUnusableError for a format that this program does not know.
    """
    if not 1 <= version <= FORMAT_VERSION:
        sentence = _("Cette archive est au format {version} ; ce programme lit les formats 1 à {last}.")
        raise ArchiveUnusableError(sentence.format(version=version, last=FORMAT_VERSION))
    for step in range(version, FORMAT_VERSION):
        files = MIGRATIONS[step](files)
    return files
