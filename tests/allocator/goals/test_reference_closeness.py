"""Stay close to a reference plan or key: the fewest cents away from it."""

from fractions import Fraction
from typing import Any

import pytest

from allocator.solve.allocate import allocate
from scenarios.checks import findings
from scenarios.document import ReferenceLine
from tests.allocator.rules.tiny import (
    CLOSE,
    COST,
    VALUE,
    budgets,
    checked_allocation,
    columns,
    committed,
    eligibility,
    formulation,
    limited,
    objective,
    operation,
    plan_line,
    rule,
    scenario,
    wanted,
)

BOTH = (eligibility("REG"), eligibility("DEP"))


def key(code: str = "OP", **shares: str) -> tuple[ReferenceLine, ...]:
    return tuple(
        ReferenceLine.model_validate({"operation": code, "partner": name, "share": share})
        for name, share in shares.items()
    )


def test_formulation() -> None:
    document = scenario(
        goals=(CLOSE,), operations=(operation(receipts=200), operation("B")), eligibilities=BOTH,
        references=(*key(REG="1/3"), *wanted(COM=70)),
    )  # fmt: skip
    assert formulation(document, "reference") == [
        "reference|OP|COM|2026: -70 share|OP|2026 +1 commit|OP|COM|2026 -1 above|OP|COM|2026 +1 below|OP|COM|2026 = 0",
        "reference|OP|DEP|2026: +1 commit|OP|DEP|2026 -1 above|OP|DEP|2026 +1 below|OP|DEP|2026 = 0",
        (
            "reference|OP|REG|2026: -1000 share|OP|2026 +3 commit|OP|REG|2026 -3 above|OP|REG|2026 "
            "+3 below|OP|REG|2026 = 0"
        ),
    ]
    assert columns(document)[-6:] == [
        "above|OP|COM|2026 <= 1000",
        "above|OP|DEP|2026 <= 1000",
        "above|OP|REG|2026 <= 1000",
        "below|OP|COM|2026 <= 1000",
        "below|OP|DEP|2026 <= 1000",
        "below|OP|REG|2026 <= 1000",
    ]
    assert objective(document) == (
        "minimise +1 above|OP|COM|2026 +1 above|OP|DEP|2026 +1 above|OP|REG|2026 "
        "+1 below|OP|COM|2026 +1 below|OP|DEP|2026 +1 below|OP|REG|2026"
    )


@pytest.mark.parametrize(
    "references", [key(REG="1/3", DEP="1/6", COM="1/2"), wanted(REG=400, DEP=200, COM=600)], ids=["key", "plan"]
)
def test_a_key_or_a_plan_is_followed(references: tuple[ReferenceLine, ...]) -> None:
    document = scenario(eligibilities=BOTH, references=references)
    assert committed(document) == {"OP|COM|2026": 600, "OP|DEP|2026": 200, "OP|REG|2026": 400}
    assert checked_allocation(document).goals[1].value == 0


def test_a_key_applies_to_the_cost_less_receipts() -> None:
    document = scenario(operations=(operation(receipts=300),), references=key(REG="1/3", COM="2/3"))
    assert committed(document) == {"OP|COM|2026": 600, "OP|REG|2026": 300}


def test_a_partner_without_a_line_is_wished_at_nothing() -> None:
    document = scenario(eligibilities=BOTH, references=wanted(REG=500))
    allocation = checked_allocation(document)
    # Whoever brings the other 700, they are 700 away; REG at its 500 is not.
    assert {line.partner: line.amount for line in allocation.commitments}["REG"] >= 500
    assert allocation.goals[1].value == Fraction(700)


@pytest.mark.parametrize(("wish", "distance"), [(399, 0), (400, 0), (401, 2), (1200, 1600)])
def test_the_distance_counts_both_sides(wish: int, distance: int) -> None:
    # REG is limited to a third, 400; each cent it lacks is one cent too many for the owner.
    document = scenario(
        rules=(rule("rate_ceiling", partner="REG", rate="1/3", base="cost"),),
        references=wanted(REG=wish, COM=1200 - wish),
    )
    assert checked_allocation(document).goals[1].value == distance


def test_a_part_follows_its_part_of_the_reference() -> None:
    document = scenario(
        operations=(operation(divisible=True),), references=wanted(REG=400, COM=800), partners=limited("COM"),
        budgets=budgets("COM", amounts=[400, 0, 0]),
        rules=(rule("rate_floor", partner="COM", rate="2/3", base="cost"),),
    )  # fmt: skip
    assert committed(document) == {"OP|COM|2026": 400, "OP|REG|2026": 200}
    assert checked_allocation(document).goals[1].value == 0


def test_every_launch_follows_its_own_part() -> None:
    document = scenario(
        operations=(operation(divisible=True, latest_start=2027),), references=wanted(REG=400, COM=800),
        partners=limited("COM"), budgets=budgets("COM", amounts=[400, 400, 0]),
    )  # fmt: skip
    assert committed(document) == {
        "OP|COM|2026": 400, "OP|COM|2027": 400, "OP|REG|2026": 200, "OP|REG|2027": 200,
    }  # fmt: skip


def test_operations_without_a_reference_do_not_count() -> None:
    document = scenario(
        operations=(operation(), operation("B")),
        eligibilities=(*BOTH, eligibility("REG", "B")),
        references=wanted(REG=1200),
    )
    allocation = checked_allocation(document)
    assert allocation.goals[1].value == 0
    assert sum(line.amount for line in allocation.commitments if line.operation == "B") == 1200


def test_a_wish_between_two_cents_is_followed_to_the_cent() -> None:
    document = scenario(operations=(operation(cost_excl_vat=1000),), references=key(REG="1/3", COM="2/3"))
    assert committed(document) == {"OP|COM|2026": 667, "OP|REG|2026": 333}
    assert checked_allocation(document).goals[1].value == 0


@pytest.mark.parametrize(("goals", "expected"), [((VALUE, CLOSE), 1200), ((CLOSE, VALUE), 0)])
def test_the_order_of_goals_decides(goals: tuple[Any, ...], expected: int) -> None:
    # Nothing launched is nowhere away from the reference; REG at its wish is impossible.
    document = scenario(goals=goals, references=wanted(REG=1200), partners=limited("REG"), budgets=budgets(
        "REG", amounts=[600, 0, 0]))  # fmt: skip
    assert sum(committed(document).values()) == expected


def test_a_reference_beyond_what_is_left_to_fund_does_not_stop_the_operation() -> None:
    # The reference plan gave REG 2000 when the operation cost more; REG is limited to 400 of 1200 now.
    document = scenario(
        goals=(COST, CLOSE), rules=(rule("rate_ceiling", partner="REG", rate="1/3", base="cost"),),
        references=wanted(REG=2000),
    )  # fmt: skip
    allocation = checked_allocation(document)
    assert {line.partner: line.amount for line in allocation.commitments} == {"COM": 800, "REG": 400}
    assert allocation.goals[1].value == 1600 + 800


def test_a_reference_of_an_owner_without_a_line_in_a_fixed_plan_is_refused_or_allocated() -> None:
    document = scenario(
        operations=(operation(profile=None),), eligibilities=(), plans=(plan_line("REG", 2026, 1200),),
        references=wanted(COM=600),
    )  # fmt: skip
    assert findings(document) or allocate(document).launches
