"""What it would take to fund an operation, or for a scenario to have a plan; options become staged edits."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from allocator.engines import Engine
from allocator.engines.highs import HighsEngine
from allocator.explanation.change import Change, changed
from allocator.explanation.conflict import Conflict
from allocator.explanation.conflict_words import conflict_text
from allocator.explanation.impossible import way_out
from allocator.explanation.relaxation import Option
from allocator.explanation.unlock import is_funded, obstacle, unlock
from allocator.explanation.words import Words
from allocator.solve.allocate import Decision
from scenarios.changes import difference
from scenarios.document import Scenario
from scenarios.language import _
from scenarios.store import Draft
from ui.desk.desk import Desk
from ui.desk.edits import stage
from ui.desk.versions import Current
from ui.explained import option_title
from ui.roles import Action
from ui.solving.tasks import Ask, Call
from ui.solving.ticket import Ticket


@dataclass(frozen=True)
class Way:
    """One option: its title with its cost, its changes in words, and the changes themselves."""

    title: str
    sentences: tuple[str, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Ways:
    """What contradicts itself, in words (empty: nothing does), and the options, the cheapest first."""

    conflict: str
    ways: tuple[Way, ...]


def ways_to_fund(decision: Decision, engine: Engine, operation: str, tell: Callable[[str], None]) -> Ways:
    """Find, in a worker, what it would take to fund an operation without taking anything from the others."""
    scenario, allocation = decision.compilation.layout.frame.scenario, decision.allocation
    tell(_("Recherche de ce qui s'y oppose"))
    blocked = obstacle(scenario, allocation, operation, engine)
    tell(_("Recherche de ce qu'il faudrait changer"))
    return _ways(scenario, blocked, unlock(scenario, allocation, operation, engine))


def ways_out(scenario: Scenario, tell: Callable[[str], None]) -> Ways:
    """Find, in a worker, what contradicts itself in a scenario without a plan, and the ways out."""
    tell(_("Recherche de ce qui se contredit"))
    found = way_out(scenario, HighsEngine())
    return _ways(scenario, found.conflict, found.options)


def obstacles(decision: Decision, engine: Engine, tell: Callable[[str], None]) -> dict[str, Conflict | None]:
    """Find, in a worker, what keeps each operation that is not entirely funded from being so."""
    scenario, allocation = decision.compilation.layout.frame.scenario, decision.allocation
    codes = sorted(line.code for line in scenario.operations)
    missing = [code for code in codes if not is_funded(scenario, allocation, code)]
    found = {}
    for rank, code in enumerate(missing, start=1):
        tell(_("Opération {code}, {rank} sur {count}").format(code=code, rank=rank, count=len(missing)))
        found[code] = obstacle(scenario, allocation, code, engine)
    return found


def ask_ways_to_fund(desk: Desk, opened: Current, operation: str) -> Ticket[Ways]:
    """Ask what it would take to fund an operation that is not entirely funded."""
    desk.require(Action.CALCULATE)
    return desk.queue.submit(desk.session, Ask(opened.dossier, opened.scenario, ways_to_fund, (operation,), tells=True))


def ask_ways_out(desk: Desk, opened: Current) -> Ticket[Ways]:
    """Ask what contradicts itself in a version without a plan, and the ways out."""
    desk.require(Action.CALCULATE)
    return desk.queue.submit(desk.session, Call(ways_out, (opened.scenario,), tells=True))


def ask_obstacles(desk: Desk, opened: Current) -> Ticket[dict[str, Conflict | None]]:
    """Ask what keeps each operation from being entirely funded."""
    desk.require(Action.CALCULATE)
    return desk.queue.submit(desk.session, Ask(opened.dossier, opened.scenario, obstacles, tells=True))


def stage_way(desk: Desk, opened: Current, way: Way, operation: str | None) -> Draft:
    """Stage the changes of an option; with ``operation``, that one has to be funded from then on.

    Raises ScenarioError when they do not fit what the user has staged already.
    """
    desk.require(Action.EDIT)
    after = changed(opened.document, way.changes)
    if operation is not None:
        after = after.model_copy(update={"operations": tuple(_mandatory(after, operation))})
    return stage(desk, opened.dossier, difference(opened.document, after))


def _mandatory(scenario: Scenario, operation: str) -> Iterable[object]:
    for line in scenario.operations:
        yield line.model_copy(update={"mandatory": True}) if line.code == operation else line


def _ways(scenario: Scenario, blocked: Conflict | None, options: tuple[Option, ...]) -> Ways:
    words = Words(scenario)
    ways = tuple(
        Way(option_title(words, rank, option), tuple(map(words.change, option.changes)), option.changes)
        for rank, option in enumerate(options, start=1)
    )
    return Ways("" if blocked is None else conflict_text(words, blocked), ways)
