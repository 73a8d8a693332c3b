"""Numbers drawn from names: the same draw of the same seed is the same on every machine, in any order.

Every number comes from the SHA-256 of the seed, the rank of the draw and what is drawn, as the tie-break does: no
generator has a state that workers would have to share.
"""

from fractions import Fraction
from hashlib import sha256
from math import sqrt

STEPS = 10_000
"""Steps of a drawn factor in one unit: factors are whole numbers of ten-thousandths."""

_NEAR = 2 / STEPS


def uniform(seed: int, draw: int, *names: str) -> float:
    """Return a number drawn evenly in [0, 1), with 53 bits."""
    digest = sha256("|".join((str(seed), str(draw), *names)).encode()).digest()
    return (int.from_bytes(digest[:8]) >> 11) / (1 << 53)


def triangular(low: Fraction, likely: Fraction, high: Fraction, level: float) -> Fraction:
    """Return the quantile of a triangular law at ``level`` in [0, 1), rounded to a ten-thousandth.

    ``low <= likely <= high``. Only operations that IEEE 754 rounds correctly are used: the same on every machine.
    """
    if low == high:
        return low
    width = float(high - low)
    below = float(likely - low) / width
    if level < below:
        found = float(low) + width * sqrt(level * below)
    else:
        found = float(high) - width * sqrt((1 - level) * (1 - below))
    rounded = Fraction(round(found * STEPS), STEPS)
    # Floats say enough away from the ends, and compare ten times faster than fractions.
    inside = float(low) + _NEAR < found < float(high) - _NEAR
    return rounded if inside else min(high, max(low, rounded))


def shared(correlation: Fraction, own: float, common: float, choice: float) -> float:
    """Return ``common`` with a probability whose square is the correlation, else ``own``.

    Each number keeps its even law, and two of them have exactly this rank correlation: both are the common one with
    that probability, and are independent otherwise.
    """
    return common if choice < sqrt(correlation) else own
