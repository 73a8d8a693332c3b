"""Hamilton's largest remainders. « Chacun reçoit la partie entière ; le reste va aux plus grandes fractions. ».

Puts exact quotas whose sum is whole into whole units (cents, seats) that sum exactly to it; each quota moves by
less than one unit. Equal remainders are settled by code, in alphabetical order. Units: those of the quotas.
Source: M. Balinski and H. P. Young, « Fair Representation » (1982), chapter 3.
"""

from fractions import Fraction
from math import floor

from allocator.divisions.bankruptcy import Claims


def round_quotas(quotas: Claims) -> dict[str, int]:
    """Return whole quotas of the same sum. Raises ValueError when a quota is negative or the sum is not whole."""
    total = sum(quotas.values(), Fraction(0))
    if total.denominator != 1 or any(quota < 0 for quota in quotas.values()):
        raise ValueError("quotas must be positive or zero, and their sum a whole number")
    whole = {code: floor(quota) for code, quota in quotas.items()}
    left = total.numerator - sum(whole.values())
    for code in sorted(quotas, key=lambda code: (whole[code] - quotas[code], code))[:left]:
        whole[code] += 1
    return whole
