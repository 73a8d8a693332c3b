"""The smaller program: same optimum, values that meet every row, prices that prove the same bound on all rows."""

import numpy as np
import pytest

from allocator.compilation import compile_scenario
from allocator.engines.engine import LinearModel
from allocator.engines.highs import HighsEngine
from allocator.program.scaling import scale
from allocator.solve.face import Face
from allocator.solve.ordered_goals import scaled_cost
from allocator.solve.whole.box import Box
from allocator.solve.whole.measures import measures
from allocator.solve.whole.relaxation import Relaxations
from allocator.solve.whole.rows import SearchRows
from allocator.solve.whole.substitution import substituted
from scenarios.synthetic import committee


def by_hand(constant: float, *, coefficient: float = 1.0) -> LinearModel:
    """Minimise ``x + z`` with ``x + coefficient z = constant``, both within 0 and 1."""
    one = np.ones(2)
    return LinearModel(
        start=np.array([0, 2]), column=np.array([0, 1]), value=np.array([1.0, coefficient]),
        row_lower=np.array([constant]), row_upper=np.array([constant]), lower=0 * one, upper=one, cost=one,
        integer=np.array([True, False]),
    )  # fmt: skip


def test_a_column_of_one_row_becomes_what_the_row_leaves() -> None:
    smaller = substituted(by_hand(0.5))
    assert smaller.replaced.tolist() == [1]
    # x + (1/2 - x) costs 1/2 whatever x; the row says x <= 1/2.
    assert (smaller.model.cost.tolist(), smaller.constant) == ([0.0], 0.5)
    assert (smaller.model.row_upper.tolist(), smaller.model.row_lower.tolist()) == ([0.5], [-np.inf])
    assert smaller.values(np.array([0.2])).tolist() == pytest.approx([0.2, 0.3])


def test_a_row_that_nothing_exceeds_is_left_out() -> None:
    smaller = substituted(by_hand(0.0, coefficient=-1.0))
    # z = x: the row x >= 0 says nothing, z costs as much again.
    assert smaller.model.shape == (0, 1)
    assert smaller.model.cost.tolist() == [2.0]


def test_a_whole_column_is_never_replaced() -> None:
    model = by_hand(0.5)
    whole = LinearModel(**{**vars(model), "integer": np.array([True, True])})
    assert substituted(whole).replaced.tolist() == []


@pytest.mark.parametrize("goal", [0, 1])
@pytest.mark.parametrize("size", [8, 30])
def test_a_committee_has_the_same_bound_with_fewer_columns(size: int, goal: int) -> None:
    compilation = compile_scenario(committee(size, whole=1.0))
    scaled = scale(compilation.program)
    measure = measures(compilation, scaled, compilation.objectives)[goal]
    relaxations = Relaxations(
        SearchRows(scaled, ()), HighsEngine(), measure, [Box.whole(compilation.program)], compilation.layout.width
    )
    found = relaxations.relax(Box.whole(compilation.program))
    cost, _ = scaled_cost(scaled, compilation.objectives[goal])
    no = np.zeros(len(cost), dtype=np.bool_)
    bare = HighsEngine().solve(Face.whole(compilation.program).model(scaled, cost, no))
    assert found is not None
    assert found.objective == pytest.approx(float(cost @ bare.values), abs=1e-7)
    assert found.safe.value == pytest.approx(found.objective, abs=1e-7)
    assert float(cost @ found.values) == pytest.approx(found.objective, abs=1e-7)
