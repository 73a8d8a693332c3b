"""The Talmud's division. « Sous la moitié des demandes on égalise les gains ; au-delà, on égalise les pertes. ».

Formula: with ``C`` the sum of the claims, constrained equal awards of the half-claims when ``E <= C / 2``, else the
claims less the constrained equal awards of the half-claims for ``C - E``. Between any two claimants it is the
division of the contested garment, and it is the nucleolus of the coalitional game. Units: those of the claims,
exact fractions. Source: R. Aumann and M. Maschler, « Game theoretic analysis of a bankruptcy problem from the
Talmud », Journal of Economic Theory 36 (1985).
"""

from fractions import Fraction

from allocator.divisions import equal_awards
from allocator.divisions.bankruptcy import Awards, Claims, losses, require_problem


def divide(claims: Claims, estate: Fraction) -> Awards:
    """Divide an estate. Raises ValueError when it does not lie between zero and the sum of the claims."""
    require_problem(claims, estate)
    total = sum(claims.values(), Fraction(0))
    halves = {code: claim / 2 for code, claim in claims.items()}
    if 2 * estate <= total:
        return equal_awards.divide(halves, estate)
    return losses(claims, equal_awards.divide(halves, total - estate))
