"""``allocator explore SCENARIO frontier``: what giving up some of one goal brings on another."""

from typing import Annotated

import typer
from rich.table import Table

from allocator.exploration import plans_words as words
from allocator.exploration.frontier import Frontier, frontier
from scenarios.document import EQUALITIES, GoalKind, Scenario
from scenarios.language import N_, _
from scenarios.wording import quoted
from ui.cli.console import results, say, steps
from ui.cli.documents import emit, scenario_header
from ui.cli.failures import CommandError
from ui.cli.scenario_argument import Json, read_scenario
from ui.explored import no_frontier_sentence
from ui.words import goal_reached

NAME = "frontier"
SUMMARY = N_("Donne la frontière entre deux objectifs : ce que l'un gagne quand on renonce à une part de l'autre.")

_PLAIN = tuple(kind for kind in GoalKind if kind not in EQUALITIES)


def run(
    context: typer.Context,
    goals: Annotated[
        str | None,
        typer.Option(metavar=N_("OBJECTIF,OBJECTIF"), help=N_("Les deux objectifs ; rien : les deux premiers.")),
    ] = None,
    points: Annotated[int, typer.Option(metavar=N_("NOMBRE"), min=2, help=N_("Nombre de points au plus."))] = 7,
    in_json: Json = False,
) -> None:
    """Print the points. Raises what ``ui.cli.failures`` turns into exit codes."""
    with steps() as tell:
        scenario = read_scenario(context.obj, tell).scenario
        pair = _pair(scenario, goals)
        found = frontier(scenario, pair, points, lambda count: tell(_("Points trouvés : {count}").format(count=count)))
    if in_json:
        lines = [{"first": str(point.first), "second": str(point.second)} for point in found.points]
        emit("done", scenario=scenario_header(scenario), goals=pair, points=lines, straight=found.straight)
        return
    console = results()
    console.print(_table(scenario, found))
    say(console, words.exactness(found))


def _pair(scenario: Scenario, goals: str | None) -> tuple[GoalKind, GoalKind]:
    names = [goal.kind.value for goal in scenario.goals][:2] if goals is None else goals.split(",")
    kinds = [kind for name in names for kind in _PLAIN if kind.value == name.strip()]
    if len(names) != 2 or len(set(kinds)) != 2:
        sentence = _("Donnez deux objectifs différents avec --goals, parmi {names}.")
        raise CommandError(sentence.format(names=quoted(_PLAIN)))
    for kind in kinds:
        if why := no_frontier_sentence(scenario, kind):
            raise CommandError(why)
    return kinds[0], kinds[1]


def _table(scenario: Scenario, found: Frontier) -> Table:
    table = Table()
    for heading in (_("Premier objectif"), _("Second objectif"), _("Jusqu'au point suivant")):
        table.add_column(heading)
    for point, straight in zip(found.points, (*found.straight, None), strict=True):
        table.add_row(
            goal_reached(found.first, point.first, scenario.currency),
            goal_reached(found.second, point.second, scenario.currency),
            "" if straight is None else _("droite exacte") if straight else _("échantillon"),
        )
    return table
