"""The argument and options several commands share, and what they stand for."""

from typing import Annotated

import typer

from allocator.allocation import Allocation
from allocator.solve.allocate import allocate
from scenarios.document import Scenario
from scenarios.language import N_, _
from ui.cli.console import Steps, messages, say
from ui.received import Received, receive
from ui.words import stage

ScenarioName = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO", help=N_("Chemin d'un scénario (dossier, .yaml, .json, .xlsx) ou nom d'un scénario fourni.")
    ),
]
Json = Annotated[bool, typer.Option("--json", help=N_("Écrit un document JSON sur la sortie standard."))]


def read_scenario(name: str, tell: Steps) -> Received:
    """Read a scenario from its path or name, with the rules in force; say what is read otherwise than written.

    Raises ScenarioError.
    """
    tell(_("Lecture du scénario"))
    received = receive(name)
    for remark in received.remarks:
        say(messages(), remark)
    return received


def find_plan(scenario: Scenario, tell: Steps, engine: str = "highs") -> Allocation:
    """Find and verify the allocation of a scenario. Raises InfeasibleScenarioError."""
    return allocate(scenario, engine_name=engine, progress=lambda name: tell(stage(name)))
