"""A bound that no plan can beat, in exact arithmetic, from any prices an engine suggests.

Weak duality with boxes: for prices ``y`` (non-negative on ``<=`` rows), every plan ``x`` in its box satisfies
``c x <= y b + sum_j max(0, c_j - y A_j) * upper_j``. The inequality holds whatever ``y`` is, so that wrong prices
only give a weak bound, never a false one. Reference: Neumaier and Shcherbina, "Safe bounds in linear and
mixed-integer programming", Mathematical Programming 99 (2004).
"""

from fractions import Fraction
from math import ldexp

from allocator.engines.engine import Floats
from allocator.goals.goal import Objective
from allocator.program.program import Program

_SHIFT = 160
"""Prices are taken as whole multiples of 2^-160: small against any price of a cent on a billion."""


def proven_bound(program: Program, objective: Objective, prices: Floats) -> Fraction:
    """Return the bound on an objective, upper when it is maximised, lower when it is minimised.

    ``prices``: one per row, in units of the objective per unit of the row, of either sign (the better of the
    two readings of the signs of equality rows is kept).
    """
    sign = 1 if objective.maximise else -1
    best = min(_upper_bound(program, objective, sign, direction, prices) for direction in (1, -1))
    return sign * best


def _upper_bound(program: Program, objective: Objective, sign: int, direction: int, prices: Floats) -> Fraction:
    reduced = [0] * len(program.upper)
    for column, coefficient in zip(objective.column.tolist(), objective.coefficient.tolist(), strict=True):
        reduced[column] += sign * coefficient << _SHIFT
    total = 0
    limits, equalities = program.limit.tolist(), program.equality.tolist()
    for row, price in enumerate(prices.tolist()):
        if price == 0.0:
            continue
        whole = int(ldexp(direction * price if equalities[row] else abs(price), _SHIFT))
        total += whole * limits[row]
        for column, coefficient in program.terms(row):
            reduced[column] -= whole * coefficient
    total += sum(rest * upper for rest, upper in zip(reduced, program.upper.tolist(), strict=True) if rest > 0)
    return Fraction(total, 1 << _SHIFT)
