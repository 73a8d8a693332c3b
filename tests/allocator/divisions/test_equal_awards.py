"""Constrained equal awards."""

from fractions import Fraction

import pytest

from allocator.divisions import equal_awards

from .drawn import claims_of, grid


@pytest.mark.parametrize(
    ("estate", "expected"),
    [
        (100, claims_of(Fraction(100, 3), Fraction(100, 3), Fraction(100, 3))),
        (200, claims_of(Fraction(200, 3), Fraction(200, 3), Fraction(200, 3))),
        (299, claims_of(Fraction(299, 3), Fraction(299, 3), Fraction(299, 3))),
        (300, claims_of(100, 100, 100)),
        (301, claims_of(100, Fraction(201, 2), Fraction(201, 2))),
        (500, claims_of(100, 200, 200)),
        (501, claims_of(100, 200, 201)),
        (600, claims_of(100, 200, 300)),
    ],
)
def test_the_claims_of_the_talmud(estate: int, expected: dict[str, Fraction]) -> None:
    """The definition of Thomson (2003), section 3.1, solved by hand on claims of 100, 200 and 300."""
    assert equal_awards.divide(claims_of(100, 200, 300), Fraction(estate)) == expected


def test_the_published_example_of_two_claims() -> None:
    """Claims of 4 and 8 on an estate of 6: three each."""
    assert equal_awards.divide(claims_of(4, 8), Fraction(6)) == claims_of(3, 3)


@pytest.mark.parametrize("claims", [(1, 2, 3), (2, 2, 5), (0, 3, 4), (4, 4, 4)])
def test_no_division_of_the_grid_is_more_equal(claims: tuple[int, ...]) -> None:
    """Leximin of the awards, by enumeration in sixths of a unit: every level has a denominator of 1, 2 or 3."""
    large = [6 * claim for claim in claims]
    for estate in range(0, sum(large) + 1, 6):
        best = max(grid(large, estate), key=sorted)
        found = equal_awards.divide(claims_of(*large), Fraction(estate))
        assert tuple(found.values()) == best
