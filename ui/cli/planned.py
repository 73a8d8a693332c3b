"""A plan from a name: a scenario to solve, or a folder that ``solve --out`` wrote, read back and verified again."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from allocator import solved
from allocator.allocation import Allocation
from scenarios.language import _
from scenarios.rulebooks import NO_RULEBOOKS
from ui.cli.console import Steps
from ui.cli.scenario_argument import find_plan, read_scenario
from ui.received import Received

PlannedName = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO",
        help=_("Chemin ou nom d'un scénario, à calculer, ou dossier écrit par « solve --out », repris tel quel."),
    ),
]


@dataclass(frozen=True)
class Planned:
    """A scenario and its plan."""

    received: Received
    allocation: Allocation


def planned(name: str, tell: Steps) -> Planned:
    """Solve the scenario of that name, or read its solved folder.

    A folder holds the scenario with its rules in force: it no longer names its rulebooks. Raises what
    ``ui.cli.failures`` turns into exit codes.
    """
    if solved.is_solved(Path(name)):
        tell(_("Lecture et vérification de la répartition"))
        found = solved.read(Path(name))
        return Planned(Received(found.scenario, found.scenario, NO_RULEBOOKS), found.allocation)
    received = read_scenario(name, tell)
    return Planned(received, find_plan(received.scenario, tell))
