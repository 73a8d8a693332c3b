"""The classical divisions of an estate among claims: one file each, in exact fractions, put in cents by Hamilton's."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from fractions import Fraction

from allocator.divisions import equal_awards, equal_losses, proportional, talmud
from allocator.divisions.bankruptcy import Awards, Claims
from allocator.divisions.hamilton import round_quotas


class Division(StrEnum):
    """The divisions a committee can compare its plan with."""

    PROPORTIONAL = "proportional"
    EQUAL_AWARDS = "equal_awards"
    EQUAL_LOSSES = "equal_losses"
    TALMUD = "talmud"


DIVIDERS: Mapping[Division, Callable[[Claims, Fraction], Awards]] = {
    Division.PROPORTIONAL: proportional.divide,
    Division.EQUAL_AWARDS: equal_awards.divide,
    Division.EQUAL_LOSSES: equal_losses.divide,
    Division.TALMUD: talmud.divide,
}


def divide_cents(division: Division, claims: Mapping[str, int], estate: int) -> dict[str, int]:
    """Divide integer cents among claims in cents, to the cent: each award stays between zero and its claim.

    Raises ValueError when the estate does not lie between zero and the sum of the claims.
    """
    exact = DIVIDERS[division]({code: Fraction(claim) for code, claim in claims.items()}, Fraction(estate))
    return round_quotas(exact)
