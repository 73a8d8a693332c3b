"""Constrained equal awards. « Chacun reçoit la même somme, sans dépasser ce qu'il demande. ».

Formula: ``x_i = min(c_i, level)``, with the level at which the awards sum to the estate. It is the division whose
awards are the most equal (leximin). Units: those of the claims, exact fractions.
Source: Thomson (2003), section 3.1 (Maimonides).
"""

from fractions import Fraction

from allocator.divisions.bankruptcy import Awards, Claims, require_problem


def divide(claims: Claims, estate: Fraction) -> Awards:
    """Divide an estate. Raises ValueError when it does not lie between zero and the sum of the claims."""
    require_problem(claims, estate)
    level, left = Fraction(0), estate
    for rank, claim in enumerate(sorted(claims.values())):
        # All claims from this one on are at least as large: each may receive an equal part of what is left.
        level = min(claim, left / (len(claims) - rank))
        left -= level
    return {code: min(claim, level) for code, claim in claims.items()}
