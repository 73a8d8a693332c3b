"""Spare a partner: what it is asked for is as low as the others allow."""

from scenarios.checks import findings
from scenarios.document import Goal, GoalKind
from tests.allocator.rules.tiny import (
    COST,
    budgets,
    checked_allocation,
    committed,
    eligibility,
    limited,
    operation,
    scenario,
)


def spare(*partners: str) -> Goal:
    return Goal(kind=GoalKind.SPARE_PARTNER, partners=partners)


def test_the_others_pay_first() -> None:
    """DEP has 500 cents; the owner is spared, so that REG brings what is left."""
    document = scenario(
        goals=(COST, spare("COM")), operations=(operation(divisible=True),), partners=limited("DEP"),
        eligibilities=(eligibility("REG"), eligibility("DEP")), budgets=budgets("DEP", amounts=(500, 0, 0)),
    )  # fmt: skip
    assert "OP|COM|2026" not in committed(document)
    both = document.model_copy(update={"goals": (COST, spare("COM", "REG"))})
    allocation = checked_allocation(both)
    assert allocation.goals[1].value == 700
    assert {line.partner: line.amount for line in allocation.commitments}["DEP"] == 500


def test_nothing_is_asked_when_it_comes_first() -> None:
    document = scenario(goals=(spare("REG"), COST), operations=(operation(divisible=True),))
    assert committed(document) == {"OP|COM|2026": 1200}


def test_a_partner_must_be_named() -> None:
    (finding,) = findings(scenario(goals=(spare(),)))
    assert (finding.table, finding.column) == ("goals", "partners")
