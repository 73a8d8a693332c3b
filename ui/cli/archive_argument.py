"""The arguments and the JSON document that ``verify`` and ``replay`` share."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from allocator.archive.verdict import State, Verdict, overall
from scenarios.language import LANGUAGES, _
from ui.cli.documents import emit
from ui.cli.failures import CommandError

ArchivePath = Annotated[Path, typer.Argument(metavar="ARCHIVE", help=_("Archive scellée (.zip)."))]
Language = Annotated[
    str,
    typer.Option(
        "--lang", metavar=_("LANGUE"), help=_("Langue du rapport : {names}.").format(names=", ".join(LANGUAGES))
    ),
]

_STATUS = {State.CONFORMING: "done", State.NOT_CONFORMING: "no", State.UNVERIFIABLE: "unusable"}


def require_language(name: str) -> None:
    """Raise CommandError for a language that reports do not speak."""
    if name not in LANGUAGES:
        sentence = _("La langue « {name} » n'existe pas. Langues : {names}.")
        raise CommandError(sentence.format(name=name, names=", ".join(LANGUAGES)))


def emit_verdicts(archive: Path, verdicts: Sequence[Verdict], **content: Any) -> None:
    """Print the JSON document of a verification."""
    found = overall(verdicts)
    lines = [
        {"question": line.question.value, "state": line.state.value, "reasons": list(line.reasons)} for line in verdicts
    ]
    emit(_STATUS[found], archive=str(archive), verdict=found.value, verdicts=lines, **content)
