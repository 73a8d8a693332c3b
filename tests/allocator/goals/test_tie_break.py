"""The published tie-break: the same weights for ever, more money funded rather than less, rows in any order."""

from dataclasses import replace
from hashlib import sha256
from random import Random
from typing import Any

import numpy as np
import pytest

from allocator.allocation import Allocation
from allocator.goals import tie_break
from allocator.program.frame import Frame
from allocator.solve.allocate import allocate
from allocator.solve.infeasible import InfeasibleScenarioError
from scenarios.document import Scenario
from tests.allocator.oracle.drawn import committee
from tests.allocator.rules.tiny import (
    EARLY,
    VALUE,
    budgets,
    checked_allocation,
    committed,
    eligibility,
    limited,
    operation,
    rule,
    scenario,
)

BOTH = (eligibility("REG"), eligibility("DEP"))

FROZEN = {
    ("OP", "REG", 2026, 0): 24_428_319,
    ("OP", "COM", 2026, 0): 22_844_059,
    ("OP", "DEP", 2026, 0): 33_022_933,
    ("OP-1", "ANRU", 2027, 0): 16_925_736,
    ("OP", "REG", 2026, 1): 27_685_003,
}
"""2^24 plus the first three bytes of SHA-256 of ``1.<level>|operation|partner|start year``, never to change."""


@pytest.mark.parametrize(("cell", "weight"), FROZEN.items())
def test_weights_never_change(cell: tuple[str, str, int, int], weight: int) -> None:
    code, partner, year, level = cell
    digest = sha256(f"1.{level}|{code}|{partner}|{year}".encode()).digest()
    assert 2**24 + 65_536 * digest[0] + 256 * digest[1] + digest[2] == weight
    assert tie_break.weight(*cell) == weight


def test_the_version_is_written_in_the_allocation() -> None:
    assert tie_break.VERSION == "1"
    assert checked_allocation(scenario(goals=(VALUE,))).tie_break == "1.0"


def test_weights_of_a_scenario_follow_its_cells() -> None:
    frame = Frame(scenario(operations=(operation(latest_start=2027),), eligibilities=BOTH))
    weights = tie_break.cell_weights(frame)
    assert weights[:3].tolist() == [FROZEN["OP", name, 2026, 0] for name in ("COM", "DEP", "REG")]
    assert weights[3:].tolist() == [tie_break.weight("OP", name, 2027, 0) for name in ("COM", "DEP", "REG")]
    assert tie_break.cell_weights(frame, 1)[2] == FROZEN["OP", "REG", 2026, 1]


def test_scaled_weights_are_exact_numbers_from_one_to_two() -> None:
    lightest, heaviest = 2**24, 2**25 - 1
    scaled = tie_break.scaled(np.array([lightest, 24_428_319, heaviest], dtype=np.int64))
    assert [float(number).as_integer_ratio() for number in scaled[:1]] == [(1, 1)]
    assert (scaled * 2**24).tolist() == [lightest, 24_428_319, heaviest]
    assert scaled.max() < 2


def test_the_heaviest_partner_pays_what_nothing_else_decides() -> None:
    # DEP weighs 33.0 million, REG 24.4, COM 22.8: DEP pays all it can, then REG, then COM.
    tables: dict[str, Any] = {"goals": (VALUE,), "eligibilities": BOTH}
    assert committed(scenario(**tables)) == {"OP|DEP|2026": 1200}
    limits = [rule("amount_ceiling", code=f"R-{name}", partner=name, amount=500) for name in ("DEP", "REG")]
    assert committed(scenario(**tables, rules=limits[:1])) == {"OP|DEP|2026": 500, "OP|REG|2026": 700}
    assert committed(scenario(**tables, rules=limits)) == {"OP|COM|2026": 200, "OP|DEP|2026": 500, "OP|REG|2026": 500}


def test_between_operations_the_heaviest_cell_is_launched() -> None:
    # Same cost, same points, money for one: weights of (code, COM, 2026) decide, whole or in parts.
    weights = {code: tie_break.weight(code, "COM", 2026, 0) for code in ("A", "B", "C", "D")}
    heaviest = max(weights, key=lambda code: weights[code])
    for divisible in (True, False):
        document = scenario(
            goals=(VALUE,), operations=[operation(code, divisible=divisible) for code in weights], eligibilities=(),
            partners=limited("COM"), budgets=budgets("COM", amounts=[1200, 0, 0]),
        )  # fmt: skip
        assert committed(document) == {f"{heaviest}|COM|2026": 1200}


@pytest.mark.parametrize("goals", [(VALUE,), (EARLY,), (VALUE, EARLY)])
@pytest.mark.parametrize("divisible", [True, False])
def test_of_two_plans_equal_for_the_goals_the_one_that_funds_more_is_kept(
    goals: tuple[Any, ...], divisible: bool
) -> None:
    # No points at all: the goals do not ask for anything.
    document = scenario(goals=goals, operations=(operation(value=0, divisible=divisible),))
    assert sum(committed(document).values()) == 1200


def shuffled(document: Scenario, seed: int) -> Scenario:
    """Put the rows of every table in another order; the order of goals has a meaning and is kept."""
    random = Random(seed)
    tables = {
        name: tuple(random.sample(rows, len(rows)))
        for name in type(document).model_fields
        if isinstance(rows := getattr(document, name), tuple) and name != "goals"
    }
    return document.model_copy(update=tables)


def everything(allocation: Allocation) -> Allocation:
    """Leave the proven bound out: it is a bound whatever the engine's prices are, not a part of the plan."""
    goals = tuple(replace(goal, proven=None) for goal in allocation.goals)
    return replace(allocation, goals=goals)


def solved(document: Scenario) -> tuple[Scenario, Allocation] | None:
    """Return a drawn committee and its plan, None when it has no plan."""
    try:
        return document, allocate(document)
    except InfeasibleScenarioError:
        return None


@pytest.mark.parametrize("alike", [True, False])
@pytest.mark.parametrize("seed", range(8))
def test_the_order_of_rows_changes_nothing(seed: int, alike: bool) -> None:
    documents = (committee(attempt, 300, 3000, alike=alike) for attempt in range(100 * seed, 100 * seed + 100))
    document, allocation = next(
        found for document in documents if len(document.operations) > 1 and (found := solved(document)) is not None
    )
    expected = everything(allocation)
    for other in range(3):
        assert everything(allocate(shuffled(document, other))) == expected


def test_labels_change_nothing() -> None:
    document = committee(3, 300, 3000)
    renamed = document.model_copy(
        update={
            name: tuple(
                row.model_copy(update={"label": f"Autre nom {i}"}) for i, row in enumerate(getattr(document, name))
            )
            for name in ("partners", "operations", "rules")
        }
    )
    found, expected = allocate(renamed), allocate(document)
    assert found.fingerprint != expected.fingerprint
    assert (found.commitments, found.payments, found.goals) == (
        expected.commitments, expected.payments, expected.goals,
    )  # fmt: skip
