"""The arguments and the JSON document that ``verify`` and ``replay`` share."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from allocator.archive.verdict import State, Verdict, overall
from scenarios.language import N_
from ui.cli.documents import emit

ArchivePath = Annotated[Path, typer.Argument(metavar="ARCHIVE", help=N_("Archive scellée (.zip)."))]
_STATUS = {State.CONFORMING: "done", State.NOT_CONFORMING: "no", State.UNVERIFIABLE: "unusable"}


def emit_verdicts(archive: Path, verdicts: Sequence[Verdict], **content: Any) -> None:
    """Print the JSON document of a verification."""
    found = overall(verdicts)
    lines = [
        {"question": line.question.value, "state": line.state.value, "reasons": list(line.reasons)} for line in verdicts
    ]
    emit(_STATUS[found], archive=str(archive), verdict=found.value, verdicts=lines, **content)
