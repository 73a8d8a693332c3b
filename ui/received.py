"""A scenario as a reader opens it: as received, with the rules in force, and the law it employs."""

from dataclasses import dataclass

from scenarios import library
from scenarios.document import Scenario
from scenarios.formats import read
from scenarios.rulebooks import Law, in_force, law_of


@dataclass(frozen=True)
class Received:
    """One scenario. ``document`` still names its rulebooks; ``scenario`` carries their rules: it is computed."""

    document: Scenario
    scenario: Scenario
    law: Law


def receive(name_or_path: str) -> Received:
    """Read a scenario from its path or its name, and resolve its rulebooks at the date of each operation.

    Raises ScenarioError, with every problem, when it cannot be used or when a rule has no value at a date.
    """
    return resolved(read(library.find(name_or_path)))


def resolved(document: Scenario) -> Received:
    """Resolve the rulebooks of a scenario already read. Raises ScenarioError."""
    return Received(document, in_force(document), law_of(document))
