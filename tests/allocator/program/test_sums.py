"""Exact sums of fractions are those of Python's fractions."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from allocator.program.sums import exact_sum, weighted_sum


@given(st.lists(st.tuples(st.integers(-(10**20), 10**20), st.one_of(st.integers(), st.fractions()))))
def test_weighted_sums_are_exact(pairs: list[tuple[int, Fraction | int]]) -> None:
    values = [value for _, value in pairs]
    terms = [(place, coefficient) for place, (coefficient, _) in enumerate(pairs)]
    assert weighted_sum(terms, values) == sum((a * Fraction(value) for a, value in pairs), start=Fraction(0))


def test_whole_numbers_stay_whole() -> None:
    assert exact_sum({}) == 0
    assert type(exact_sum({1: 5})) is int
    assert exact_sum({1: 5, 3: 2, 7: -1}) == Fraction(116, 21)
