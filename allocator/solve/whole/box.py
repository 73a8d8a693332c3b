"""A part of the set of plans: bounds on columns, rows that bind, and the bound already proven there."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from allocator.engines.engine import Floats
from allocator.program.program import Program


@dataclass(frozen=True)
class Box:
    """Bounds of scaled columns (0 or 1 once fixed), rows that bind, and where the last solve stopped.

    ``bound``: no plan of the box has a smaller value of the current measure, in scaled units.
    """

    lower: Floats
    upper: Floats
    equality: NDArray[np.bool_]
    bound: float = -np.inf
    basis: object = None

    @classmethod
    def whole(cls, program: Program) -> "Box":
        """Return the set of all plans."""
        return cls(np.zeros(len(program.upper)), np.ones(len(program.upper)), program.equality.copy())

    def fixing(self, columns: NDArray[np.int64], values: Floats | float) -> "Box":
        """Return the part where some columns have these values."""
        lower, upper = self.lower.copy(), self.upper.copy()
        lower[columns] = upper[columns] = values
        return replace(self, lower=lower, upper=upper)

    def free(self, columns: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return those of the columns that are not fixed."""
        return columns[self.lower[columns] < self.upper[columns]]
