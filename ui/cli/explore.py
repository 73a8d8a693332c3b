"""``allocator explore SCENARIO``: other plans almost as good, what one goal costs another, what if things go wrong."""

import typer

from scenarios.language import _
from ui.cli import explore_alternatives, explore_frontier, explore_stress
from ui.cli.french import FrenchCommand, FrenchGroup
from ui.cli.scenario_argument import ScenarioName

NAME = "explore"
SUMMARY = _("Explore autour du plan : autres plans presque aussi bons, frontière entre deux objectifs, aléas.")

app = typer.Typer(cls=FrenchGroup, no_args_is_help=True)


@app.callback(help=SUMMARY)
def scenario_of(context: typer.Context, scenario: ScenarioName) -> None:
    """Keep the name of the scenario for the command that follows."""
    context.obj = scenario


for _command in (explore_alternatives, explore_frontier, explore_stress):
    app.command(_command.NAME, help=_command.SUMMARY, cls=FrenchCommand)(_command.run)
