"""What stops an archive from being written, opened or checked, said in the user's language."""

from pathlib import Path

from scenarios.language import _
from scenarios.limits import ARCHIVE


class ArchiveUnusableError(ValueError):
    """An archive that cannot be written, or a file that cannot be opened as one; ``str()`` is a sentence."""


def require_size(path: Path) -> None:
    """Raise ArchiveUnusableError when a file is too large to be read; OSError."""
    mega = ARCHIVE.exceeded(path)
    if mega is not None:
        sentence = _("{path} est un fichier de {mega} Mo ; attendu : {most} Mo au plus. {advice}")
        raise ArchiveUnusableError(sentence.format(path=path, mega=mega, most=ARCHIVE.mega, advice=ARCHIVE.advice))


def one_line(error: object) -> str:
    """Return a message of several lines as the end of a sentence."""
    return _(" ; ").join(str(error).splitlines()).rstrip(".")
