"""Every verdict on an archive that needs no solver: the verifier's three, then links, journal and signature."""

from pathlib import Path

from allocator.archive.chain import chain
from allocator.archive.links import Exporter, links
from allocator.archive.opened import Opened, opened
from allocator.archive.proven import ask, proven
from allocator.archive.refusal import ArchiveUnusableError, one_line, require_size
from allocator.archive.signature import signature
from allocator.archive.verdict import Question, State, Verdict
from scenarios.language import _


def verify(path: Path, export: Exporter, journal: Path | None, key: str | None) -> tuple[Opened | None, list[Verdict]]:
    """Return an archive, None when it is not safe or not whole enough to open, and the verdicts on it.

    ``export`` makes the workbooks of a plan; ``journal``: that of the committee; ``key``: fingerprint of the key
    expected. Raises ArchiveUnusableError when the archive is too large or the journal is not one, OSError when a
    file cannot be read.
    """
    require_size(path)
    said = ask(path)
    verdicts = list(proven(said))
    try:
        archive = opened(path)
    except ArchiveUnusableError as error:
        if verdicts[0].state is not State.NOT_CONFORMING:
            verdicts[0] = Verdict(Question.BYTES, State.NOT_CONFORMING, (one_line(error),))
        unread = _("archive non lue")
        others = (Question.LINKS, Question.JOURNAL, Question.SIGNATURE)
        return None, [*verdicts, *(Verdict(question, State.UNVERIFIABLE, (unread,)) for question in others)]
    return archive, [*verdicts, links(archive, said, export), chain(archive, journal), signature(archive, key)]
