"""Baltimore's real arbitration against ours: what each funds that the other does not, as the tables of a page.

``python -m benchmarks.arbitration`` prints the tables of ``docs/arbitrage.md``: the same requests, the fund totals the
city adopted, and the plan that funds the most cost.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from allocator.solve.allocate import allocate
from allocator.words import money
from scenarios.document import Scenario
from scenarios.library.build.baltimore_arbitration import YEARS, Arbitration, arbitration, build

LISTED = 1_000_000_00
"""Cents from which a project is named in the tables; the others are counted together."""


@dataclass(frozen=True)
class Outcome:
    """One plan beside the adopted one, in cents by project, on the projects the agencies asked for."""

    published: Arbitration
    substitution: bool
    whole: bool
    funded: dict[str, int]

    @property
    def adopted(self) -> dict[str, int]:
        """What the city adopted for each request, up to the request."""
        adopted = self.published.adopted_costs
        return {project: min(adopted.get(project, 0), cost) for project, cost in self.published.costs.items()}

    @property
    def differences(self) -> dict[str, int]:
        """Ours less theirs, where they differ."""
        pairs = ((project, self.funded.get(project, 0) - theirs) for project, theirs in self.adopted.items())
        return {project: difference for project, difference in pairs if difference}


@cache
def outcome(year: int, *, substitution: bool, whole: bool) -> Outcome:
    """Solve one variant of a year's requests; ``whole``: every project entirely or not at all."""
    scenario = build(year, substitution=substitution)
    allocation = allocate(_whole(scenario) if whole else scenario)
    funded = {launch.operation: launch.funded for launch in allocation.launches}
    return Outcome(arbitration(year), substitution, whole, funded)


def _whole(scenario: Scenario) -> Scenario:
    operations = tuple(operation.model_copy(update={"divisible": False}) for operation in scenario.operations)
    return scenario.model_copy(update={"operations": operations})


def _dollars(cents: int) -> str:
    return money(cents, "USD")


def totals(year: int) -> Iterator[str]:
    """Give the lines of the table of one year."""
    published = arbitration(year)
    asked, adopted = published.costs, published.adopted_costs
    within = sum(min(adopted.get(project, 0), cost) for project, cost in asked.items())
    yield f"| demandé ({len(asked)} projets) | {_dollars(sum(asked.values()))} | | |"
    yield f"| adopté, retraits non déduits | {_dollars(sum(adopted.values()))} | | |"
    yield f"| adopté dans la limite des demandes | {_dollars(within)} | | |"
    for substitution in (False, True):
        yield _total(outcome(year, substitution=substitution, whole=False))


def whole_totals(year: int) -> Iterator[str]:
    """Write the lines of the plans where no project may be funded in part: minutes of search for the tie-break."""
    for substitution in (False, True):
        yield _total(outcome(year, substitution=substitution, whole=True))


def _total(found: Outcome) -> str:
    funds = "fonds remplaçables" if found.substitution else "fonds de la demande"
    parts = ", projets entiers" if found.whole else ""
    more = [difference for difference in found.differences.values() if difference > 0]
    less = [-difference for difference in found.differences.values() if difference < 0]
    cells = (f"{_dollars(sum(amounts))} ({len(amounts)} projets)" for amounts in (more, less))
    return f"| notre plan : {funds}{parts} | {_dollars(sum(found.funded.values()))} | {' | '.join(cells)} |"


def projects(found: Outcome) -> Iterator[str]:
    """Give the lines of the table of projects that one plan funds more than the other, the largest first."""
    small = 0
    for project, difference in sorted(found.differences.items(), key=lambda item: (-item[1], item[0])):
        if abs(difference) < LISTED:
            small += 1
            continue
        ours, theirs = found.funded.get(project, 0), found.adopted[project]
        cells = (found.published.costs[project], theirs, ours, difference)
        yield f"| {project} | {found.published.labels[project]} | {' | '.join(_dollars(cell) for cell in cells)} |"
    yield f"| | {small} autres projets, de moins de 1 000 000 $ d'écart chacun | | | | |"


def main() -> None:
    """Print the tables."""
    for year in YEARS:
        print(f"\n{year}\n", *totals(year), *whole_totals(year), sep="\n")
        print("", *projects(outcome(year, substitution=True, whole=False)), sep="\n")


if __name__ == "__main__":
    main()
