"""Why an amount: the tutorial by hand, and intervals checked through locks on the scenario itself."""

from fractions import Fraction
from math import ceil, floor

import pytest

from allocator.allocation import Allocation
from allocator.engines import engine_named
from allocator.explanation.requirement import Kind
from allocator.explanation.why import AmountWhy, Why
from allocator.solve.allocate import allocate, decide
from allocator.solve.infeasible import InfeasibleScenarioError, NoWholeCentsError
from scenarios.document import Lock, LockSense, Scenario
from scenarios.formats import read
from scenarios.library import find
from scenarios.synthetic import committee
from tests.allocator.messy import messy
from tests.allocator.rules.tiny import budgets, operation, partners, scenario, wanted

HIGHS = engine_named("highs")


def test_the_tutorial_by_hand() -> None:
    """The State pays PLACE with what its budget of 2028 leaves; the school takes the State's ceiling exactly."""
    why = Why(decide(read(find("tutoriel")), HIGHS), HIGHS)
    state, region, city = why.operation("PLACE")
    assert (state.partner, state.amount, state.low, state.high) == ("ETAT", 43_333_330, 43_333_330, 43_333_330)
    assert [one.key for one in state.ceilings] == [("commitment_budget", "ETAT", "2028")]
    assert (region.amount, city.amount) == (30_000_000, 50_000_000)
    assert {one.kind for one in region.floors} == {Kind.LOCK}
    school = why.operation("ECOLE")
    assert [one.codes for one in school[0].ceilings] == [("ETAT-EQP", "ECOLE"), ("MO-20", "ECOLE")]
    assert all(one.forced for one in school)


def test_a_free_payment_is_limited_when_every_year_is() -> None:
    """REG pays 300, 500 and 200: all its budgets together stop its commitment, and none does where 2028 has a rest."""
    tables = {
        "partners": partners(REG={"payment_limited": True, "payments": "free"}),
        "operations": (operation(profile="HALVES"),),
        "references": wanted(REG=1000, COM=200),
    }
    tight = scenario(**tables, budgets=budgets("REG", "payment", amounts=(300, 500, 100)))
    loose = scenario(**tables, budgets=budgets("REG", "payment", amounts=(300, 500, 201)))
    _, region = Why(decide(tight, HIGHS), HIGHS).operation("OP")
    assert [one.key for one in region.ceilings] == [("payment_budget", "REG", str(year)) for year in tight.years]
    _, region = Why(decide(loose, HIGHS), HIGHS).operation("OP")
    assert (region.amount, region.ceilings) == (1000, ())


def locked(scenario: Scenario, why: AmountWhy, sense: LockSense, amount: int) -> Allocation | None:
    lock = Lock(
        operation=why.operation, partner=why.partner, sense=sense, amount=amount, author="essai", reason="essai"
    )
    try:
        return allocate(scenario.model_copy(update={"locks": (*scenario.locks, lock)}))
    except (InfeasibleScenarioError, NoWholeCentsError):
        return None


def near(scenario: Scenario, why: AmountWhy, sense: LockSense, end: int, inwards: int) -> Allocation:
    """Return a verified plan within three cents of an end: whole cents may forbid the very end."""
    plans = (locked(scenario, why, sense, end + inwards * cents) for cents in range(4))
    return next(plan for plan in plans if plan is not None)


def reached(allocation: Allocation) -> list[Fraction]:
    return [goal.value for goal in allocation.goals]


def check_ends(seed: int) -> int:
    """Lock each free amount at both ends, then one cent beyond: the goals keep their values, then lose something.

    With whole decisions, other decisions may go beyond without losing anything: only the ends are checked.
    """
    scenario = messy(seed)
    try:
        decision = decide(scenario, HIGHS)
    except (InfeasibleScenarioError, NoWholeCentsError):
        return 0
    why = Why(decision, HIGHS)
    free = [one for operation in scenario.operations for one in why.operation(operation.code) if not one.forced]
    for one in free[:3]:
        ends = (LockSense.AT_LEAST, floor(one.high), 1), (LockSense.AT_MOST, ceil(one.low), -1)
        for sense, end, beyond in ends:
            inside = near(scenario, one, sense, end, -beyond)
            assert reached(inside) == reached(decision.allocation)
            if end + beyond >= 0 and not one.decided:
                outside = locked(scenario, one, sense, end + beyond)
                assert outside is None or reached(outside) != reached(decision.allocation)
    return len(free[:3])


@pytest.mark.parametrize("seeds", [range(10), range(10, 20)], ids=str)
def test_the_ends_of_an_interval_are_reached_and_no_more(seeds: range) -> None:
    assert sum(check_ends(seed) for seed in seeds) > 0


def test_an_engine_that_starts_cold_gives_the_same_intervals() -> None:
    """The ends found from one another, each where the engine stops, are those of whole runs of their own."""
    drawn = committee(operations=12, partners=5, years=3, seed=6)
    decision = decide(drawn, HIGHS)
    warm, cold = Why(decision, HIGHS), Why(decision, engine_named("ortools"))
    found = [warm.operation(line.code) for line in drawn.operations]
    assert any(not one.forced for line in found for one in line)
    assert found == [cold.operation(line.code) for line in drawn.operations]
