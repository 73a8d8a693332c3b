"""``allocator solve``: find the allocation of a scenario, verify it, print it."""

from pathlib import Path
from typing import Annotated

import typer

from allocator import solved
from allocator.engines import ENGINE_NAMES
from allocator.solved import Solved
from scenarios.language import N_, _
from ui.cli.console import results, steps
from ui.cli.documents import emit, plan_content, write_law
from ui.cli.failures import CommandError
from ui.cli.help_pages import with_names
from ui.cli.plan_tables import print_plan
from ui.cli.scenario_argument import Json, ScenarioName, find_plan, read_scenario
from ui.plan import Plan

NAME = "solve"
SUMMARY = N_("Calcule la répartition d'un scénario, la vérifie au centime et l'affiche.")
_ENGINES = ", ".join(ENGINE_NAMES)


def run(
    scenario: ScenarioName,
    engine: Annotated[
        str,
        typer.Option(
            metavar=N_("MOTEUR"),
            help=with_names(N_("Moteur de calcul : {names}. Tous donnent la même répartition."), _ENGINES),
        ),
    ] = ENGINE_NAMES[0],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar=N_("DOSSIER"),
            help=N_("Dossier où écrire la répartition et son scénario (allocation.json, scenario.json, tables CSV)."),
        ),
    ] = None,
    in_json: Json = False,
) -> None:
    """Print the plan, and write it when a folder is given. Raises what ``ui.cli.failures`` turns into exit codes."""
    if engine not in ENGINE_NAMES:
        sentence = _("Le moteur « {engine} » n'existe pas. Moteurs : {names}.")
        raise CommandError(sentence.format(engine=engine, names=_ENGINES))
    with steps() as tell:
        received = read_scenario(scenario, tell)
        plan = Plan(received.scenario, find_plan(received.scenario, tell, engine), received.law)
        files = (write_law(plan, out), *solved.write(Solved(plan.scenario, plan.allocation), out)) if out else ()
    if in_json:
        emit("done", **plan_content(plan, files))
        return
    console = results()
    print_plan(console, plan)
    if out:
        console.print(_("Répartition écrite dans {folder} : {names}.").format(
            folder=out, names=", ".join(path.name for path in files)
        ))  # fmt: skip
