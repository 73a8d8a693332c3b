"""When no plan exists: which mandatory operations lack what, or which decided amounts contradict each other."""

import pytest

from allocator.solve.allocate import allocate
from allocator.solve.infeasible import InfeasibleScenarioError, NoWholeCentsError, Shortfall
from scenarios.document import Base, Lock, LockSense, Mark, RateCeiling, RateFloor, Scenario
from scenarios.formats import read
from scenarios.library import find


@pytest.fixture(scope="module")
def tutorial() -> Scenario:
    return read(find("tutoriel"))


def with_operations(scenario: Scenario, codes: set[str]) -> Scenario:
    operations = tuple(
        operation.model_copy(update={"mandatory": operation.code in codes}) for operation in scenario.operations
    )
    return scenario.model_copy(update={"operations": operations})


def test_missing_money_is_told_operation_by_operation(tutorial: Scenario) -> None:
    everything = {operation.code for operation in tutorial.operations}
    with pytest.raises(InfeasibleScenarioError) as caught:
        allocate(with_operations(tutorial, everything))
    shortfalls = caught.value.shortfalls
    assert shortfalls
    assert all(isinstance(shortfall, Shortfall) for shortfall in shortfalls)
    assert all(0 <= shortfall.at_most < shortfall.to_fund for shortfall in shortfalls)
    assert "il manque" in str(caught.value)
    assert all(shortfall.operation in str(caught.value) for shortfall in shortfalls)


def test_what_can_be_mandatory_is_allowed(tutorial: Scenario) -> None:
    allocate(with_operations(tutorial, {"ECOLE"}))


def test_contradicting_locks_are_named_as_such(tutorial: Scenario) -> None:
    operation = next(o for o in tutorial.operations if o.code == "ECOLE")
    locks = tuple(
        Lock(operation="ECOLE", partner=operation.owner, sense=sense, amount=amount, author="a", reason="r")
        for sense, amount in ((LockSense.AT_LEAST, 200), (LockSense.AT_MOST, 100))
    )
    with pytest.raises(InfeasibleScenarioError, match="montants arrêtés"):
        allocate(tutorial.model_copy(update={"locks": locks}))


def test_a_rate_that_is_no_whole_cent_is_told_with_its_rules(tutorial: Scenario) -> None:
    """A partner held to exactly a third of 100 cents can give neither 33 nor 34."""
    cents = tuple(
        o.model_copy(update={"cost_excl_vat": 100, "cost_incl_vat": None, "receipts": 0, "mandatory": True})
        if o.code == "ECOLE"
        else o
        for o in tutorial.operations
    )
    common = {"label": "r", "negotiable": True, "reference": "essai", "mark": Mark.ILLUSTRATIVE}
    held = (
        RateCeiling(
            kind="rate_ceiling", code="HAUT", partner="ETAT", rate="1/3", base=Base.DEFICIT, operations=("ECOLE",),
            **common,
        ),
        RateFloor(
            kind="rate_floor", code="BAS", partner="ETAT", rate="1/3", base=Base.DEFICIT, operations=("ECOLE",),
            **common,
        ),
    )  # fmt: skip
    scenario = tutorial.model_copy(update={"operations": cents, "rules": held, "locks": (), "references": ()})
    scenario = scenario.model_copy(update={"goals": scenario.goals[:1]})
    with pytest.raises(NoWholeCentsError) as caught:
        allocate(scenario)
    assert "HAUT" in str(caught.value) or "BAS" in str(caught.value)
    assert "centime" in str(caught.value)
