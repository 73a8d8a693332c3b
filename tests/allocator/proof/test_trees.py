"""Trees grown for whole decisions: closed for the best plan only, beside every selection looked at."""

from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import pytest

from allocator.engines import engine_named
from allocator.program.program import Program
from allocator.proof import prove as proving
from allocator.proof.proof import Split
from allocator.proof.prove import certify, prove
from allocator.proof.trees import CLOSED, Tree, step_of
from allocator.solve.allocate import decide
from scenarios.synthetic import committee
from tests.allocator.proof.test_prove import claim, program

WHOLE = 6


def knapsack(draw: Random) -> tuple[Program, dict[int, int]]:
    """Return two limits over whole columns, with the gain of each."""
    rows = [{column: draw.randint(1, 40) for column in range(WHOLE)} for _ in range(2)]
    limits = [draw.randint(40, 90) for _ in rows]
    return program(rows, limits, [1] * WHOLE, integer=True), {column: draw.randint(5, 60) for column in range(WHOLE)}


def every_value(limits: Program, gain: dict[int, int]) -> dict[tuple[int, ...], int]:
    """Return the value of every selection that meets every limit."""
    return {
        chosen: sum(number * chosen[column] for column, number in gain.items())
        for chosen in product((0, 1), repeat=WHOLE)
        if not list(limits.broken_rows(chosen))
    }


@pytest.mark.parametrize("seed", range(12))
def test_the_best_selection_is_proven_and_no_other(seed: int) -> None:
    limits, gain = knapsack(Random(seed))
    values = every_value(limits, gain)
    best, *_, worse = sorted(values, key=lambda chosen: -values[chosen])
    found = Tree(limits, [claim(gain, values[best])], 0, list(best)).grow(10**6)
    assert found is not None
    assert Tree(limits, [claim(gain, values[worse])], 0, list(worse)).grow(10**6) is None
    second = max(value for value in values.values() if value < values[best])
    chosen = next(chosen for chosen, value in values.items() if value == second)
    assert Tree(limits, [claim(gain, second)], 0, list(chosen)).grow(10**6) is None


def test_a_later_stage_keeps_the_former_one() -> None:
    # x + y + z <= 5/2 in whole numbers: two of them, and the weights 2y + z choose y and z.
    three = program([{0: 2, 1: 2, 2: 2}], [5], [1, 1, 1], integer=True)
    claims = [claim({0: 1, 1: 1, 2: 1}, 2), claim({0: 5, 1: 1, 2: 1}, 2, maximise=False), claim({1: 2, 2: 1}, None)]
    found = prove(three, claims, [0, 1, 1])
    assert found.bounds[1].gap == 0
    assert set(found.trees) == {0, 2}
    # Without its former stages, the second goal would be 0: its tree must lean on the first.
    nodes = Tree(three, claims, 1, [0, 1, 1]).grow(10**6)
    assert nodes is not None
    assert all(isinstance(node, Split) or node.stages for node in nodes)


def test_steps_of_whole_objectives() -> None:
    whole, divisible = (program([], [], [1, 1], integer=integer) for integer in (True, False))
    assert step_of(whole, {0: 10, 1: 15}) == 5
    assert step_of(whole, {0: Fraction(1, 2), 1: Fraction(1, 3)}) == Fraction(1, 6)
    assert step_of(divisible, {0: 10}) is None


def test_nothing_is_grown_beyond_the_work_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving, "WORK", 0)
    found = certify(decide(committee(12, partners=6, years=4, seed=3, whole=0.7), engine_named("highs")))
    assert found.trees == {}
    assert found.selection is not None


def test_a_divisible_gain_is_closed_to_the_tolerance_at_worst() -> None:
    decision = decide(committee(12, partners=6, years=4, seed=3, whole=0.7), engine_named("highs"))
    found = certify(decision)
    last = len(found.claims) - 1
    assert last in found.trees
    assert found.bounds[0].gap > CLOSED
    assert set(found.trees) == set(range(last + 1))


def test_the_same_tree_every_time() -> None:
    decision = decide(committee(12, partners=6, years=4, seed=3, whole=0.7), engine_named("highs"))
    trees: list[Any] = [certify(decision).trees for _ in range(2)]
    assert trees[0] == trees[1]
