"""Implied limits: found where a decision caps a column, true of every selection, and values without a plan excluded."""

from itertools import product

import numpy as np
import pytest

from allocator.compilation import compile_scenario
from allocator.engines.highs import HighsEngine
from allocator.program.scaling import scale
from allocator.solve.face import Face
from allocator.solve.ordered_goals import NoPlanError, silent, solve_in_order
from allocator.solve.whole.implied import with_implied_rows
from scenarios.document import Scenario
from scenarios.synthetic import committee
from tests.allocator.messy import messy
from tests.allocator.oracle.knapsack import capital_budget

FEW = 8


def test_an_operation_beyond_its_budget_is_excluded() -> None:
    program, box = with_implied_rows(compile_scenario(capital_budget("C", [5, 3], [[10, 11]], [10])).program)
    assert box is not None
    shares = np.flatnonzero(program.integer)
    assert box.upper[shares].tolist() == [1.0, 0.0]


def test_an_operation_that_just_fits_is_not() -> None:
    program, box = with_implied_rows(compile_scenario(capital_budget("C", [5, 3], [[10, 11]], [11])).program)
    assert box is not None
    assert box.upper[np.flatnonzero(program.integer)].tolist() == [1.0, 1.0]


def few_whole(count: int) -> list[Scenario]:
    found, seed = [], 300
    while len(found) < count:
        document = messy(seed)
        if 0 < compile_scenario(document).program.integer.sum() <= FEW:
            found.append(document)
        seed += 1
    return found


@pytest.mark.parametrize("document", few_whole(12), ids=lambda document: document.code)
def test_implied_limits_hold_for_the_plan_of_every_selection(document: Scenario) -> None:
    compilation = compile_scenario(document)
    scaled, whole = scale(compilation.program), np.flatnonzero(compilation.program.integer)
    program, box = with_implied_rows(compilation.program)
    for chosen in product((0.0, 1.0), repeat=len(whole)):
        face = Face.whole(compilation.program).with_values(whole, np.array(chosen))
        try:
            plan = solve_in_order(
                compilation, scaled, HighsEngine(), face, objectives=compilation.objectives, progress=silent
            )
        except NoPlanError:
            continue
        assert box is not None
        values = plan.values[: len(program.upper)]
        assert program.broken_rows(values) == []
        assert (np.array(chosen) >= box.lower[whole]).all()
        assert (np.array(chosen) <= box.upper[whole]).all()


def test_a_budget_below_every_other_limit_caps_the_launch() -> None:
    """Limits that a budget alone sets do not move with the decision: they were once left out."""
    compilation = compile_scenario(committee(200, whole=1.0))
    program, _ = with_implied_rows(compilation.program)
    added = range(len(compilation.program.limit), len(program.limit))
    tops = program.upper.tolist()
    ids = program.column_ids()
    assert len(added) > 50
    for row in added:
        (column, one), (decision, cap) = program.terms(row)
        assert one == 1
        assert ids[decision].startswith("share|")
        assert 0 < -cap < tops[column]
