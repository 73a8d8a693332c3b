"""Previews after one edit, beside the decisive run: same goals, same plan before whole cents; or no preview at all."""

from dataclasses import replace
from fractions import Fraction

import pytest

from allocator.allocation import totals
from allocator.engines.highs import HighsEngine
from allocator.goals.goal import Tolerance
from allocator.solve.allocate import Decision, decide
from allocator.solve.preview import Preview, confirm, preview, ready
from scenarios.document import Goal, GoalKind, Lock, LockSense, RateCeiling, Scenario
from scenarios.synthetic import committee

GOALS = (GoalKind.PRIORITY_VALUE, GoalKind.EQUAL_EFFORT, GoalKind.REFERENCE_CLOSENESS)
CLOSE = 1e-6


def drawn() -> Scenario:
    goals = tuple(Goal(kind=kind) for kind in GOALS)
    return committee(30, partners=6, years=3).model_copy(update={"goals": goals})


def with_budget(scenario: Scenario, place: int, part: Fraction) -> Scenario:
    budget = scenario.budgets[place]
    amounts = {field: getattr(budget, field) for field in ("commitment", "payment")}
    changed = {field: int(amount * part) for field, amount in amounts.items() if amount is not None}
    budgets = [*scenario.budgets[:place], budget.model_copy(update=changed), *scenario.budgets[place + 1 :]]
    return scenario.model_copy(update={"budgets": tuple(budgets)})


def previewed(scenario: Scenario, edited: Scenario) -> tuple[Preview, Decision]:
    start = ready(decide(scenario, HighsEngine()), HighsEngine())
    assert start is not None
    found = preview(start, edited)
    assert found is not None
    return found, decide(edited, HighsEngine())


def compare(found: Preview, decision: Decision) -> None:
    """Goals are those of the decisive run, and commitments those of its exact plan, to a few cents."""
    reached = [float(goal.value) for goal in decision.allocation.goals]
    assert found.goals == pytest.approx(reached, rel=CLOSE)
    layout, frame = decision.compilation.layout, decision.compilation.layout.frame
    amounts = totals(found.commitments, lambda line: (line.operation, line.partner, line.start))
    for cell in range(layout.cells):
        place = frame.operation(cell).code, str(frame.partner_codes[frame.cell_partner[cell]]), frame.cell_year[cell]
        exact = decision.plan.values[layout.launches + cell]
        assert amounts.get(place, 0) == pytest.approx(float(exact), abs=len(frame.partner_codes) + 1)


@pytest.mark.parametrize("part", [Fraction(1), Fraction(98, 100), Fraction(102, 100)])
@pytest.mark.parametrize("place", [0, 4, 9])
def test_a_budget_edit_is_previewed_as_it_is_decided(place: int, part: Fraction) -> None:
    scenario = drawn()
    compare(*previewed(scenario, with_budget(scenario, place, part)))


def test_a_lock_is_previewed_as_it_is_decided() -> None:
    """The lock adds a row: bases are carried by name."""
    scenario = drawn()
    largest = max(decide(scenario, HighsEngine()).allocation.commitments, key=lambda line: line.amount)
    lock = Lock(
        operation=largest.operation, partner=largest.partner, sense=LockSense.AT_MOST, amount=largest.amount * 9 // 10,
        author="essai", reason="essai",
    )  # fmt: skip
    compare(*previewed(scenario, scenario.model_copy(update={"locks": (*scenario.locks, lock)})))


def test_a_rate_is_previewed_as_it_is_decided() -> None:
    """A rate changes terms of rows, not limits alone."""
    scenario = drawn()
    rules = list(scenario.rules)
    place = next(i for i, rule in enumerate(rules) if isinstance(rule, RateCeiling))
    rule = rules[place]
    assert isinstance(rule, RateCeiling)
    rules[place] = rule.model_copy(update={"rate": rule.rate * Fraction(97, 100)})
    compare(*previewed(scenario, scenario.model_copy(update={"rules": tuple(rules)})))


def test_a_preview_does_not_depend_on_those_before() -> None:
    scenario = drawn()
    start = ready(decide(scenario, HighsEngine()), HighsEngine())
    assert start is not None
    once = preview(start, with_budget(scenario, 4, Fraction(98, 100)))
    preview(start, with_budget(scenario, 0, Fraction(1, 2)))
    again = preview(start, with_budget(scenario, 4, Fraction(98, 100)))
    assert once is not None
    assert again is not None
    assert again.commitments == once.commitments


def test_a_preview_is_confirmed_or_replaced_to_the_cent() -> None:
    scenario = drawn()
    found, decision = previewed(scenario, with_budget(scenario, 4, Fraction(98, 100)))
    exact = replace(found, commitments=decision.allocation.commitments)
    assert confirm(exact, decision.allocation).same
    first, *others = decision.allocation.commitments
    moved = replace(exact, commitments=(replace(first, amount=first.amount + 1), *others[1:]))
    said = confirm(moved, decision.allocation)
    assert not said.same
    assert (said.moved, said.cents) == (2, 1 + others[0].amount)
    with pytest.raises(ValueError, match="not that of the scenario"):
        confirm(exact, decide(scenario, HighsEngine()).allocation)


def test_no_preview_where_a_loss_is_admitted_or_members_change() -> None:
    scenario = drawn()
    decision = decide(scenario, HighsEngine())
    first, *others = decision.compilation.objectives
    loss = replace(first, tolerance=Tolerance(Fraction(1, 100), 0))
    losing = replace(decision, compilation=replace(decision.compilation, objectives=(loss, *others)))
    assert ready(losing, HighsEngine()) is None
    start = ready(decision, HighsEngine())
    assert start is not None
    other = scenario.model_copy(update={"goals": scenario.goals[:2]})
    assert preview(start, other) is None
