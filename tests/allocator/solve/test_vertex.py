"""The exact plan from binding limits: values, uniqueness, contradictions; checked against dense elimination."""

from fractions import Fraction
from random import Random

import flint
import numpy as np
import pytest

from allocator.engines.engine import EngineError
from allocator.program.frame import Frame
from allocator.program.program import Program
from allocator.solve import elimination
from allocator.solve.allocate import allocate
from allocator.solve.vertex import NotUniqueError, exact_values
from scenarios.synthetic import committee

FRAME = Frame(committee(2, partners=4, years=3))


def program(rows: list[dict[int, int]], limits: list[int], width: int) -> Program:
    """Return a bare program with the given integer rows."""
    counts = [len(row) for row in rows]
    return Program(
        frame=FRAME,
        column_groups=(),
        row_groups=(),
        start=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        column=np.array([column for row in rows for column in row], dtype=np.int64),
        coefficient=np.array([value for row in rows for value in row.values()], dtype=np.int64),
        limit=np.array(limits, dtype=np.int64),
        equality=np.zeros(len(rows), dtype=np.bool_),
        upper=np.full(width, 10, dtype=np.int64),
        scale=np.ones(width, dtype=np.int64),
        integer=np.zeros(width, dtype=np.bool_),
    )


def values(
    rows: list[dict[int, int]], limits: list[int], width: int, free: list[int], upper: list[int]
) -> list[object]:
    is_free, at_upper = np.zeros(width, dtype=np.bool_), np.zeros(width, dtype=np.bool_)
    is_free[free], at_upper[upper] = True, True
    binding = np.ones(len(rows), dtype=np.bool_)
    return list(exact_values(program(rows, limits, width), is_free, at_upper, binding))


def test_chain_of_rows_falls_out_one_by_one() -> None:
    assert values([{0: 3}, {0: 1, 1: 7}], [1, 2], 2, [0, 1], []) == [Fraction(1, 3), Fraction(5, 21)]


def test_fixed_columns_count_at_their_upper_bound() -> None:
    assert values([{0: 1, 1: 1, 2: 1}], [25], 3, [0], [1, 2]) == [5, 10, 10]


def test_kernel_is_solved_exactly() -> None:
    rows = [{0: 1, 1: 1}, {0: 1, 1: -1}]
    assert values(rows, [1, 0], 2, [0, 1], []) == [Fraction(1, 2), Fraction(1, 2)]


def test_redundant_row_is_accepted_and_checked() -> None:
    rows = [{0: 1, 1: 1}, {0: 1, 1: -1}, {0: 3, 1: 1}]
    assert values(rows, [1, 0, 2], 2, [0, 1], []) == [Fraction(1, 2), Fraction(1, 2)]
    with pytest.raises(EngineError, match="contradict"):
        values(rows, [1, 0, 3], 2, [0, 1], [])


def test_contradicting_single_rows_are_refused() -> None:
    with pytest.raises(EngineError, match="contradict"):
        values([{0: 1}, {0: 2}], [1, 3], 1, [0], [])


def test_binding_row_without_unknown_must_be_met() -> None:
    with pytest.raises(EngineError, match="not met"):
        values([{0: 1}], [7], 1, [], [0])


@pytest.mark.parametrize(
    ("rows", "limits", "free"),
    [
        ([{0: 1, 1: 1}], [1], [0, 1]),  # one row, two unknowns
        ([{0: 1}], [1], [0, 1]),  # an unknown in no row
        ([{0: 1, 1: 2}, {0: 2, 1: 4}], [1, 2], [0, 1]),  # dependent rows
        ([{0: 1, 1: 1, 2: 1}, {0: 1, 1: 1}], [2, 1], [0, 1, 2]),  # one settled, two not
    ],
)
def test_undetermined_columns_are_not_called_unique(
    rows: list[dict[int, int]], limits: list[int], free: list[int]
) -> None:
    with pytest.raises(NotUniqueError):
        values(rows, limits, 3, free, [])


@pytest.mark.parametrize("seed", range(30))
def test_random_sparse_systems_equal_dense_elimination(seed: int) -> None:
    random = Random(seed)
    width = random.randint(3, 25)
    rows: list[dict[int, int]] = []
    matrix = flint.fmpq_mat(width, width)
    while matrix.det() == 0:
        rows = [
            {c: random.choice((-3, -1, 1, 2, 7)) for c in random.sample(range(width), min(width, random.randint(1, 4)))}
            for _ in range(width)
        ]
        matrix = flint.fmpq_mat(width, width, [row.get(c, 0) for row in rows for c in range(width)])
    limits = [random.randint(-50, 50) for _ in range(width)]
    dense = matrix.solve(flint.fmpq_mat(width, 1, limits))
    expected = [Fraction(int(dense[i, 0].p), int(dense[i, 0].q)) for i in range(width)]
    assert values(rows, limits, width, list(range(width)), []) == expected


@pytest.mark.parametrize("dense", [0, 10**6])
def test_short_rows_and_dense_elimination_give_the_same_plan(monkeypatch: pytest.MonkeyPatch, dense: int) -> None:
    """Dense elimination of the whole kernel never ended at ten thousand operations: short rows are taken first."""
    scenario = committee(200)
    expected = allocate(scenario)
    monkeypatch.setattr(elimination, "DENSE", dense)
    assert allocate(scenario).commitments == expected.commitments
