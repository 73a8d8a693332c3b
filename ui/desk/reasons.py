"""Why an operation gets what it gets, in words: computed in a worker, from the decision it holds."""

from dataclasses import dataclass

from allocator.engines import Engine
from allocator.explanation.conflict_words import conflict_text
from allocator.explanation.unlock import is_funded, obstacle
from allocator.explanation.why import AmountWhy, Why
from allocator.explanation.words import Words
from allocator.solve.allocate import Decision
from scenarios.language import _
from ui.desk.desk import Desk
from ui.desk.versions import Current
from ui.roles import Action
from ui.solving.tasks import Ask
from ui.solving.ticket import Ticket

NAMED = 2
"""Limits named in the second sentence; the others are counted, and stand with each partner."""


@dataclass(frozen=True)
class Share:
    """What one partner brings, why, and between which amounts plans are as good, in words."""

    partner: str
    amount: str
    lowest: str
    highest: str
    sentences: tuple[str, str]


@dataclass(frozen=True)
class Reasons:
    """Why an operation gets what it gets: two sentences, each partner, and whether it is entirely funded."""

    operation: str
    summary: tuple[str, str]
    shares: tuple[Share, ...]
    funded: bool


def reasons(decision: Decision, engine: Engine, operation: str) -> Reasons:
    """Explain one operation, in a worker. Raises KeyError for an unknown code."""
    words, found = Words(decision.compilation.layout.frame.scenario), Why(decision, engine).operation(operation)
    return Reasons(
        operation=operation,
        summary=_summary(words, operation, found),
        shares=tuple(_share(words, one) for one in found),
        funded=is_funded(words.scenario, decision.allocation, operation),
    )


def hindrance(decision: Decision, engine: Engine, operation: str) -> str:
    """Say what keeps an operation from being entirely funded, in a worker; on a large scenario it takes a while."""
    scenario = decision.compilation.layout.frame.scenario
    found = obstacle(scenario, decision.allocation, operation, engine)
    if found is None:
        return _("Rien ne l'interdit : l'ordre des objectifs fait passer d'autres opérations avant elle.")
    return conflict_text(Words(scenario), found)


def _summary(words: Words, operation: str, found: tuple[AmountWhy, ...]) -> tuple[str, str]:
    """Return two sentences: those of the widest share, else what stops those who could pay."""
    brought = [one for one in found if one.amount]
    if brought:
        return words.amount(max(brought, key=lambda one: (one.amount, one.partner)))
    name = words.operation(operation)
    if not words.index.operations[operation].to_fund:
        return _("{operation} n'a rien à financer.").format(operation=name), ""
    limits = list(dict.fromkeys(words.requirement(limit) for one in found for limit in one.ceilings))
    first = _("{operation} n'est pas financée.").format(operation=name)
    if not limits:
        return first, ""
    more = len(limits) - NAMED
    sentence = (
        _("Ce qui arrête ceux qui pourraient payer : {limits} ; et {count} autres limites.")
        if more > 0
        else _("Ce qui arrête ceux qui pourraient payer : {limits}.")
    )
    return first, sentence.format(limits=_(" ; ").join(limits[:NAMED]), count=more)


def _share(words: Words, one: AmountWhy) -> Share:
    lowest, highest = words.ends(one)
    return Share(words.holder(one.partner), words.money(one.amount), lowest, highest, words.amount(one))


def ask_reasons(desk: Desk, opened: Current, operation: str) -> Ticket[Reasons]:
    """Ask why an operation of a version gets what it gets."""
    desk.require(Action.CALCULATE)
    return desk.queue.submit(desk.session, Ask(opened.dossier, opened.scenario, reasons, (operation,)))


def ask_hindrance(desk: Desk, opened: Current, operation: str) -> Ticket[str]:
    """Ask what keeps an operation of a version from being entirely funded."""
    desk.require(Action.CALCULATE)
    return desk.queue.submit(desk.session, Ask(opened.dossier, opened.scenario, hindrance, (operation,)))
