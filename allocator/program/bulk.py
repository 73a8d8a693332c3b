"""Exact left-hand sides of many rows at once, in 64-bit integers where they fit.

Almost every value of a plan is a fraction of a small denominator. The terms of a row are brought to one common multiple
of these denominators, and added in integers once a floating-point sum of their sizes has shown that nothing overflows.
"""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from allocator.program.frame import Flags, Ints

SMALL_DENOMINATOR, SMALL_NUMERATOR = 1 << 20, 1 << 60
"""Sizes below which a value is added in bulk."""

LARGEST_SUM = float(1 << 61)
"""Sum of the sizes of the terms of a row, and of its limit, below which 64 bits hold it with room to spare."""


def excess_in_bulk(
    counts: Ints, column: Ints, coefficient: Ints, limit: Ints, values: Sequence[Fraction | int]
) -> tuple[Ints, Ints, Flags]:
    """Return sums, multiples and flags: where flagged, left-hand side less limit is exactly sum / multiple.

    ``counts``: numbers of terms of the rows, none of them zero; ``column`` and ``coefficient``: their terms, row after
    row. Rows not flagged hold values, or add up to sums, too large for 64 bits.
    """
    numerator, denominator, small = _parts(values)
    starts = np.cumsum(counts) - counts
    below = denominator[column]
    # Beyond 64 bits a multiple wraps round: it serves all the same if it is positive and every denominator divides it.
    multiple = np.lcm.reduceat(below, starts)
    spread = np.repeat(np.maximum(multiple, 1), counts)
    factor = spread // below
    unfit = (factor * below != spread) | ~small[column]
    sizes = np.abs(coefficient.astype(np.float64) * numerator[column] * factor)
    size = np.add.reduceat(sizes, starts) + np.abs(limit.astype(np.float64) * multiple)
    fits = ~np.logical_or.reduceat(unfit, starts) & (multiple > 0) & (size < LARGEST_SUM)
    sums = np.add.reduceat(coefficient * numerator[column] * factor, starts) - limit * multiple
    return sums, multiple, fits


def _parts(values: Sequence[Fraction | int]) -> tuple[Ints, Ints, Flags]:
    """Return numerators and denominators (0 and 1 where a value is not small), and which values are small."""
    numerator, denominator = [value.numerator for value in values], [value.denominator for value in values]
    large = [
        place
        for place, (top, bottom) in enumerate(zip(numerator, denominator, strict=True))
        if bottom >= SMALL_DENOMINATOR or not -SMALL_NUMERATOR < top < SMALL_NUMERATOR
    ]
    for place in large:
        numerator[place], denominator[place] = 0, 1
    small = np.ones(len(values), dtype=np.bool_)
    small[large] = False
    return np.array(numerator, dtype=np.int64), np.array(denominator, dtype=np.int64), small
