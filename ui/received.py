"""A scenario as a reader opens it: as received, with the rules in force, and the law it employs."""

from dataclasses import dataclass, replace

from scenarios import library
from scenarios.document import Scenario
from scenarios.formats import read
from scenarios.rulebooks import Law, in_force, law_of


@dataclass(frozen=True)
class Received:
    """One scenario. ``document`` still names its rulebooks; ``scenario`` carries their rules: it is computed.

    ``remarks``: sentences about what was read otherwise than written.
    """

    document: Scenario
    scenario: Scenario
    law: Law
    remarks: tuple[str, ...] = ()


def receive(name_or_path: str) -> Received:
    """Read a scenario from its path or its name, and resolve its rulebooks at the date of each operation.

    Raises ScenarioError, with every problem, when it cannot be used or when a rule has no value at a date.
    """
    remarks: list[str] = []
    document = read(library.find(name_or_path), remarks.append)
    return replace(resolved(document), remarks=tuple(remarks))


def resolved(document: Scenario) -> Received:
    """Resolve the rulebooks of a scenario already read. Raises ScenarioError."""
    return Received(document, in_force(document), law_of(document))
