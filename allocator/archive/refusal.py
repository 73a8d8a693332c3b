"""What stops an archive from being written, opened or checked, said in the user's language."""

from scenarios.language import _


class ArchiveUnusableError(ValueError):
    """An archive that cannot be written, or a file that cannot be opened as one; ``str()`` is a sentence."""


def one_line(error: object) -> str:
    """Return a message of several lines as the end of a sentence."""
    return _(" ; ").join(str(error).splitlines()).rstrip(".")
