"""Pro rata."""

from fractions import Fraction

import pytest

from allocator.divisions import proportional

from .drawn import claims_of


@pytest.mark.parametrize("estate", [0, 100, 200, 300, 600])
def test_every_claim_gets_the_same_part(estate: int) -> None:
    """The claims of the Talmud's table: one, two and three sixths of the estate."""
    expected = claims_of(Fraction(estate, 6), Fraction(estate, 3), Fraction(estate, 2))
    assert proportional.divide(claims_of(100, 200, 300), Fraction(estate)) == expected
