"""One more euro: always the difference of two solves, the same for each cent of its range, by hand on the tutorial."""

from dataclasses import replace
from fractions import Fraction

import pytest

from allocator.compilation import compile_scenario
from allocator.engines import engine_named
from allocator.explanation.change import Change, changed
from allocator.explanation.next_euro import EURO, gain, lifted
from allocator.explanation.requirement import Kind
from allocator.solve.allocate import allocate
from allocator.solve.exact_plan import exact_plan
from allocator.solve.infeasible import InfeasibleScenarioError, NoWholeCentsError
from scenarios.document import GoalKind, Scenario
from scenarios.formats import read
from scenarios.library import find
from scenarios.synthetic import committee
from tests.allocator.messy import messy

HIGHS = engine_named("highs")


def budgets(scenario: Scenario) -> list[Change]:
    """One more euro in every budget and envelope."""
    found = []
    for line in scenario.budgets:
        for kind, amount in ((Kind.COMMITMENT_BUDGET, line.commitment), (Kind.PAYMENT_BUDGET, line.payment)):
            if amount is not None:
                found.append(Change(kind, (line.holder, str(line.year)), EURO))
    return [*found, *(Change(Kind.ENVELOPE, (line.code,), EURO) for line in scenario.envelopes)]


def test_the_tutorial_by_hand() -> None:
    """PLACE costs 1 500 000 € for 30 points: a euro of the city's budget of 2028 funds a euro of it."""
    tutorial = read(find("tutoriel"))
    found = gain(tutorial, Change(Kind.COMMITMENT_BUDGET, ("VILLE", "2028"), EURO), HIGHS)
    assert found is not None
    assert dict(found.goals)[GoalKind.PRIORITY_VALUE] == Fraction(30, 1_500_000)
    assert dict(found.operations) == {"PLACE": 100}
    idle = gain(tutorial, Change(Kind.COMMITMENT_BUDGET, ("VILLE", "2029"), EURO), HIGHS)
    assert idle is not None
    assert not any(value for _, value in idle.goals)


def values(scenario: Scenario) -> list[Fraction] | None:
    try:
        return [goal.value for goal in allocate(scenario).goals]
    except (InfeasibleScenarioError, NoWholeCentsError):
        return None


@pytest.mark.parametrize("seeds", [range(6), range(6, 12)], ids=str)
def test_every_figure_is_the_difference_of_two_solves(seeds: range) -> None:
    compared = 0
    for seed in seeds:
        scenario = messy(seed)
        before = values(scenario)
        if before is None:
            continue
        rules = [lifted(rule.code) for rule in scenario.rules[:2]]
        for change in (*budgets(scenario)[:4], *rules):
            after = values(changed(scenario, (change,)))
            found = gain(scenario, change, HIGHS)
            if after is None:
                continue
            assert found is not None
            assert [value for _, value in found.goals] == [new - old for new, old in zip(after, before, strict=True)]
            compared += 1
    assert compared


def test_each_cent_of_the_range_gives_the_same() -> None:
    """Half the range gives half of what the whole range gives, on every goal."""
    scenario = committee(operations=40, partners=6, years=4, seed=3, whole=Fraction(0))
    base = exact_plan(compile_scenario(scenario), HIGHS)
    measured = 0
    for change in budgets(scenario)[:12]:
        found = gain(scenario, change, HIGHS, base)
        assert found is not None
        if found.until is None or found.until < 2 * EURO or not any(value for _, value in found.goals):
            continue
        whole = int(found.until) // 2 * 2
        all_of_it, half = (replace(change, cents=cents) for cents in (whole, whole // 2))
        for (_, most), (_, some) in zip(goals(scenario, all_of_it), goals(scenario, half), strict=True):
            assert most == 2 * some
        measured += 1
    assert measured


def goals(scenario: Scenario, change: Change) -> tuple[tuple[GoalKind, Fraction], ...]:
    found = gain(scenario, change, HIGHS)
    assert found is not None
    return found.goals
