"""Constrained equal losses. « Il manque à chacun la même somme, sans que personne reçoive moins que rien. ».

Formula: ``x_i = max(0, c_i - loss)``, with the loss at which the awards sum to the estate. It is the dual of
constrained equal awards: what is missing is divided as they divide an estate. Units: those of the claims, exact
fractions. Source: Thomson (2003), section 3.1; duality: Aumann and Maschler (1985), section 2.
"""

from fractions import Fraction

from allocator.divisions import equal_awards
from allocator.divisions.bankruptcy import Awards, Claims, losses, require_problem


def divide(claims: Claims, estate: Fraction) -> Awards:
    """Divide an estate. Raises ValueError when it does not lie between zero and the sum of the claims."""
    require_problem(claims, estate)
    missing = sum(claims.values(), Fraction(0)) - estate
    return losses(claims, equal_awards.divide(claims, missing))
