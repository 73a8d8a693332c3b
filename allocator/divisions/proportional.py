"""Pro rata. « Chacun reçoit la même part de ce qu'il demande. ».

Formula: ``x_i = c_i * E / C`` where ``C`` is the sum of the claims. Units: those of the claims, exact fractions.
Source: Thomson (2003), section 3.1.
"""

from fractions import Fraction

from allocator.divisions.bankruptcy import Awards, Claims, require_problem


def divide(claims: Claims, estate: Fraction) -> Awards:
    """Divide an estate. Raises ValueError when it does not lie between zero and the sum of the claims."""
    require_problem(claims, estate)
    total = sum(claims.values(), Fraction(0))
    return {code: estate * claim / total if total else Fraction(0) for code, claim in claims.items()}
