"""``allocator verify``: verify an archive, or the chain of a folder, without any solver."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from allocator.archive.chain import folder_chain
from allocator.archive.report import text
from allocator.archive.signature import expected_key
from allocator.archive.verdict import EXIT_CODES, Question, State, Verdict, overall
from allocator.archive.verify import verify
from allocator.archive.worded import worded
from reports.audit_report import compose
from scenarios.language import N_, _
from ui.cli.archive import workbooks
from ui.cli.archive_argument import ArchivePath, emit_verdicts
from ui.cli.console import results, say, steps
from ui.cli.scenario_argument import Json

NAME = "verify"
SUMMARY = N_("Vérifie une archive sans aucun moteur : octets, règles, optimum, cohérence, journal, signature.")


def run(
    archive: ArchivePath,
    journal: Annotated[
        Path | None, typer.Option(metavar=N_("FICHIER"), help=N_("Journal du comité, de préférence votre copie."))
    ] = None,
    key: Annotated[
        str | None,
        typer.Option(metavar=N_("CLÉ"), help=N_("Clé publique attendue : fichier PEM, ou son empreinte SHA-256.")),
    ] = None,
    report: Annotated[
        Path | None, typer.Option(metavar=N_("FICHIER"), help=N_("Écrit aussi le rapport dans ce classeur (.xlsx)."))
    ] = None,
    in_json: Json = False,
) -> None:
    """Print one line per verdict. Exits with 0 conforme, 1 non conforme, 2 non vérifiable."""
    expected = None if key is None else expected_key(key)
    with steps() as tell:
        tell(_("Vérification"))
        info, verdicts = _asked(archive, journal, expected)
    said = worded(verdicts)
    if report is not None:
        compose(archive.name, info, said, report)
    if in_json:
        emit_verdicts(archive, verdicts)
    else:
        say(results(), text(archive.name, info, said))
        if any(line.question is Question.JOURNAL and line.state is State.NOT_ASKED for line in verdicts):
            say(results(), _("Pour comparer avec le journal du comité : --journal FICHIER."))
    raise typer.Exit(EXIT_CODES[overall(verdicts)])


def _asked(archive: Path, journal: Path | None, key: str | None) -> tuple[Mapping[str, str], Sequence[Verdict]]:
    if archive.is_dir():
        return {}, [folder_chain(archive, journal)]
    found, verdicts = verify(archive, workbooks, journal, key)
    return {} if found is None else found.info, verdicts
