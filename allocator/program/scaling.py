"""From exact integer rows to the floating-point model engines read.

Columns are measured in their own scale (amounts as a share of the operation), so that they lie in [0, 1];
rows are divided by their largest coefficient. Interior points fail on raw euros and restarts are slower.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from allocator.engines.engine import Floats, LinearModel
from allocator.program.program import Program


@dataclass(frozen=True)
class ScaledProgram:
    """The scaled rows of a program: entries, upper limits, and what each exact row was divided by."""

    program: Program
    value: Floats
    limit: Floats
    divisor: Floats

    def model(
        self,
        cost: Floats,
        lower: Floats,
        upper: Floats,
        equality: NDArray[np.bool_],
        integer: NDArray[np.bool_],
    ) -> LinearModel:
        """Return a model with the given costs, bounds, equalities and whole columns."""
        program = self.program
        row_lower = np.where(equality, self.limit, -np.inf)
        return LinearModel(
            program.start, program.column, self.value, row_lower, self.limit, lower, upper, cost, integer
        )


def scale(program: Program) -> ScaledProgram:
    """Scale columns then rows. Rows without entries keep their limit."""
    value = program.coefficient.astype(np.float64) * program.scale[program.column]
    counts = np.diff(program.start)
    largest = np.ones(len(program.limit))
    filled = np.flatnonzero(counts)
    if len(filled):
        largest[filled] = np.maximum.reduceat(np.abs(value), program.start[filled])
    largest[largest == 0] = 1.0
    return ScaledProgram(program, value / np.repeat(largest, counts), program.limit / largest, largest)
