"""What stops an archive from being written, opened or checked, said in French."""


class ArchiveUnusableError(ValueError):
    """An archive that cannot be written, or a file that cannot be opened as one; ``str()`` is a French sentence."""


def one_line(error: object) -> str:
    """Return a message of several lines as the end of a sentence."""
    return " ; ".join(str(error).splitlines()).rstrip(".")
