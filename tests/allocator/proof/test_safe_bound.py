"""The fast bound: below every plan measured exactly, whatever the prices; tight with good ones."""

from fractions import Fraction

import numpy as np
import pytest

from allocator.proof.safe_bound import SafeRows

ROWS, COLUMNS = 6, 9


def drawn(seed: int) -> tuple[np.random.Generator, SafeRows, np.ndarray, np.ndarray, np.ndarray]:
    """Draw dense rows met by the plan where every column is a half, and costs."""
    noise = np.random.default_rng(seed)
    matrix = noise.normal(size=(ROWS, COLUMNS)) * 10.0 ** noise.integers(-6, 6, (ROWS, COLUMNS))
    limit = matrix @ np.full(COLUMNS, 0.5) + noise.uniform(0, 1, ROWS)
    start = np.arange(ROWS + 1) * COLUMNS
    rows = SafeRows(start, np.tile(np.arange(COLUMNS), ROWS), matrix.ravel(), limit, COLUMNS)
    return noise, rows, matrix, limit, noise.normal(size=COLUMNS)


def exact(cost: np.ndarray, plan: list[Fraction]) -> Fraction:
    return sum((Fraction(c) * x for c, x in zip(cost.tolist(), plan, strict=True)), start=Fraction(0))


@pytest.mark.parametrize("seed", range(50))
def test_no_plan_is_below_the_bound(seed: int) -> None:
    noise, rows, matrix, limit, cost = drawn(seed)
    zero, one, free = np.zeros(COLUMNS), np.ones(COLUMNS), np.zeros(ROWS, dtype=np.bool_)
    bounds = [rows.bound(cost, noise.normal(size=ROWS) * 10.0**k, zero, one, free).value for k in range(-6, 3)]
    plans = [[Fraction(x) for x in noise.integers(0, 9, COLUMNS) / 8.0] for _ in range(200)]
    met = [
        plan
        for plan in [[Fraction(1, 2)] * COLUMNS, *plans]
        if all(exact(row, plan) <= Fraction(most) for row, most in zip(matrix, limit.tolist(), strict=True))
    ]
    assert met
    assert max(map(Fraction, bounds)) <= min(exact(cost, plan) for plan in met)


def test_good_prices_prove_the_optimum_nearly() -> None:
    # Minimise -3x - 2y with x + y <= 1.5 and x + 3y <= 2: the optimum is -11/3, at (1, 1/3), with a price of 2/3.
    rows = SafeRows(
        np.array([0, 2, 4]), np.array([0, 1, 0, 1]), np.array([1.0, 1.0, 1.0, 3.0]), np.array([1.5, 2.0]), 2
    )
    cost, prices = np.array([-3.0, -2.0]), np.array([0.0, 2 / 3])
    bound = rows.bound(cost, prices, np.zeros(2), np.ones(2), np.zeros(2, dtype=np.bool_))
    assert Fraction(bound.value) <= Fraction(-11, 3)
    assert bound.value == pytest.approx(-11 / 3, abs=1e-12)
    assert bound.reduced == pytest.approx([-7 / 3, 0.0])


def test_prices_of_the_wrong_sign_count_only_on_rows_that_bind() -> None:
    rows = SafeRows(np.array([0, 1]), np.array([0]), np.array([1.0]), np.array([0.5]), 1)
    one, cost, prices = np.ones(1), np.ones(1), np.array([-1.0])
    free = rows.bound(cost, prices, np.zeros(1), one, np.array([False]))
    binding = rows.bound(cost, prices, np.zeros(1), one, np.array([True]))
    assert free.value == pytest.approx(0.0, abs=1e-12)
    assert binding.value == pytest.approx(0.5, abs=1e-12)
