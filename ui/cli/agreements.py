"""``allocator agreements``: find the allocation of a scenario, print it, and write the workbooks to sign."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from reports.agreements import write_all
from reports.layout.workbook import file_name
from reports.templates.template import Template
from scenarios.formats.disk import replace_file
from scenarios.language import N_, _
from ui.cli.console import results, steps
from ui.cli.documents import emit, plan_content
from ui.cli.failures import CommandError
from ui.cli.plan_tables import print_plan
from ui.cli.scenario_argument import Json, ScenarioName, find_plan, read_scenario
from ui.plan import Plan

NAME = "agreements"
SUMMARY = N_(
    "Calcule et affiche la répartition, puis écrit conventions, synthèses des partenaires et relevé de décisions."
)


def run(
    scenario: ScenarioName,
    out: Annotated[
        Path, typer.Option(metavar=N_("DOSSIER"), help=N_("Dossier où écrire les classeurs (obligatoire)."))
    ],
    template: Annotated[
        list[Path] | None,
        typer.Option(metavar=N_("MODELE"), help=N_("Classeur d'un partenaire à remplir aussi (.xlsx) ; répétable.")),
    ] = None,
    in_json: Json = False,
) -> None:
    """Print the plan and write every workbook. Raises what ``ui.cli.failures`` turns into exit codes."""
    with steps() as tell:
        received = read_scenario(scenario, tell)
        templates = [Template(path, received.scenario) for path in _told_apart(template or ())]
        plan = Plan(received.scenario, find_plan(received.scenario, tell), received.law)
    console = results()
    if not in_json:
        print_plan(console, plan)
    with steps() as tell:
        filled = {
            file_name("modele", template.path.stem, plans=[plan.allocation]): template.filled(
                plan.scenario, plan.allocation, plan.law
            )
            for template in templates
        }
        files = write_all(plan.scenario, plan.allocation, out, tell, plan.law)
        for name, content in filled.items():
            replace_file(out / name, content)
            files.append(out / name)
    if in_json:
        emit("done", **plan_content(plan, files))
        return
    console.print("\n" + _("{count} classeurs écrits dans {folder} :").format(count=len(files), folder=out))
    for path in files:
        console.print(f"  {path.name}")


def _told_apart(paths: Sequence[Path]) -> Sequence[Path]:
    """Refuse templates of the same name: once filled, one would take the place of the other. Raises CommandError."""
    names = [path.stem for path in paths]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        sentence = _("Plusieurs modèles portent le nom « {names} » : renommez-les.")
        raise CommandError(sentence.format(names=", ".join(twice)))
    return paths
