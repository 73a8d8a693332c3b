"""What a partner has already decided on an operation is respected: exactly, at least or at most."""

import pytest

from allocator.solve.allocate import allocate
from allocator.solve.infeasible import InfeasibleScenarioError
from scenarios.document import Lock
from tests.allocator.rules.tiny import (
    VALUE,
    budgets,
    committed,
    eligibility,
    formulation,
    limited,
    operation,
    scenario,
    wanted,
)


def lock(sense: str, amount: int, partner: str = "REG", code: str = "OP") -> Lock:
    return Lock(operation=code, partner=partner, sense=sense, amount=amount, author="Comité", reason="illustratif")


def test_formulation() -> None:
    locks = (lock("exactly", 5, "COM"), lock("at_most", 400), lock("at_least", 300), lock("exactly", 7, "COM", "B"))
    document = scenario(operations=(operation(latest_start=2027), operation("B")), locks=locks)
    assert formulation(document, "lock") == [
        "lock|exactly|B|COM: +1 commit|B|COM|2026 = 7",
        "lock|exactly|OP|COM: +1 commit|OP|COM|2026 +1 commit|OP|COM|2027 = 5",
        "lock|at_least|OP|REG: -1 commit|OP|REG|2026 -1 commit|OP|REG|2027 <= -300",
        "lock|at_most|OP|REG: +1 commit|OP|REG|2026 +1 commit|OP|REG|2027 <= 400",
    ]


@pytest.mark.parametrize(
    ("sense", "wish", "brought"),
    [
        ("exactly", 299, 300),
        ("exactly", 300, 300),
        ("exactly", 301, 300),
        ("at_least", 299, 300),
        ("at_least", 300, 300),
        ("at_least", 301, 301),
        ("at_most", 299, 299),
        ("at_most", 300, 300),
        ("at_most", 301, 300),
    ],
)
def test_below_at_and_above_the_amount(sense: str, wish: int, brought: int) -> None:
    document = scenario(locks=(lock(sense, 300),), references=wanted(REG=wish, COM=1200 - wish))
    assert committed(document) == {"OP|COM|2026": 1200 - brought, "OP|REG|2026": brought}


@pytest.mark.parametrize("sense", ["exactly", "at_most"])
def test_a_refusal_is_a_lock_at_zero(sense: str) -> None:
    assert committed(scenario(locks=(lock(sense, 0),), references=wanted(REG=1200))) == {"OP|COM|2026": 1200}


def test_a_promise_launches_an_operation_that_no_goal_asks_for() -> None:
    document = scenario(goals=(VALUE,), operations=(operation(value=0), operation("B", value=9)), locks=(
        lock("at_least", 1),), partners=limited("COM"), budgets=budgets("COM", amounts=[1200, 0, 0]))  # fmt: skip
    found = committed(document)
    assert sum(amount for cell, amount in found.items() if cell.startswith("OP")) == 1200
    assert found["OP|REG|2026"] >= 1


def test_a_promise_is_kept_over_all_launches() -> None:
    document = scenario(
        goals=(VALUE,), operations=(operation(divisible=True, latest_start=2027),), locks=(lock("exactly", 300),),
        partners=limited("COM"), budgets=budgets("COM", amounts=[0, 0, 0]),
    )  # fmt: skip
    found = committed(document)
    assert sum(found.values()) == 300
    assert {cell.split("|")[1] for cell in found} == {"REG"}


@pytest.mark.parametrize(("budget", "is_feasible"), [(299, False), (300, True), (301, True)])
def test_a_promise_beyond_the_budget_is_refused(budget: int, is_feasible: bool) -> None:
    document = scenario(
        locks=(lock("exactly", 300),), partners=limited("REG"), budgets=budgets("REG", amounts=[budget, 0, 0]),
        references=wanted(REG=300, COM=900),
    )  # fmt: skip
    if is_feasible:
        assert committed(document) == {"OP|COM|2026": 900, "OP|REG|2026": 300}
        return
    with pytest.raises(InfeasibleScenarioError) as refusal:
        allocate(document)
    assert refusal.value.shortfalls == ()
    assert str(refusal.value).startswith("Les montants arrêtés ne peuvent pas être tenus ensemble")


def test_promises_of_several_partners_hold_together() -> None:
    document = scenario(
        eligibilities=(eligibility("REG"), eligibility("DEP")), references=wanted(COM=1200),
        locks=(lock("exactly", 301), lock("at_least", 202, "DEP"), lock("at_most", 697, "COM")),
    )  # fmt: skip
    assert committed(document) == {"OP|COM|2026": 697, "OP|DEP|2026": 202, "OP|REG|2026": 301}
