"""Seeing limits that differ by a cent on a hundred million: the same program, looked at more closely.

An engine works to about nine digits; two limits of one large operation that differ by a cent are one and the same
to it. The program is then shifted to the engine's answer, with its exact residuals, magnified, and solved again:
what was under the tolerance becomes visible. Reference: Gleixner, Steffy and Wolter, "Iterative refinement for linear
programming", INFORMS Journal on Computing 28 (2016).
"""

from dataclasses import replace

import numpy as np

from allocator.engines.engine import Answer, Engine, Floats, LinearModel, Status
from allocator.program.program import Program
from allocator.program.scaling import ScaledProgram

MAGNIFICATION = float(1 << 20)

GRID = 1 << 40
"""The program is shifted to a plan whose scaled values are multiples of 1 / GRID, so that residuals are integers."""


def look_closer(engine: Engine, scaled: ScaledProgram, model: LinearModel, answer: Answer) -> Answer:
    """Return an answer whose binding limits are told apart a million times more finely.

    Prices and reduced costs are those of the magnified program, which are the same prices.
    """
    centre = np.round(np.clip(answer.values, model.lower, model.upper) * GRID) / GRID
    room = residuals(scaled, centre) * MAGNIFICATION
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


def residuals(scaled: ScaledProgram, centre: Floats) -> Floats:
    """Return what is left under each limit, computed exactly and then scaled. ``centre``: multiples of 1 / GRID."""
    program: Program = scaled.program
    units = (centre * GRID).astype(np.int64).astype(object) * program.scale.astype(object)
    room = program.limit.astype(object) * GRID
    counts = np.diff(program.start)
    filled = np.flatnonzero(counts)
    if len(filled):
        # Arrays of objects are added in Python's integers, which do not overflow.
        terms = program.coefficient.astype(object) * units[program.column]
        room[filled] -= np.add.reduceat(terms, program.start[filled])
    return room.astype(np.float64) / (GRID * scaled.divisor)
