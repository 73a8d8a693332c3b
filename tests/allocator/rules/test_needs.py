"""An operation is launched only as far as the operation it needs."""

from typing import Any

import pytest

from tests.allocator.rules.tiny import (
    COST,
    EARLY,
    VALUE,
    budgets,
    checked_allocation,
    derogation,
    formulation,
    launched,
    limited,
    operation,
    plan_line,
    rule,
    scenario,
)

NEEDED = operation("B", value=1, cost_excl_vat=1000)
ANY = rule("needs", needed="B", timing="any_year", operations=("OP",))
ORDERED = rule("needs", needed="B", timing="not_later", operations=("OP",))


def by_owner(amounts: list[int], **tables: Any) -> Any:
    """Both operations are paid by their owner alone, within yearly budgets."""
    fields: dict[str, Any] = {"goals": (VALUE, EARLY), "eligibilities": (), **tables}
    return scenario(partners=limited("COM"), budgets=budgets("COM", amounts=amounts), **fields)


def test_formulation_in_any_year() -> None:
    document = scenario(operations=(operation(latest_start=2027), NEEDED), rules=(ANY,))
    assert formulation(document, "needs") == [
        "needs|R|OP|B: -1200 share|B|2026 +1200 share|OP|2026 +1200 share|OP|2027 <= 0"
    ]


def test_formulation_when_the_order_matters() -> None:
    needed = NEEDED.model_copy(update={"earliest_start": 2027, "latest_start": 2028})
    document = scenario(operations=(operation(latest_start=2027), needed), rules=(ORDERED,))
    assert formulation(document, "needs") == [
        "needs|R|OP|B|2026: +1200 share|OP|2026 <= 0",
        "needs|R|OP|B|2027: -1200 share|B|2027 +1200 share|OP|2026 +1200 share|OP|2027 <= 0",
    ]


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        (999, {}),
        (1000, {"B|2026": 1000}),
        (2199, {"B|2026": 1000}),
        (2200, {"B|2026": 1000, "OP|2026": 1200}),
        (2201, {"B|2026": 1000, "OP|2026": 1200}),
    ],
)
def test_below_at_and_above_what_both_cost(budget: int, expected: dict[str, int]) -> None:
    document = by_owner([budget, 0, 0], operations=(operation(), NEEDED), rules=(ANY,))
    assert launched(checked_allocation(document)) == expected
    without = by_owner([budget, 0, 0], operations=(operation(), NEEDED))
    assert ("OP|2026" in launched(checked_allocation(without))) == (budget >= 1200)


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ((), {"OP|2026": 1200, "B|2027": 1000}),
        ((ANY,), {"OP|2026": 1200, "B|2027": 1000}),
        ((ORDERED,), {"OP|2027": 1200, "B|2027": 1000}),
    ],
)
def test_the_same_year_or_before(rules: tuple[Any, ...], expected: dict[str, int]) -> None:
    needed = NEEDED.model_copy(update={"earliest_start": 2027, "latest_start": 2027})
    document = by_owner([1200, 2200, 0], operations=(operation(latest_start=2027), needed), rules=rules)
    assert launched(checked_allocation(document)) == expected


@pytest.mark.parametrize("budget", [1099, 1100, 2199, 2200])
def test_a_whole_operation_needs_the_whole_of_a_divisible_one(budget: int) -> None:
    needed = NEEDED.model_copy(update={"divisible": True})
    found = launched(checked_allocation(by_owner([budget, 0, 0], operations=(operation(), needed), rules=(ANY,))))
    assert found.get("OP|2026", 0) == (1200 if budget == 2200 else 0)
    assert found["B|2026"] == 1000


@pytest.mark.parametrize(("budget", "part", "needed_part"), [(1100, 600, 500), (2200, 1200, 1000), (11, 6, 5)])
def test_divisible_operations_advance_together(budget: int, part: int, needed_part: int) -> None:
    operations = (operation(divisible=True), NEEDED.model_copy(update={"divisible": True}))
    document = by_owner([budget, 0, 0], operations=operations, rules=(ANY,))
    found = launched(checked_allocation(document))
    assert (found.get("OP|2026", 0), found.get("B|2026", 0)) == (part, needed_part)


def test_a_divisible_operation_needs_the_launch_of_a_whole_one() -> None:
    operations = (operation(divisible=True), NEEDED)
    short = by_owner([999, 0, 0], operations=operations, rules=(ANY,))
    assert launched(checked_allocation(short)) == {}
    enough = by_owner([1300, 0, 0], operations=operations, rules=(ANY,))
    assert launched(checked_allocation(enough)) == {"B|2026": 1000, "OP|2026": 300}


def test_two_operations_may_need_each_other() -> None:
    rules = (ANY, rule("needs", code="R2", needed="OP", timing="any_year", operations=("B",)))
    alone = by_owner([2199, 0, 0], operations=(operation(), NEEDED), rules=rules)
    assert launched(checked_allocation(alone)) == {}
    both = by_owner([2200, 0, 0], operations=(operation(), NEEDED), rules=rules)
    assert launched(checked_allocation(both)) == {"B|2026": 1000, "OP|2026": 1200}


def test_the_needed_operation_may_meet_the_filters_itself() -> None:
    every = rule("needs", needed="B", timing="any_year", natures=("AME",))
    document = by_owner([1000, 0, 0], operations=(operation(), NEEDED), rules=(every,))
    assert launched(checked_allocation(document)) == {"B|2026": 1000}


def test_a_fixed_plan_is_needed_and_needs() -> None:
    planned = operation(profile=None)
    lines = (plan_line("COM", 2026, 1200),)
    document = by_owner([1200, 0, 0], operations=(planned, NEEDED), plans=lines, rules=(ANY,))
    assert launched(checked_allocation(document)) == {"B|2026": 1000}


def test_a_derogation_lifts_it() -> None:
    document = by_owner(
        [1200, 0, 0], operations=(operation(), operation("C"), NEEDED), goals=(COST,),
        rules=(rule("needs", needed="B", timing="any_year", operations=("OP", "C")),),
        derogations=(derogation(operation="OP"),),
    )  # fmt: skip
    assert launched(checked_allocation(document)) == {"OP|2026": 1200}
