"""A plan from a name: a scenario to solve, or a folder that ``solve --out`` wrote, read back and verified again."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from allocator import solved
from allocator.allocation import Allocation
from scenarios.language import N_, _
from scenarios.rulebooks import NO_RULEBOOKS
from ui.cli.console import Steps
from ui.cli.scenario_argument import find_plan, read_scenario
from ui.received import Received

PlannedName = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO",
        help=N_("Chemin ou nom d'un scénario, à calculer, ou dossier écrit par « solve --out », repris tel quel."),
    ),
]


@dataclass(frozen=True)
class Opened:
    """A scenario, and its plan when it was already there."""

    received: Received
    allocation: Allocation | None = None

    def plan(self, tell: Steps) -> Allocation:
        """Return the plan, solved if need be. Raises InfeasibleScenarioError."""
        return self.allocation or find_plan(self.received.scenario, tell)


def opened(name: str, tell: Steps) -> Opened:
    """Read a scenario from its path or name, or a solved folder, whose plan is verified again.

    A folder holds the scenario with its rules in force: it no longer names its rulebooks. Raises what
    ``ui.cli.failures`` turns into exit codes.
    """
    if not solved.is_solved(Path(name)):
        return Opened(read_scenario(name, tell))
    tell(_("Lecture et vérification de la répartition"))
    found = solved.read(Path(name))
    return Opened(Received(found.scenario, found.scenario, NO_RULEBOOKS), found.allocation)
