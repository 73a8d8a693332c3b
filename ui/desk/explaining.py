"""Why these amounts, who else could have paid, one more euro: computed in a worker, from the decision it holds."""

from collections.abc import Callable
from dataclasses import dataclass

from allocator.engines import Engine
from allocator.explanation.next_euro import gain
from allocator.explanation.requirement import Requirement
from allocator.explanation.why import AmountWhy, Why
from allocator.explanation.words import Words
from allocator.solve.allocate import Decision
from reports.charts.table import Table
from reports.layout.figures import Figures
from scenarios.document import Scenario
from scenarios.language import _
from ui.desk.desk import Desk
from ui.desk.versions import Current
from ui.explained import amounts_table, euro_changes, others_sentence
from ui.roles import Action
from ui.solving.tasks import Ask
from ui.solving.ticket import Ticket


@dataclass(frozen=True)
class Explained:
    """Two sentences for each amount, the table of them, and who else could have paid (empty for a partner)."""

    sentences: tuple[tuple[str, str], ...]
    table: Table
    others: str = ""


def of_operation(decision: Decision, engine: Engine, operation: str) -> Explained:
    """Explain each partner that may pay an operation, in a worker. Raises KeyError for an unknown code."""
    found = Why(decision, engine).operation(operation)
    return _explained(decision, found, others_sentence(Words(_scenario(decision)), found))


def of_partner(decision: Decision, engine: Engine, partner: str) -> Explained:
    """Explain each amount that a partner brings, in a worker. Raises KeyError for an unknown code."""
    return _explained(decision, Why(decision, engine).partner(partner), "")


def next_euro(
    decision: Decision, engine: Engine, partner: str | None, rule: str | None, tell: Callable[[str], None]
) -> tuple[str, ...]:
    """Say what one more euro in each budget would give, or a rule lifted, in a worker: each is solved again."""
    scenario = _scenario(decision)
    words, changes = Words(scenario), euro_changes(scenario, partner, rule)
    said = []
    for rank, change in enumerate(changes, start=1):
        subject = words.requirement(Requirement(change.kind, change.codes, (), negotiable=True))
        tell(_("{rank} sur {count} : {what}").format(rank=rank, count=len(changes), what=subject))
        found = gain(scenario, change, engine, decision.plan)
        if found is not None:
            said.append(words.gain(found))
    return tuple(said)


def ask_operation(desk: Desk, opened: Current, operation: str) -> Ticket[Explained]:
    """Ask why each partner pays what it pays of an operation."""
    desk.require(Action.CALCULATE)
    return desk.queue.submit(desk.session, Ask(opened.dossier, opened.scenario, of_operation, (operation,)))


def ask_partner(desk: Desk, opened: Current, partner: str) -> Ticket[Explained]:
    """Ask why a partner pays what it pays."""
    desk.require(Action.CALCULATE)
    return desk.queue.submit(desk.session, Ask(opened.dossier, opened.scenario, of_partner, (partner,)))


def ask_next_euro(
    desk: Desk, opened: Current, *, partner: str | None = None, rule: str | None = None
) -> Ticket[tuple[str, ...]]:
    """Ask what one more euro in the budgets of a partner or a pool would give, or what a rule costs."""
    desk.require(Action.CALCULATE)
    task = Ask(opened.dossier, opened.scenario, next_euro, (partner, rule), tells=True)
    return desk.queue.submit(desk.session, task)


def _explained(decision: Decision, found: tuple[AmountWhy, ...], others: str) -> Explained:
    words = Words(_scenario(decision))
    table = amounts_table(Figures(words.scenario, decision.allocation), found)
    return Explained(tuple(words.amount(one) for one in found), table, others)


def _scenario(decision: Decision) -> Scenario:
    return decision.compilation.layout.frame.scenario
