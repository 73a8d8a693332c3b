"""``allocator explore SCENARIO``: other plans almost as good, what one goal costs another, what if things go wrong."""

import typer

from scenarios.language import N_
from ui.cli import explore_alternatives, explore_frontier, explore_stress
from ui.cli.help_pages import SpokenCommand, SpokenGroup
from ui.cli.scenario_argument import ScenarioName

NAME = "explore"
SUMMARY = N_("Explore autour du plan : autres plans presque aussi bons, frontière entre deux objectifs, aléas.")

app = typer.Typer(cls=SpokenGroup, no_args_is_help=True)


@app.callback(help=SUMMARY)
def scenario_of(context: typer.Context, scenario: ScenarioName) -> None:
    """Keep the name of the scenario for the command that follows."""
    context.obj = scenario


for _command in (explore_alternatives, explore_frontier, explore_stress):
    app.command(_command.NAME, help=_command.SUMMARY, cls=SpokenCommand)(_command.run)
