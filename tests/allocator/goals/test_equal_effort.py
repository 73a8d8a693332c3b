"""Equal effort: the lowest effort first, then the next, with the order in which partners stop."""

from fractions import Fraction

import pytest

from allocator.allocation import Settled
from scenarios.checks import findings
from scenarios.document import Goal, GoalKind
from tests.allocator.rules.tiny import (
    COST,
    budgets,
    checked_allocation,
    committed,
    eligibility,
    operation,
    partners,
    rule,
    scenario,
)

EFFORT = Goal(kind=GoalKind.EQUAL_EFFORT)


def shared(**fields: object) -> dict[str, object]:
    """OP costs 1 200; REG, DEP and its owner COM may fund it, with capacities of 100, 200 and 300 cents."""
    tables: dict[str, object] = {
        "goals": (COST, EFFORT),
        "operations": (operation(divisible=True),),
        "eligibilities": (eligibility("REG"), eligibility("DEP")),
        "partners": partners(REG={"capacity": 100}, DEP={"capacity": 200}, COM={"capacity": 300}),
    }
    return {**tables, **fields}


def test_without_limits_every_effort_is_the_same() -> None:
    document = scenario(**shared())
    assert committed(document) == {"OP|COM|2026": 600, "OP|DEP|2026": 400, "OP|REG|2026": 200}
    reached = checked_allocation(document).goals[1]
    assert reached.value == 2
    assert reached.settled == (Settled("COM", Fraction(2)), Settled("DEP", Fraction(2)), Settled("REG", Fraction(2)))


def test_a_partner_stopped_by_its_rate_leaves_the_others_equal() -> None:
    """REG stops at 10 % of 1 200; the 1 080 left are shared by 200 and 300."""
    ceiling = rule("rate_ceiling", partner="REG", rate=Fraction(1, 10), base="cost")
    document = scenario(**shared(rules=(ceiling,)))
    assert committed(document) == {"OP|COM|2026": 648, "OP|DEP|2026": 432, "OP|REG|2026": 120}
    assert checked_allocation(document).goals[1].settled == (
        Settled("REG", Fraction(6, 5)),
        Settled("COM", Fraction(54, 25)),
        Settled("DEP", Fraction(54, 25)),
    )


def test_partners_stop_one_after_the_other() -> None:
    """REG stops at 120, DEP at a budget of 300, and the owner brings the rest."""
    ceiling = rule("rate_ceiling", partner="REG", rate=Fraction(1, 10), base="cost")
    able = partners(
        REG={"capacity": 100}, DEP={"capacity": 200, "commitment_limited": True}, COM={"capacity": 300}
    )  # fmt: skip
    document = scenario(
        **shared(rules=(ceiling,), partners=able, budgets=budgets("DEP", amounts=(300, 0, 0))),
    )
    assert [(line.member, line.rate) for line in checked_allocation(document).goals[1].settled] == [
        ("REG", Fraction(6, 5)), ("DEP", Fraction(3, 2)), ("COM", Fraction(780, 300)),
    ]  # fmt: skip


def test_only_the_partners_named_are_compared() -> None:
    named = Goal(kind=GoalKind.EQUAL_EFFORT, partners=("REG", "DEP"))
    bare = partners(REG={"capacity": 100}, DEP={"capacity": 200}, COM={"capacity": None})
    document = scenario(**shared(goals=(COST, named), partners=bare))
    assert committed(document) == {"OP|DEP|2026": 800, "OP|REG|2026": 400}


def test_as_the_first_goal_it_is_proven_and_funds_what_effort_asks() -> None:
    document = scenario(**shared(goals=(EFFORT,)))
    reached = checked_allocation(document).goals[0]
    assert reached.value == 2
    assert reached.proven is not None
    assert 0 <= reached.proven - 2 < Fraction(1, 10**6)


@pytest.mark.parametrize(("capacity", "errors"), [(None, 1), (0, 1), (1, 0)])
def test_a_capacity_is_needed(capacity: int | None, errors: int) -> None:
    bare = partners(REG={"capacity": 100}, DEP={"capacity": capacity}, COM={"capacity": 300})
    found = findings(scenario(**shared(partners=bare)))
    assert len(found) == errors
    assert all("« DEP »" in finding.found for finding in found)


def test_a_partner_that_can_fund_nothing_needs_no_capacity() -> None:
    bare = partners(REG={"capacity": 100}, DEP={"capacity": 200}, COM={"capacity": 300}, PRIV={"capacity": None})
    assert findings(scenario(**shared(partners=bare))) == []


@pytest.mark.parametrize("divisible", [True, False])
def test_whole_operations_are_chosen_for_the_lowest_effort_first(divisible: bool) -> None:
    """REG alone may fund B besides its owner; only one of the two operations can be funded by REG's budget."""
    able = partners(REG={"capacity": 100, "commitment_limited": True}, DEP={"capacity": 200}, COM={"capacity": 300})
    document = scenario(
        goals=(EFFORT, COST),
        partners=able,
        operations=(operation("A", divisible=divisible, cost_excl_vat=600), operation("B", divisible=divisible)),
        eligibilities=(eligibility("DEP", "A"), eligibility("REG", "B")),
        budgets=budgets("REG", amounts=(100, 0, 0)),
    )
    reached = checked_allocation(document).goals[0]
    assert [(line.member, line.rate) for line in reached.settled] == [
        ("REG", Fraction(1)), ("DEP", Fraction(3)), ("COM", Fraction(11, 3)),
    ]  # fmt: skip
