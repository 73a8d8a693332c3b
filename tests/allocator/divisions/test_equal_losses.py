"""Constrained equal losses."""

from fractions import Fraction

import pytest

from allocator.divisions import equal_losses

from .drawn import claims_of, grid


@pytest.mark.parametrize(
    ("estate", "expected"),
    [
        (99, claims_of(0, 0, 99)),
        (100, claims_of(0, 0, 100)),
        (101, claims_of(0, Fraction(1, 2), Fraction(201, 2))),
        (200, claims_of(0, 50, 150)),
        (300, claims_of(0, 100, 200)),
        (301, claims_of(Fraction(1, 3), Fraction(301, 3), Fraction(601, 3))),
        (600, claims_of(100, 200, 300)),
    ],
)
def test_the_claims_of_the_talmud(estate: int, expected: dict[str, Fraction]) -> None:
    """The definition of Thomson (2003), section 3.1, solved by hand on claims of 100, 200 and 300."""
    assert equal_losses.divide(claims_of(100, 200, 300), Fraction(estate)) == expected


@pytest.mark.parametrize("claims", [(1, 2, 3), (2, 2, 5), (0, 3, 4), (4, 4, 4)])
def test_no_division_of_the_grid_has_more_equal_losses(claims: tuple[int, ...]) -> None:
    """The largest loss is the least, then the second largest: enumeration in sixths of a unit."""
    large = [6 * claim for claim in claims]

    def largest_losses(awards: tuple[int, ...]) -> list[int]:
        return sorted((claim - award for claim, award in zip(large, awards, strict=True)), reverse=True)

    for estate in range(0, sum(large) + 1, 6):
        best = min(grid(large, estate), key=largest_losses)
        found = equal_losses.divide(claims_of(*large), Fraction(estate))
        assert tuple(found.values()) == best
