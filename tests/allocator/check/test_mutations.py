"""A conforming plan changed one cent at a time: every change is refused."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import permutations

import pytest

from allocator.allocation import Allocation, GoalReached
from allocator.check import verify
from scenarios.document import Goal, GoalKind, Lock, ReferenceLine, Scenario
from tests.allocator.rules.tiny import SUMS

from .builder import (
    PARTNERS,
    Cells,
    budget,
    cells,
    changed,
    conforms,
    eligibility,
    operation,
    paid,
    partner,
    plan,
    plan_line,
    rule,
    scenario,
)


def document() -> Scenario:
    """Build a scenario with a whole operation, a divisible one in two launches, a fixed plan, and four goals."""
    return scenario(
        goals=tuple(Goal(kind=kind) for kind in SUMS),
        operations=(
            operation("FIXE", latest_start=2026, profile=None, value=5),
            operation("PART", divisible=True, value=3),
            operation("TOUT"),
        ),
        eligibilities=tuple(eligibility(who, code) for code in ("PART", "TOUT") for who in ("ANRU", "REGION", "PRIVE")),
        plans=(
            plan_line("ANRU", 2026, 30_000, "FIXE"),
            plan_line("ANRU", 2027, 30_000, "FIXE"),
            plan_line("VILLE", 2026, 40_000, "FIXE"),
        ),
        references=(ReferenceLine(operation="TOUT", partner="ANRU", share=Fraction(2, 5)),),
    )


COMMITTED: Cells = (
    cells("FIXE", ANRU=60_000, VILLE=40_000)
    | cells("PART", ANRU=10_001, REGION=7, VILLE=2_222)
    | cells("PART", 2027, PRIVE=20_000, VILLE=30_000)
    | cells("TOUT", ANRU=40_000, REGION=15_001, PRIVE=1, VILLE=44_998)
)

GOALS = (
    GoalReached(GoalKind.PRIORITY_VALUE, 5 + 7 + 3 * Fraction(62_230, 100_000), None),
    GoalReached(GoalKind.FUNDED_COST, Fraction(262_230), None),
    GoalReached(GoalKind.EARLIEST_START, Fraction(50_000), None),
    GoalReached(GoalKind.REFERENCE_CLOSENESS, Fraction(60_000), None),
)


def each_line_by_a_cent(allocation: Allocation) -> Iterator[Allocation]:
    for name, field in (("launches", "funded"), ("commitments", "amount"), ("payments", "amount")):
        lines = getattr(allocation, name)
        for index, line in enumerate(lines):
            for cent in (-1, 1):
                mutated = replace(line, **{field: getattr(line, field) + cent})
                yield changed(allocation, **{name: (*lines[:index], mutated, *lines[index + 1 :])})


def test_every_line_one_cent_more_or_less_is_refused() -> None:
    base = document()
    allocation = plan(base, COMMITTED, goals=GOALS)
    assert conforms(base, allocation)
    mutations = list(each_line_by_a_cent(allocation))
    assert len(mutations) == 2 * (4 + 11 + 20)
    for mutation in mutations:
        assert verify(base, mutation), mutation


def test_every_line_left_out_is_refused() -> None:
    base = document()
    allocation = plan(base, COMMITTED, goals=GOALS)
    for name in ("launches", "commitments", "payments"):
        lines = getattr(allocation, name)
        for index in range(len(lines)):
            assert verify(base, changed(allocation, **{name: lines[:index] + lines[index + 1 :]})), (name, index)


def pinned() -> Scenario:
    """Build a scenario where each partner of OP is held by a rule, so that no cent can go from one to another.

    ANRU: ceiling and floor at a third; REGION: exactly its lock; PRIVE: at most its yearly budget and at least its
    flat amount; the owner takes what is left.
    """
    return scenario(
        partners=(
            *(line for line in PARTNERS if line.code != "PRIVE"),
            partner("PRIVE", "private", commitment_limited=True),
        ),
        operations=(operation(cost_excl_vat=90_000, units=3, mandatory=True, latest_start=2026),),
        eligibilities=tuple(eligibility(who, presence="required") for who in ("ANRU", "REGION", "PRIVE")),
        rules=(
            rule("rate_ceiling", code="R1", partner="ANRU", rate=Fraction(1, 3), base="cost"),
            rule("rate_floor", code="R2", partner="ANRU", rate=Fraction(1, 3), base="cost"),
            rule("flat_aid", code="R3", partner="PRIVE", amount_per_unit=1_000),
        ),
        locks=(Lock(operation="OP", partner="REGION", sense="exactly", amount=7_000, author="Région", reason="Vote"),),
        budgets=tuple(budget("PRIVE", year, commitment=3_000) for year in range(2026, 2030)),
    )


PINNED = cells(ANRU=30_000, REGION=7_000, PRIVE=3_000, VILLE=50_000)


def test_the_pinned_plan_conforms() -> None:
    base = pinned()
    assert conforms(base, plan(base, PINNED))


@pytest.mark.parametrize(("giver", "taker"), list(permutations(("ANRU", "REGION", "PRIVE", "VILLE"), 2)))
def test_one_cent_from_any_partner_to_any_other_is_refused(giver: str, taker: str) -> None:
    base = pinned()
    moved = dict(PINNED)
    moved["OP", giver, 2026] -= 1
    moved["OP", taker, 2026] += 1
    violations = verify(base, plan(base, moved))
    expected = {
        "ANRU": {giver: "rate_floor", taker: "rate_ceiling"},
        "REGION": {giver: "lock", taker: "lock"},
        "PRIVE": {giver: "flat_aid", taker: "flat_aid"},
    }
    families = {violation.family for violation in violations}
    assert {expected[who][who] for who in (giver, taker) if who in expected} <= families
    assert ("commitment_budget" in families) == (taker == "PRIVE")


@pytest.mark.parametrize(("year", "other"), [(2026, 2027), (2027, 2026)])
def test_two_cents_from_any_year_to_another_are_refused(year: int, other: int) -> None:
    base = pinned()
    payments = paid(base, PINNED)
    for who in ("ANRU", "REGION", "PRIVE", "VILLE"):
        moved = dict(payments)
        moved["OP", who, 2026, year] -= 2
        moved["OP", who, 2026, other] += 2
        assert {violation.family for violation in verify(base, plan(base, PINNED, payments=moved))} == {"payments"}
