"""``allocator explore SCENARIO alternatives``: named plans almost as good as the best one."""

from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from allocator import solved
from allocator.allocation_files import document
from allocator.exploration import plans_words as words
from allocator.exploration.alternatives import Alternatives, alternatives
from scenarios.document import Scenario
from scenarios.language import N_, _
from ui.cli.console import results, say, steps
from ui.cli.documents import emit, scenario_header
from ui.cli.failures import CommandError
from ui.cli.scenario_argument import Json, find_plan, read_scenario
from ui.explored import alternative_rows, loss_rate, no_loss_sentence, same_sentences

NAME = "alternatives"
SUMMARY = N_("Donne des plans presque aussi bons, chacun avec un nom : le plus égal, le plus tôt…")


def run(
    context: typer.Context,
    loss: Annotated[
        str, typer.Option(metavar=N_("TAUX"), help=N_("Part du premier objectif qu'un plan peut perdre."))
    ] = "1 %",
    previous: Annotated[
        Path | None,
        typer.Option(
            metavar=N_("DOSSIER"), help=N_("Vote précédent, écrit par « solve --out » ; rien : la référence.")
        ),
    ] = None,
    in_json: Json = False,
) -> None:
    """Print the plans. Raises what ``ui.cli.failures`` turns into exit codes."""
    try:
        rate = loss_rate(loss)
    except ValueError as error:
        raise CommandError(str(error)) from error
    with steps() as tell:
        scenario = read_scenario(context.obj, tell).scenario
        if why := no_loss_sentence(scenario):
            raise CommandError(why)
        former = None if previous is None else solved.read(previous).allocation
        plan = find_plan(scenario, tell)
        tell(_("Recherche des autres plans"))
        found = alternatives(scenario, plan, rate, former)
    if in_json:
        emit("done", scenario=scenario_header(scenario), loss=str(rate), **_content(found))
        return
    best = plan.goals[0].best or plan.goals[0].value
    _print(scenario, found, best)


def _print(scenario: Scenario, found: Alternatives, best: Fraction) -> None:
    console = results()
    for one in found.found:
        say(console, _("Plan : {names}.").format(names=words.named(one.names)))
        table = Table(show_header=False)
        for row in alternative_rows(scenario, one, best):
            table.add_row(*row)
        console.print(table)
    for sentence in same_sentences(found):
        say(console, sentence)


def _content(found: Alternatives) -> dict[str, Any]:
    return {
        "alternatives": [
            {
                "names": one.names,
                "lost": str(one.lost),
                "distance": one.distance,
                "operations": {line.code: line.funded.difference for line in one.changes.operations},
                "partners": {line.code: line.committed.difference for line in one.changes.partners},
                "allocation": document(one.allocation),
            }
            for one in found.found
        ],
        "same": found.same,
        "left_out": [{"name": name, "why": why} for name, why in found.left_out],
    }
