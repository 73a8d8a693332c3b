"""The floating-point model engines read: columns between 0 and 1, rows whose largest coefficient is 1."""

from fractions import Fraction

import numpy as np
import pytest

from allocator.compilation import compile_scenario
from allocator.program.scaling import ScaledProgram, scale
from tests.allocator.oracle.drawn import committee
from tests.allocator.rules.tiny import budgets, limited, operation, scenario


def drawn(seed: int) -> ScaledProgram:
    return scale(compile_scenario(committee(seed, 300, 3_000_000_000)).program)


def test_a_program_scaled_by_hand() -> None:
    document = scenario(
        goals=(), operations=(operation(divisible=True),), eligibilities=(), partners=limited("COM"),
        budgets=budgets("COM", amounts=[300, 7, 0]),
    )  # fmt: skip
    scaled = scale(compile_scenario(document).program)
    # coverage: commit - 1200 share = 0 becomes commit' - share = 0; the budgets of empty years keep their limit.
    assert scaled.value.tolist() == [1.0, -1.0, 1.0]
    assert scaled.limit.tolist() == [0.0, 0.25, 7.0, 0.0]
    assert scaled.divisor.tolist() == [1200.0, 1200.0, 1.0, 1.0]


@pytest.mark.parametrize("seed", range(20))
def test_the_largest_coefficient_of_every_row_is_one(seed: int) -> None:
    scaled = drawn(seed)
    program = scaled.program
    for row in range(program.shape[0]):
        entries = scaled.value[program.start[row] : program.start[row + 1]]
        assert len(entries) == 0 or np.abs(entries).max() == 1.0


@pytest.mark.parametrize("seed", range(20))
def test_a_scaled_row_says_the_same_as_the_exact_one(seed: int) -> None:
    scaled = drawn(seed)
    program = scaled.program
    point = [Fraction(i + 1, 3 * i + 7) for i in range(program.shape[1])]
    exact = [value * int(unit) for value, unit in zip(point, program.scale, strict=True)]
    for row in range(program.shape[0]):
        columns = program.column[program.start[row] : program.start[row + 1]].tolist()
        values = scaled.value[program.start[row] : program.start[row + 1]].tolist()
        found = sum(value * float(point[column]) for column, value in zip(columns, values, strict=True))
        expected = Fraction(program.activity(row, exact)) / Fraction(float(scaled.divisor[row]))
        assert found == pytest.approx(float(expected), rel=1e-12, abs=1e-12)
        assert scaled.limit[row] == pytest.approx(float(program.limit[row]) / scaled.divisor[row], rel=1e-15)


def test_a_model_has_the_bounds_and_senses_it_is_given() -> None:
    scaled = drawn(1)
    rows, columns = scaled.program.shape
    lower, upper = np.zeros(columns), np.ones(columns)
    upper[0] = 0.0
    equality = np.zeros(rows, dtype=np.bool_)
    equality[:2] = True
    model = scaled.model(np.arange(columns) / columns, lower, upper, equality, scaled.program.integer)
    assert model.shape == (rows, columns)
    assert model.row_lower[:2].tolist() == scaled.limit[:2].tolist()
    assert (model.row_lower[2:] == -np.inf).all()
    assert (model.row_upper == scaled.limit).all()
    assert (model.lower.tolist(), model.upper.tolist()) == (lower.tolist(), upper.tolist())
    assert model.integer.tolist() == scaled.program.integer.tolist()
