"""Seeing limits that differ by a cent on a hundred million: the same program, looked at more closely.

An engine works to about nine digits; two limits of one large operation that differ by a cent are one and the same
to it. The program is then shifted to the engine's answer, with its exact residuals, magnified, and solved again:
what was under the tolerance becomes visible. Reference: Gleixner, Steffy and Wolter, "Iterative refinement for linear
programming", INFORMS Journal on Computing 28 (2016).
"""

from dataclasses import replace
from fractions import Fraction

import numpy as np

from allocator.engines.engine import Answer, Engine, Floats, LinearModel, Status
from allocator.program.program import Program
from allocator.program.scaling import ScaledProgram

MAGNIFICATION = float(1 << 20)


def look_closer(engine: Engine, scaled: ScaledProgram, model: LinearModel, answer: Answer) -> Answer:
    """Return an answer whose binding limits are told apart a million times more finely.

    Prices and reduced costs are those of the magnified program, which are the same prices.
    """
    centre = np.clip(answer.values, model.lower, model.upper)
    room = _residuals(scaled, centre) * MAGNIFICATION
    closer = replace(
        model,
        row_lower=np.where(np.isinf(model.row_lower), -np.inf, room),
        row_upper=room,
        lower=(model.lower - centre) * MAGNIFICATION,
        upper=(model.upper - centre) * MAGNIFICATION,
    )
    found = engine.solve(closer)
    if found.status is not Status.OPTIMAL:
        return found
    return replace(found, values=centre + found.values / MAGNIFICATION)


def _residuals(scaled: ScaledProgram, centre: Floats) -> Floats:
    """Return what is left under each limit, computed exactly and then scaled."""
    program: Program = scaled.program
    values = [Fraction(x) * s for x, s in zip(centre.tolist(), program.scale.tolist(), strict=True)]
    limits, divisors = program.limit.tolist(), scaled.divisor.tolist()
    rooms = (
        float((limit - program.activity(row, values)) / Fraction(divisor))
        for row, (limit, divisor) in enumerate(zip(limits, divisors, strict=True))
    )
    return np.fromiter(rooms, dtype=np.float64, count=len(limits))
