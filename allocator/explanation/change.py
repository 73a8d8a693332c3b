"""What the committee would change in a scenario so that something becomes possible, and the scenario once changed."""

from collections.abc import Iterable
from dataclasses import dataclass

from allocator.explanation.elastic import Give
from allocator.explanation.requirement import Kind
from scenarios.document import Budget, Derogation, Envelope, Lock, LockSense, Scenario
from scenarios.language import _

BY = "proposition"
"""Author of the derogations that are only tried."""


@dataclass(frozen=True, order=True)
class Change:
    """One requirement that gives way by ``cents``; ``kind`` and ``codes`` as in ``Requirement``.

    A budget or an envelope grows by that much, an amount already decided moves by that much, a rule is lifted for the
    operation, which then exceeds it by that much.
    """

    kind: Kind
    codes: tuple[str, ...]
    cents: int


def changes(gives: Iterable[Give]) -> tuple[Change, ...]:
    """Return the changes that exact amounts call for, in whole cents."""
    return tuple(Change(give.requirement.kind, give.requirement.codes, give.whole) for give in gives)


def changed(scenario: Scenario, wanted: Iterable[Change]) -> Scenario:
    """Return the scenario once the changes are made."""
    for change in wanted:
        scenario = _CHANGERS[change.kind](scenario, change)
    return scenario


def _commitment_budget(scenario: Scenario, change: Change) -> Scenario:
    return _budget(scenario, change, "commitment")


def _payment_budget(scenario: Scenario, change: Change) -> Scenario:
    return _budget(scenario, change, "payment")


def _budget(scenario: Scenario, change: Change, column: str) -> Scenario:
    holder, year = change.codes

    def grown(line: Budget) -> Budget:
        amount = getattr(line, column)
        if (line.holder, line.year) != (holder, int(year)):
            return line
        return line.model_copy(update={column: amount + change.cents})

    return scenario.model_copy(update={"budgets": tuple(map(grown, scenario.budgets))})


def _envelope(scenario: Scenario, change: Change) -> Scenario:
    def grown(line: Envelope) -> Envelope:
        return line.model_copy(update={"amount": line.amount + change.cents}) if line.code == change.codes[0] else line

    return scenario.model_copy(update={"envelopes": tuple(map(grown, scenario.envelopes))})


def _lock(scenario: Scenario, change: Change) -> Scenario:
    """Leave an amount within ``cents`` of what was decided: one decided exactly may move either way."""
    sense, operation, partner = change.codes
    locks: list[Lock] = []
    for line in scenario.locks:
        if (line.sense.value, line.operation, line.partner) != (sense, operation, partner):
            locks.append(line)
            continue
        if line.sense is not LockSense.AT_MOST:
            low = max(0, line.amount - change.cents)
            locks.append(line.model_copy(update={"sense": LockSense.AT_LEAST, "amount": low}))
        if line.sense is not LockSense.AT_LEAST:
            high = line.amount + change.cents
            locks.append(line.model_copy(update={"sense": LockSense.AT_MOST, "amount": high}))
    return scenario.model_copy(update={"locks": tuple(locks)})


def _rule(scenario: Scenario, change: Change) -> Scenario:
    if len(change.codes) == 1:
        rules = tuple(rule for rule in scenario.rules if rule.code != change.codes[0])
        return scenario.model_copy(update={"rules": rules})
    rule, operation = change.codes
    line = Derogation(rule=rule, operation=operation, author=BY, reference=_("dérogation à demander"))
    return scenario.model_copy(update={"derogations": (*scenario.derogations, line)})


_CHANGERS = {
    Kind.COMMITMENT_BUDGET: _commitment_budget,
    Kind.PAYMENT_BUDGET: _payment_budget,
    Kind.ENVELOPE: _envelope,
    Kind.LOCK: _lock,
    Kind.RULE: _rule,
}
