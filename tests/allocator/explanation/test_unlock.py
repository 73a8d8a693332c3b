"""What it would take to fund an operation: the tutorial by hand, and what every option keeps."""

from collections import Counter

import pytest

from allocator.allocation import Allocation
from allocator.check import verify
from allocator.engines import engine_named
from allocator.explanation.change import Change, changed
from allocator.explanation.elastic import Elastic, Give
from allocator.explanation.requirement import Kind, Requirement, requirements
from allocator.explanation.unlock import is_funded, obstacle, together, unlock, wanting
from allocator.solve.allocate import allocate
from allocator.solve.infeasible import InfeasibleScenarioError
from allocator.solve.ordered_goals import NoPlanError
from scenarios.document import Scenario
from scenarios.synthetic import committee
from tests.allocator.explanation.another_solver import has_plan

HIGHS = engine_named("highs")


def funded(allocation: Allocation) -> Counter[str]:
    amounts: Counter[str] = Counter()
    for launch in allocation.launches:
        amounts[launch.operation] += launch.funded
    return amounts


def test_the_square_of_the_tutorial(tutorial: Scenario) -> None:
    """PLACE lacks 266 666.70 € : the city or the State must commit them in 2028, the region's amount being decided."""
    allocation = allocate(tutorial)
    options = unlock(tutorial, allocation, "PLACE", HIGHS)
    assert options[0].changes == (Change(Kind.COMMITMENT_BUDGET, ("VILLE", "2028"), 26_666_670),)
    assert {option.cost for option in options[:2]} == {26_666_670}
    found = obstacle(tutorial, allocation, "PLACE", HIGHS)
    assert found is not None
    assert found.proven
    assert {one.key for one in found.requirements} == {
        ("commitment_budget", "ETAT", "2028"),
        ("commitment_budget", "VILLE", "2028"),
        ("lock", "exactly", "PLACE", "REGION"),
        ("mandatory", "PLACE"),
    }


def test_what_bears_on_other_operations_may_be_said_at_once(
    tutorial: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GYMNASE competes with ECOLE for the envelope of the State: told apart here, at once where there are many."""
    allocation = allocate(tutorial)

    def found(apart: int) -> set[tuple[str, ...]]:
        monkeypatch.setattr("allocator.explanation.unlock.APART", apart)
        conflict = obstacle(tutorial, allocation, "GYMNASE", HIGHS)
        assert conflict is not None
        assert conflict.proven
        return {one.key for one in conflict.requirements}

    apart, together = found(40), found(0)
    others = {key for key in apart if "ECOLE" in key or "ETUDE" in key}
    assert others
    assert together == (apart - others) | {("others",)}


@pytest.mark.parametrize("seed", [3, 4])
def test_obstacles_of_a_committee_are_minimal(seed: int) -> None:
    """Another solver says so: no plan meets them all, some plan meets all of them but any one."""
    scenario = committee(operations=40, partners=6, years=4, seed=seed)
    allocation = allocate(scenario)
    before = funded(allocation)
    short = [line.code for line in scenario.operations if before[line.code] < line.to_fund][:2]
    for code in short:
        conflict = obstacle(scenario, allocation, code, HIGHS)
        assert conflict is not None
        assert conflict.proven
        assert ("others",) in {one.key for one in conflict.requirements}
        compilation = wanting(scenario, allocation, code)[1]
        asked = together(compilation.program, requirements(compilation.program), code)
        assert not has_plan(compilation, conflict.requirements, asked)
        for dropped in conflict.requirements:
            kept = [one for one in conflict.requirements if one is not dropped]
            assert has_plan(compilation, kept, asked)


def test_one_cent_less_than_the_cheapest_is_not_enough(tutorial: Scenario) -> None:
    allocation = allocate(tutorial)
    option = unlock(tutorial, allocation, "PLACE", HIGHS)[0]
    amounts = funded(allocation)
    held = tuple(
        line.model_copy(update={"mandatory": line.code == "PLACE" or amounts[line.code] == line.to_fund})
        for line in tutorial.operations
    )
    wanted = tutorial.model_copy(update={"operations": held})
    short = Change(option.changes[0].kind, option.changes[0].codes, option.changes[0].cents - 1)
    assert allocate(changed(wanted, option.changes))
    with pytest.raises(InfeasibleScenarioError):
        allocate(changed(wanted, (short,)))


def test_an_operation_already_funded_is_refused(tutorial: Scenario) -> None:
    allocation = allocate(tutorial)
    assert is_funded(tutorial, allocation, "ECOLE")
    assert obstacle(tutorial, allocation, "ECOLE", HIGHS) is None
    with pytest.raises(ValueError, match="ECOLE"):
        unlock(tutorial, allocation, "ECOLE", HIGHS)


def test_every_option_funds_the_operation_and_takes_nothing_from_those_entirely_funded() -> None:
    scenario = committee(operations=40, partners=6, years=4, seed=3)
    allocation = allocate(scenario)
    before = funded(allocation)
    short = [line.code for line in scenario.operations if before[line.code] < line.to_fund][:3]
    assert short
    for code in short:
        options = unlock(scenario, allocation, code, HIGHS)
        assert options
        for option in options:
            after = funded(option.allocation)
            for line in scenario.operations:
                if line.code == code or before[line.code] == line.to_fund:
                    assert after[line.code] == line.to_fund
            assert verify(changed(scenario, option.changes), option.allocation)  # the mandatory flags differ


def test_the_least_is_the_same_from_another_engine_and_whatever_was_asked_before() -> None:
    scenario = committee(operations=20, partners=5, years=3, seed=5)
    allocation = allocate(scenario)
    before = funded(allocation)
    code = next(line.code for line in scenario.operations if before[line.code] < line.to_fund)
    compilation = wanting(scenario, allocation, code)[1]
    giving = [one for one in requirements(compilation.program) if one.kind is Kind.COMMITMENT_BUDGET or one.negotiable]
    asked = [giving, giving[1:], giving[: len(giving) // 2], [one for one in giving if one.codes[0] != "F00"]]
    warm = Elastic(compilation, HIGHS, giving)
    found = [least(warm, some) for some in asked]
    assert found[0]
    for some, expected in zip(asked, found, strict=True):
        assert least(Elastic(compilation, engine_named("ortools"), giving), some) == expected
        estimate = warm.about(some)
        assert (estimate is None) == (expected is None)
        if expected is not None:
            assert estimate == pytest.approx(float(sum(one.cents for one in expected)), rel=1e-6, abs=1)


def least(elastic: Elastic, giving: list[Requirement]) -> tuple[Give, ...] | None:
    try:
        return elastic.least(giving)
    except NoPlanError:
        return None
