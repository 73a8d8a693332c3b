"""A store filled before the application is served: scenarios, a second version of each, and their verified plans."""

from collections.abc import Sequence
from pathlib import Path

from scenarios.changes import CellChanged, Change
from scenarios.document import Scenario
from scenarios.store import open_store
from ui.desk.desk import Desk
from ui.desk.plans import ask, keep
from ui.desk.versions import current
from ui.roles import local_user
from ui.solving.limits import limits
from ui.solving.queue import Queue

AUTHOR = "Anne Martin"
"""Who is said to have made the versions: nobody."""


def fill(path: Path, scenarios: dict[str, Scenario], reason: str, changes: Sequence[Change] = ()) -> None:
    """Create a dossier for each scenario, commit the changes to the first one, and keep the plan of every version."""
    queue = Queue(1, limits())
    try:
        with open_store(str(path)) as store:
            desk = Desk(store, queue, local_user(AUTHOR), "filled")
            for name, scenario in scenarios.items():
                version = store.create(name, scenario, AUTHOR, reason)
                _keep_plan(desk, name)
                if changes and name == next(iter(scenarios)):
                    store.commit(name, version.id, changes, AUTHOR, "Budget de l'État ramené (illustratif)")
                    _keep_plan(desk, name)
    finally:
        queue.close()


def budget_changed(scenario: Scenario, rank: int, share: float) -> CellChanged:
    """Return the change of one commitment budget of a scenario, taken in order, to a share of what it was, in euros."""
    line = [one for one in scenario.budgets if one.commitment][rank]
    before = line.commitment or 0
    after = round(before * share / 100_00) * 100
    return CellChanged("budgets", (line.holder, str(line.year)), "commitment", _euros(before), str(after))


def _euros(cents: int) -> str:
    return f"{cents // 100}" if cents % 100 == 0 else f"{cents // 100}.{cents % 100:02d}"


def _keep_plan(desk: Desk, name: str) -> None:
    opened = current(desk, name)
    ticket = ask(desk, opened)
    ticket.wait()
    keep(desk, opened, ticket.result)
