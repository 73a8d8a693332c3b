"""The last payment of a grant: the rate of the decision, on the smaller of the planned and the actual base.

Sources: décret 99-1060 art. 13, CGCT art. R.2334-30 (DETR); for the Anah's RHI and THIRORI (art. 61 of its general
regulation) the base is a deficit, and the limit is the initial commitment, which is the rate of the planned deficit.
The allocation shares planned costs: settlements come after it, and are never part of it.
"""

from fractions import Fraction


def final_payment(rate: Fraction, planned: int, actual: int, paid: int = 0) -> int:
    """Return what is still due at the end, in cents; negative when the funder has paid too much and is repaid.

    ``rate`` and ``planned`` are those of the decision, ``actual`` is what was spent, ``paid`` the advances and
    instalments already paid (bases and amounts in cents). The right is rounded down: it never exceeds the rate.
    An actual deficit below zero counts as zero. Raises ValueError for a rate outside 0 to 1 or a negative planned
    base or payment.
    """
    if not 0 <= rate <= 1 or planned < 0 or paid < 0:
        raise ValueError(f"rate {rate}, planned {planned}, paid {paid}: a rate of 0 to 1 and no negative amount")
    return int(rate * max(0, min(planned, actual))) - paid
