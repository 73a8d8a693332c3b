"""An operation is launched at most once in all, and entirely when it is mandatory."""

from typing import Any

import pytest

from allocator.solve.allocate import allocate
from allocator.solve.infeasible import InfeasibleScenarioError, Shortfall
from scenarios.document import Scenario
from tests.allocator.rules.tiny import (
    COST,
    EARLY,
    VALUE,
    budgets,
    columns,
    committed,
    formulation,
    launched,
    limited,
    operation,
    scenario,
)


def owner_budget(*amounts: int) -> dict[str, Any]:
    return {"eligibilities": (), "partners": limited("COM"), "budgets": budgets("COM", amounts=amounts)}


def test_formulation() -> None:
    document = scenario(
        operations=(
            operation("ONE"),
            operation("MUST", mandatory=True),
            operation("MUST2", mandatory=True, latest_start=2027),
            operation("TWO", latest_start=2027, divisible=True),
        ),
        eligibilities=(),
    )
    assert formulation(document, "mandatory", "selection") == [
        "mandatory|MUST: +1 share|MUST|2026 = 1",
        "mandatory|MUST2: +1 share|MUST2|2026 +1 share|MUST2|2027 = 1",
        "selection|TWO: +1 share|TWO|2026 +1 share|TWO|2027 <= 1",
    ]
    assert columns(document)[:6] == [
        "share|MUST|2026 <= 1 whole",
        "share|MUST2|2026 <= 1 whole",
        "share|MUST2|2027 <= 1 whole",
        "share|ONE|2026 <= 1 whole",
        "share|TWO|2026 <= 1",
        "share|TWO|2027 <= 1",
    ]


def test_a_whole_operation_starts_in_one_single_year() -> None:
    document = scenario(goals=(VALUE, EARLY), operations=(operation(latest_start=2027),), **owner_budget(700, 700, 0))
    assert committed(document) == {}


@pytest.mark.parametrize(("second", "start"), [(1199, None), (1200, 2027), (1201, 2027)])
def test_a_whole_operation_waits_for_the_year_that_can_bear_it(second: int, start: int | None) -> None:
    document = scenario(
        goals=(VALUE, EARLY), operations=(operation(latest_start=2027),), **owner_budget(1199, second, 0)
    )
    assert launched(allocate(document)) == ({f"OP|{start}": 1200} if start else {})


def test_a_divisible_operation_is_spread_over_the_years_it_may_start() -> None:
    document = scenario(
        goals=(VALUE, EARLY), operations=(operation(latest_start=2027, divisible=True),), **owner_budget(700, 700, 0)
    )
    assert committed(document) == {"OP|COM|2026": 700, "OP|COM|2027": 500}


def test_no_more_than_the_operation_is_launched_over_the_years() -> None:
    document = scenario(
        goals=(VALUE, EARLY), operations=(operation(latest_start=2027, divisible=True),), **owner_budget(1200, 1200, 0)
    )
    assert committed(document) == {"OP|COM|2026": 1200}


def test_a_mandatory_operation_comes_before_one_of_greater_value() -> None:
    operations = (operation("LOW", value=0, mandatory=True), operation("HIGH", value=999))
    document = scenario(goals=(VALUE,), operations=operations, **owner_budget(2399, 0, 0))
    assert committed(document) == {"LOW|COM|2026": 1200}


def test_a_mandatory_operation_is_never_funded_in_part() -> None:
    operations = (
        operation("LOW", value=0, mandatory=True, divisible=True),
        operation("HIGH", value=999, divisible=True),
    )
    document = scenario(goals=(VALUE,), operations=operations, **owner_budget(1201, 0, 0))
    assert committed(document) == {"HIGH|COM|2026": 1, "LOW|COM|2026": 1200}


@pytest.mark.parametrize("divisible", [False, True])
def test_one_cent_short_of_a_mandatory_operation(divisible: bool) -> None:
    operations = (operation(mandatory=True, divisible=divisible),)
    document = scenario(goals=(VALUE,), operations=operations, **owner_budget(1199, 0, 0))
    with pytest.raises(InfeasibleScenarioError) as refusal:
        allocate(document)
    assert refusal.value.shortfalls == (Shortfall("OP", 1200, 1199),)
    enough = document.model_copy(update={"budgets": tuple(budgets("COM", amounts=[1200, 0, 0]))})
    assert committed(enough) == {"OP|COM|2026": 1200}


def test_whole_operations_are_chosen_for_the_sum_of_their_values() -> None:
    # 3 + 3 points for 600 + 600 cents beat 5 points for 900 cents.
    operations = (
        operation("A", cost_excl_vat=900, value=5),
        operation("B", cost_excl_vat=600, value=3),
        operation("C", cost_excl_vat=600, value=3),
    )
    document = scenario(goals=(VALUE, COST), operations=operations, **owner_budget(1200, 0, 0))
    assert committed(document) == {"B|COM|2026": 600, "C|COM|2026": 600}
    one_less = document.model_copy(update={"budgets": tuple(budgets("COM", amounts=[1199, 0, 0]))})
    assert committed(one_less) == {"A|COM|2026": 900}


def _no_single_year_bears_it() -> Scenario:
    """Build a whole mandatory operation of 1200 cents with 700 cents each year: in part it would be feasible."""
    operations = (operation(mandatory=True, latest_start=2027),)
    return scenario(goals=(VALUE,), operations=operations, **owner_budget(700, 700, 0))


@pytest.mark.parametrize("engine", ["highs", "ortools", "pulp"])
def test_every_engine_says_that_no_selection_is_possible(engine: str) -> None:
    with pytest.raises(InfeasibleScenarioError):
        allocate(_no_single_year_bears_it(), engine)


def test_a_mandatory_operation_that_no_single_year_can_bear_is_named() -> None:
    with pytest.raises(InfeasibleScenarioError) as refusal:
        allocate(_no_single_year_bears_it())
    assert [shortfall.operation for shortfall in refusal.value.shortfalls] == ["OP"]
    assert "montants arrêtés" not in str(refusal.value)
