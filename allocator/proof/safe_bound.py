"""A bound that no plan can beat, from any prices, in floating point with a proven allowance for its own rounding.

The same inequality as ``bound``, thousands of times faster: for prices ``y >= 0`` on rows ``A x <= b`` (of either sign
on rows that bind), every ``x`` with ``lower <= x <= upper`` satisfies ``c x >= -y b + sum_j min(r_j lower_j, r_j
upper_j)`` with ``r = c + A' y``. Each operation on doubles errs by at most ``u = 2^-53`` relatively, so that a sum of n
products errs by at most ``(n + 1) u`` times the sum of their absolute values: that much is taken off. Coefficients
themselves come from exact integers by at most six roundings, counted too. References: Neumaier and Shcherbina, "Safe
bounds in linear and mixed-integer programming", Mathematical Programming 99 (2004); Higham, "Accuracy and stability of
numerical algorithms", 2nd ed. (2002), section 3.1.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix

from allocator.engines.engine import Floats

_UNIT = 2.0**-52
"""Twice the unit roundoff: room for the roundings of the allowance itself."""

_GIVEN = 8
"""Roundings between an exact coefficient, limit or price and the double that stands for it, with room to spare."""


@dataclass(frozen=True)
class SafeBound:
    """The bound, and for each column the reduced cost with what it may err by (floats, units of the costs)."""

    value: float
    reduced: Floats
    error: Floats


class SafeRows:
    """The rows of a scaled model: ``A`` in rows (``start``, ``column``, ``value``) and their upper limits."""

    def __init__(self, start: NDArray[np.int64], column: NDArray[np.int64], value: Floats, limit: Floats, width: int):
        shape = width, len(limit)
        self._columns = csc_matrix((value, column, start), shape=shape, copy=True)
        self._absolute = csc_matrix((np.abs(value), column, start), shape=shape, copy=True)
        self._limit = limit
        self._terms = np.bincount(column, minlength=width) + _GIVEN

    def bound(
        self, cost: Floats, prices: Floats, lower: Floats, upper: Floats, equality: NDArray[np.bool_]
    ) -> SafeBound:
        """Return the bound that prices prove on ``cost @ x``; prices of the wrong sign count as zero."""
        kept = np.where(equality, prices, np.maximum(prices, 0.0))
        reduced = cost + self._columns @ kept
        error = self._terms * _UNIT * (np.abs(cost) + self._absolute @ np.abs(kept))
        boxes = np.minimum(reduced * lower, reduced * upper) - error * np.maximum(np.abs(lower), np.abs(upper))
        rows = kept * self._limit
        magnitude = float(np.abs(boxes).sum() + np.abs(rows).sum())
        allowance = (len(boxes) + len(rows) + 2 * _GIVEN) * _UNIT * magnitude
        return SafeBound(float(boxes.sum() - rows.sum()) - allowance, reduced, error)
