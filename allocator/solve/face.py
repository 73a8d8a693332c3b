"""The set of plans that are optimal so far, described by what complementary slackness fixes.

A column whose reduced cost is not zero keeps its value, a row whose price is not zero keeps binding: this is
the optimal face itself, with no rounding of a goal's value.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from allocator.engines.engine import Answer, EngineError, Floats, LinearModel
from allocator.program.program import Program
from allocator.program.scaling import ScaledProgram

PRICE_TOLERANCE = 1e-9
"""Prices below this are zero: engines run with tolerances of 1e-9 and their noise is far smaller."""

BOUND_TOLERANCE = 1e-5
"""How far from its bound a fixed column may be reported; CBC's text files carry eight digits."""


@dataclass(frozen=True)
class Priced:
    """The columns that have a reduced cost and the rows that have a price."""

    columns: NDArray[np.bool_]
    rows: NDArray[np.bool_]

    @classmethod
    def read(cls, answer: Answer, zero: float = PRICE_TOLERANCE) -> "Priced":
        """Read them in an engine's answer; a price below ``zero`` is none."""
        return cls(np.abs(answer.reduced_costs) > zero, np.abs(answer.prices) > zero)


@dataclass(frozen=True)
class Face:
    """Bounds of the scaled columns (0 or 1 once fixed) and rows that bind."""

    lower: Floats
    upper: Floats
    equality: NDArray[np.bool_]

    @classmethod
    def whole(cls, program: Program) -> "Face":
        """Return the set of all plans."""
        return cls(np.zeros(len(program.upper)), np.ones(len(program.upper)), program.equality.copy())

    def within(self, program: Program) -> "Face":
        """Return the same face in a program extended with columns and rows, those added being free."""
        columns, rows = len(program.upper) - len(self.lower), len(self.equality)
        return Face(
            np.concatenate([self.lower, np.zeros(columns)]),
            np.concatenate([self.upper, np.ones(columns)]),
            np.concatenate([self.equality, program.equality[rows:]]),
        )

    @property
    def fixed(self) -> NDArray[np.bool_]:
        """Columns with a single possible value."""
        fixed: NDArray[np.bool_] = self.lower == self.upper
        return fixed

    def with_values(self, columns: NDArray[np.int64], values: Floats) -> "Face":
        """Return the face with some columns fixed at 0 or 1."""
        lower, upper = self.lower.copy(), self.upper.copy()
        lower[columns] = upper[columns] = values
        return Face(lower, upper, self.equality)

    def model(self, scaled: ScaledProgram, cost: Floats, integer: NDArray[np.bool_]) -> LinearModel:
        """Return the model that minimises ``cost`` on the face."""
        return scaled.model(cost, self.lower, self.upper, self.equality, integer)

    def restricted(self, answer: Answer, priced: Priced) -> "Face":
        """Return the optimal face of an optimal answer. Raises EngineError when the answer is inconsistent."""
        stopped = priced.columns & ~self.fixed
        nearest = np.round(answer.values)
        astray = stopped & (np.abs(answer.values - nearest) > BOUND_TOLERANCE)
        if astray.any():
            raise EngineError(f"column {int(np.flatnonzero(astray)[0])} has a price but is not at a bound")
        bounds = np.clip(nearest[stopped], 0.0, 1.0)
        face = self.with_values(np.flatnonzero(stopped), bounds)
        return Face(face.lower, face.upper, self.equality | priced.rows)
