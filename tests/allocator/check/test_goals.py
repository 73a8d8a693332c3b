"""Announced goals agree with the plan in cents, within the cents of rounding, and with their proof."""

from dataclasses import replace
from fractions import Fraction

import pytest

from allocator.allocation import Allocation, GoalReached, RoundingStep
from allocator.check.parts import exact_sum
from scenarios.document import Goal, GoalKind, Operation, ReferenceLine, Scenario

from .builder import Cells, cells, conforms, eligibility, only, operation, plan, scenario

PRIORITY, COST, EARLIEST, CLOSENESS = tuple(GoalKind)[:4]

REFERENCES = (
    ReferenceLine(operation="OP", partner="ANRU", share=Fraction(1, 3)),
    ReferenceLine(operation="OP", partner="REGION", amount=10_000),
)


def document(kind: GoalKind, *operations: Operation) -> Scenario:
    return scenario(
        goals=(Goal(kind=kind),),
        operations=operations,
        eligibilities=tuple(
            eligibility(partner, line.code) for line in operations for partner in ("ANRU", "PRIVE", "REGION")
        ),
        references=REFERENCES,
    )


def announcing(
    scenario: Scenario,
    committed: Cells,
    value: Fraction,
    proven: Fraction | None = None,
    rounding: tuple[RoundingStep, ...] = (),
) -> Allocation:
    return plan(scenario, committed, goals=(GoalReached(scenario.goals[0].kind, value, proven),), rounding=rounding)


WHOLE = cells(ANRU=30_000, VILLE=70_000) | cells("OQ", start=2027, VILLE=100_000)

HAIR = Fraction(1, 10**9)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (PRIORITY, Fraction(7 + 11)),
        (COST, Fraction(200_000)),
        (EARLIEST, Fraction(100_000)),
        # ANRU is 3 333 1/3 away from a third, REGION 10 000 from its amount, VILLE 70 000 from 0; OQ has no reference.
        (CLOSENESS, Fraction(10_000, 3) + 10_000 + 70_000),
    ],
)
def test_the_value_of_whole_operations(kind: GoalKind, value: Fraction) -> None:
    whole = document(kind, operation(), operation("OQ", value=11))
    assert conforms(whole, announcing(whole, WHOLE, value))
    for wrong in (value - HAIR, value + HAIR):
        violation = only(whole, announcing(whole, WHOLE, wrong))
        assert (violation.family, violation.subject) == ("goals", (kind.value,))
        assert (violation.found, violation.limit) == (wrong, value)


PART = cells(start=2027, ANRU=4_000, VILLE=6_001)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (PRIORITY, Fraction(7 * 10_001, 100_000)),
        (COST, Fraction(10_001)),
        (EARLIEST, Fraction(10_001)),
        # A part has its part of the reference: 3 333 2/3 for ANRU, 1 000.1 for REGION.
        (CLOSENESS, 4_000 - Fraction(10_001, 3) + Fraction(10_001, 10) + 6_001),
    ],
)
def test_the_value_of_a_part(kind: GoalKind, value: Fraction) -> None:
    part = document(kind, operation(divisible=True))
    assert conforms(part, announcing(part, PART, value))
    assert only(part, announcing(part, PART, value + HAIR)).limit == value


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (PRIORITY, Fraction(7 * 10_001, 100_000) + Fraction(7, 300_000)),
        (COST, 10_001 + Fraction(1, 3)),
        (EARLIEST, 10_001 + Fraction(1, 3)),
        (CLOSENESS, 4_000 - Fraction(30_004, 9) + Fraction(30_004, 30) + 6_001 + Fraction(1, 3)),
    ],
)
def test_the_announced_value_is_the_one_before_rounding(kind: GoalKind, value: Fraction) -> None:
    part = document(kind, operation(divisible=True))
    step = RoundingStep("OP", "VILLE", 2027, 6_001 + Fraction(1, 3), 6_001)
    assert conforms(part, announcing(part, PART, value, rounding=(step,)))
    assert only(part, announcing(part, PART, value)).family == "goals"
    assert only(part, announcing(part, PART, value - HAIR, rounding=(step,))).limit == value


@pytest.mark.parametrize(
    ("kind", "unit", "cents", "kept"),
    [
        (PRIORITY, Fraction(7, 100_000), 200, True),
        (PRIORITY, Fraction(7, 100_000), 201, False),
        (COST, Fraction(1), 200, True),
        (COST, Fraction(1), 201, False),
        (EARLIEST, Fraction(1), -200, True),
        (EARLIEST, Fraction(1), -201, False),
    ],
)
def test_rounding_moves_commitments_by_a_euro_at_most(kind: GoalKind, unit: Fraction, cents: int, kept: bool) -> None:
    part = document(kind, operation(divisible=True))
    step = RoundingStep("OP", "VILLE", 2027, Fraction(6_001 + cents), 6_001)
    allocation = announcing(part, PART, unit * (10_001 + cents), rounding=(step,))
    assert conforms(part, allocation) == kept
    if not kept:
        violation = only(part, allocation)
        assert (violation.found, violation.limit) == (unit * 10_001, unit * (10_001 + cents))


@pytest.mark.parametrize(("cents", "kept"), [(200, True), (201, False)])
def test_what_rounding_moves_between_partners_changes_the_distance(cents: int, kept: bool) -> None:
    # ANRU is below its third and VILLE above nothing: each cent from one to the other counts twice.
    # OQ has no reference, and adds nothing to the distance nor to what may move.
    whole = document(CLOSENESS, operation(), operation("OQ"))
    committed = cells(ANRU=20_000, VILLE=80_000) | cells("OQ", VILLE=100_000)
    steps = (
        RoundingStep("OP", "ANRU", 2026, Fraction(20_000 - cents), 20_000),
        RoundingStep("OP", "VILLE", 2026, Fraction(80_000 + cents), 80_000),
    )
    in_cents = Fraction(40_000, 3) + 10_000 + 80_000
    allocation = announcing(whole, committed, in_cents + 2 * cents, rounding=steps)
    assert conforms(whole, allocation) == kept
    if not kept:
        assert only(whole, allocation).found == in_cents


@pytest.mark.parametrize(("cents", "kept"), [(0, True), (1, False)])
def test_a_part_moves_its_reference_too(cents: int, kept: bool) -> None:
    # Two partners may move by a euro, the part by two, its reference by 13/30 of them: 200 * (3 + 13/30) cents.
    part = document(CLOSENESS, operation(divisible=True))
    committed = cells(PRIVE=10_000, VILLE=80_000)
    allowed = 200 * (3 + Fraction(13, 30))
    moved = (allowed + cents) / (1 + Fraction(13, 30))
    steps = (
        RoundingStep("OP", "PRIVE", 2026, 10_000 + moved, 10_000),
        RoundingStep("OP", "VILLE", 2026, Fraction(80_000), 80_000),
    )
    value = (90_000 + moved) * (1 + Fraction(13, 30))
    assert conforms(part, announcing(part, committed, value, rounding=steps)) == kept


def test_an_indivisible_operation_has_no_part_to_lose() -> None:
    whole = document(COST, operation())
    step = RoundingStep("OP", "VILLE", 2026, 100_000 + HAIR, 100_000)
    violation = only(whole, announcing(whole, cells(VILLE=100_000), 100_000 + HAIR, rounding=(step,)))
    assert (violation.found, violation.limit) == (100_000, 100_000 + HAIR)


def test_the_sentences() -> None:
    part = document(COST, operation(divisible=True))
    assert only(part, announcing(part, PART, Fraction(20_007, 2))).sentence == (
        "Objectif « coût financé, en centimes » : 10\u202f003,5 annoncé, mais le plan avant arrondi donne 10\u202f001."
    )
    step = RoundingStep("OP", "VILLE", 2027, Fraction(6_301), 6_001)
    assert only(part, announcing(part, PART, Fraction(10_301), rounding=(step,))).sentence == (
        "Objectif « coût financé, en centimes » : 10\u202f301 annoncé, 10\u202f001 dans le plan au centime ; "
        "l'arrondi n'explique que 200."
    )


def test_a_launch_rounded_down_to_nothing_counts_before_rounding() -> None:
    part = document(COST, operation(divisible=True))
    allocation = announcing(part, {}, Fraction(2, 3))
    assert only(part, allocation).limit == 0
    traced = replace(allocation, rounding=(RoundingStep("OP", "VILLE", 2026, Fraction(2, 3), 0),))
    assert conforms(part, traced)


@pytest.mark.parametrize(
    ("kind", "value", "better"),
    [
        (PRIORITY, Fraction(18), 1),
        (COST, Fraction(200_000), 1),
        (EARLIEST, Fraction(100_000), -1),
        (CLOSENESS, Fraction(250_000, 3), -1),
    ],
)
def test_no_plan_does_better_than_what_is_proven(kind: GoalKind, value: Fraction, better: int) -> None:
    whole = document(kind, operation(), operation("OQ", value=11))
    for proven in (value, value + better):
        assert conforms(whole, announcing(whole, WHOLE, value, proven))
    violation = only(whole, announcing(whole, WHOLE, value, value - better * HAIR))
    assert (violation.family, violation.found) == ("goals", value)
    assert "mieux que la borne prouvée" in violation.sentence


def test_goals_are_those_of_the_scenario_in_their_order() -> None:
    two = document(PRIORITY, operation()).model_copy(update={"goals": (Goal(kind=COST), Goal(kind=PRIORITY))})
    reached = (GoalReached(COST, Fraction(100_000), None), GoalReached(PRIORITY, Fraction(7), None))
    committed = cells(VILLE=100_000)
    assert conforms(two, plan(two, committed, goals=reached))
    for wrong in (reached[:1], reached[::-1], ()):
        violation = only(two, plan(two, committed, goals=wrong))
        assert (violation.family, violation.subject) == ("goals", ("funded_cost", "priority_value"))


def test_an_operation_with_nothing_to_fund_has_no_value() -> None:
    free = document(PRIORITY, operation(receipts=100_000), operation("OQ", value=11))
    assert conforms(free, announcing(free, cells("OQ", VILLE=100_000), Fraction(11)))


def test_a_reference_without_figure_is_an_error() -> None:
    empty = document(CLOSENESS, operation()).model_copy(
        update={"references": (ReferenceLine(operation="OP", partner="ANRU"),)}
    )
    with pytest.raises(ValueError, match="OP: reference of ANRU with neither share nor amount"):
        conforms(empty, announcing(empty, {}, Fraction(0)))


def test_exact_sums_of_many_denominators() -> None:
    terms = [(numerator, denominator) for denominator in range(2, 60) for numerator in (1, 5)]
    assert exact_sum(terms) == sum((Fraction(*term) for term in terms), Fraction(0))
    assert exact_sum([]) == 0
