"""``allocator export``: write a scenario as CSV tables or a workbook, or its program as a file any solver opens."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from allocator.compilation import compile_scenario
from allocator.model_file import FORMATS as MODEL_FORMATS
from allocator.model_file import write_model
from scenarios.document import Scenario
from scenarios.formats import write
from scenarios.language import N_, _
from ui.cli.console import results, steps
from ui.cli.failures import CommandError
from ui.cli.scenario_argument import ScenarioName, read_scenario
from ui.words import stage

NAME = "export"
SUMMARY = N_(
    "Écrit un scénario en tables CSV ou en classeur Excel, ou le programme à résoudre dans un fichier MPS ou LP."
)
DOCUMENTS = ("csv", "xlsx")
FORMATS = (*MODEL_FORMATS, *DOCUMENTS)


def run(
    scenario: ScenarioName,
    format_name: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=N_(
                "« csv » : le scénario, en dossier de tables ; « xlsx » : le scénario, en classeur à remplir ; "
                "« mps » ou « lp » : le programme, pour un solveur."
            ),
        ),
    ],
    out: Annotated[Path, typer.Option(metavar=N_("FICHIER"), help=N_("Fichier à écrire ; pour « csv », un dossier."))],
) -> None:
    """Write the file or the folder. Raises what ``ui.cli.failures`` turns into exit codes."""
    _refuse(format_name, out)
    with steps() as tell:
        received = read_scenario(scenario, tell)
        out.parent.mkdir(parents=True, exist_ok=True)
        if format_name in DOCUMENTS:
            write(received.document, out)
        else:
            tell(stage("assembly"))
            _write_program(received.scenario, out)
    results().print(_("Écrit : {path}").format(path=out))


def _refuse(format_name: str, out: Path) -> None:
    if format_name not in FORMATS:
        sentence = _("Le format « {name} » n'existe pas. Formats : {names}.")
        raise CommandError(sentence.format(name=format_name, names=", ".join(FORMATS)))
    if format_name == "csv" and out.suffix:
        raise CommandError(_("Le format « csv » écrit un dossier : donnez à --out un nom sans extension."))
    if format_name != "csv" and out.suffix != f".{format_name}":
        raise CommandError(_("Le nom du fichier doit finir par .{suffix}.").format(suffix=format_name))


def _write_program(scenario: Scenario, out: Path) -> None:
    """Write the program beside its place, then put it there at once."""
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        partial = Path(folder) / out.name
        try:
            write_model(compile_scenario(scenario), partial)
        except ValueError as error:
            sentence = _("Un nombre de ce scénario est trop grand pour être écrit exactement dans ce format.")
            raise CommandError(sentence) from error
        partial.replace(out)
