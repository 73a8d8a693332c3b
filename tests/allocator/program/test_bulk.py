"""Left-hand sides added in bulk are exactly those added one term at a time, whatever the denominators and sizes."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.program.bulk import LARGEST_SUM, SMALL_DENOMINATOR, SMALL_NUMERATOR, excess_in_bulk

Row = tuple[list[tuple[int, int]], int]

VALUES = st.one_of(
    st.integers(0, 10**12),
    st.integers(1 << 58, 1 << 70),
    st.fractions(0, 10**12, max_denominator=1_000),
    st.builds(Fraction, st.integers(0, 10**18), st.integers(1, SMALL_DENOMINATOR + 2)),
    st.builds(Fraction, st.integers(0, 10**40), st.integers(1 << 60, 1 << 90)),
)
COEFFICIENTS = st.one_of(st.integers(-100, 100), st.integers(-(10**15), 10**15))


def in_bulk(rows: list[Row], values: list[Fraction | int]) -> list[Fraction | None]:
    """Return what is exactly left-hand side less limit, None where it was not added in bulk."""
    counts = np.array([len(terms) for terms, _ in rows], dtype=np.int64)
    entries = [term for terms, _ in rows for term in terms]
    column, coefficient = (np.array([term[k] for term in entries], dtype=np.int64) for k in (0, 1))
    limit = np.array([limit for _, limit in rows], dtype=np.int64)
    found = excess_in_bulk(counts, column, coefficient, limit, values)
    triples = zip(*(part.tolist() for part in found), strict=True)
    return [Fraction(total, multiple) if fits else None for total, multiple, fits in triples]


@given(st.data())
def test_what_is_added_in_bulk_is_exact(data: st.DataObject) -> None:
    values: list[Fraction | int] = data.draw(st.lists(VALUES, min_size=1, max_size=6))
    term = st.tuples(st.integers(0, len(values) - 1), COEFFICIENTS)
    rows = data.draw(st.lists(st.tuples(st.lists(term, min_size=1, max_size=6), st.integers(-(10**18), 10**18))))
    for (terms, limit), found in zip(rows, in_bulk(rows, values), strict=True):
        if found is not None:
            assert found == sum(a * Fraction(values[j]) for j, a in terms) - limit


def test_plans_of_ordinary_size_are_added_in_bulk() -> None:
    values: list[Fraction | int] = [Fraction(10**13, 7), Fraction(1, 30), 10**12]
    assert in_bulk([([(0, 100), (1, -7), (2, 3)], 5)], values) == [100 * values[0] - 7 * values[1] + 3 * values[2] - 5]


@pytest.mark.parametrize(("numerator", "fits"), [(SMALL_NUMERATOR - 1, True), (SMALL_NUMERATOR, False)])
def test_numerators_below_and_at_the_size(numerator: int, fits: bool) -> None:
    assert (in_bulk([([(0, 1)], 0)], [numerator]) != [None]) is fits


@pytest.mark.parametrize(("denominator", "fits"), [(SMALL_DENOMINATOR - 1, True), (SMALL_DENOMINATOR, False)])
def test_denominators_below_and_at_the_size(denominator: int, fits: bool) -> None:
    assert (in_bulk([([(0, 1)], 0)], [Fraction(1, denominator)]) != [None]) is fits


@pytest.mark.parametrize(("coefficient", "fits"), [((1 << 31) - 1, True), (1 << 31, False)])
def test_sums_below_and_at_the_size(coefficient: int, fits: bool) -> None:
    assert float(1 << 61) == LARGEST_SUM
    assert (in_bulk([([(0, coefficient)], 0)], [1 << 30]) != [None]) is fits


def test_denominators_whose_multiple_wraps_round_are_not_added_in_bulk() -> None:
    """Each is small; their common multiple is not, and comes out of 64 bits as another number."""
    primes = [1_048_573, 1_048_571, 1_048_559, 1_048_549]
    values: list[Fraction | int] = [Fraction(1, prime) for prime in primes]
    assert in_bulk([([(place, 1) for place in range(4)], 0)], values) == [None]


def test_no_row_at_all() -> None:
    assert in_bulk([], [1]) == []
