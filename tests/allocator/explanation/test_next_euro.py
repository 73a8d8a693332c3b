"""One more euro: always the difference of two solves, the same for each cent of its range, by hand on the tutorial."""

from fractions import Fraction

import pytest

from allocator.engines import engine_named
from allocator.explanation.change import Change, changed
from allocator.explanation.next_euro import EURO, gain, lifted
from allocator.explanation.requirement import Kind
from allocator.solve.allocate import allocate
from allocator.solve.infeasible import InfeasibleScenarioError, NoWholeCentsError
from scenarios.document import GoalKind, Scenario
from scenarios.formats import read
from scenarios.library import find
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


@pytest.mark.parametrize("seeds", [range(0, 25), range(25, 50)], ids=str)
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
    measured = 0
    for seed in range(0, 60):
        scenario = messy(seed)
        if values(scenario) is None:
            continue
        for change in budgets(scenario)[:3]:
            found = gain(scenario, change, HIGHS)
            assert found is not None
            if found.since is None or found.until is None or found.until - found.since < 10:
                continue
            inner = [int(found.since) + 1, int(found.since + found.until) // 2, int(found.until) - 1]
            amounts = [(cents, gain(scenario, Change(change.kind, change.codes, cents), HIGHS)) for cents in inner if cents]
            slopes = {
                tuple((new - old) / (there - here) for (_, new), (_, old) in zip(later.goals, sooner.goals, strict=True))
                for (here, sooner), (there, later) in zip(amounts, amounts[1:], strict=False)
                if sooner is not None and later is not None
            }
            assert len(slopes) <= 1
            measured += len(slopes)
    assert measured
