"""A claims problem: an estate too small for the claims on it, in exact amounts of any unit.

Source: W. Thomson, « Axiomatic and game-theoretic analysis of bankruptcy and taxation problems: a survey »,
Mathematical Social Sciences 45 (2003), section 2.
"""

from collections.abc import Mapping
from fractions import Fraction

Claims = Mapping[str, Fraction]
"""What each claimant may receive at most, by code."""

Awards = dict[str, Fraction]
"""What each claimant receives, by code: between zero and its claim, the estate in all."""


def require_problem(claims: Claims, estate: Fraction) -> None:
    """Raise ValueError unless every claim is positive or zero and the estate lies between zero and their sum."""
    negative = sorted(code for code, claim in claims.items() if claim < 0)
    if negative:
        raise ValueError(f"negative claims: {', '.join(negative)}")
    total = sum(claims.values(), Fraction(0))
    if not 0 <= estate <= total:
        raise ValueError(f"an estate of {estate} does not lie between 0 and the sum of the claims, {total}")


def losses(claims: Claims, awards: Claims) -> Awards:
    """Return what each claimant does not receive."""
    return {code: claim - awards[code] for code, claim in claims.items()}
