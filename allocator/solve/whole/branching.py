"""Which whole column to decide next: the one whose two values both cost the most.

What a column costs is measured by solving both sides, then remembered (pseudo-costs) once it was measured often enough.
A side that is proven empty, or without interest, ends the comparison: the column is as good as decided. Reference:
Achterberg, Koch and Martin, "Branching rules revisited", Operations Research Letters 33 (2005).
"""

from dataclasses import dataclass, field, replace
from math import inf

import numpy as np

from allocator.engines.engine import EngineError, Floats
from allocator.program.frame import Ints
from allocator.solve.whole.box import Box
from allocator.solve.whole.relaxation import Relaxations, Relaxed

RELIABLE = 4
"""Solves of one side of a column after which its remembered cost is trusted."""

PATIENCE = 8
"""Columns compared in a row without finding a better one after which the best one is taken."""

_LEAST = 1e-9
FRACTIONAL = 1e-6
"""How far from whole a value must be to count as fractional."""


@dataclass(frozen=True)
class Branch:
    """A column to decide and its two sides, at 0 and at 1, with what is already proven of them."""

    column: int
    sides: tuple[Box, Box]


def halves(box: Box, column: int) -> tuple[Box, Box]:
    """Return the two sides of a box, nothing being known of them."""
    at = np.array([column])
    return box.fixing(at, 0.0), box.fixing(at, 1.0)


@dataclass
class Branching:
    """Remembered costs by column and side."""

    width: int
    gains: tuple[Floats, Floats] = field(init=False)
    counts: tuple[Ints, Ints] = field(init=False)

    def __post_init__(self) -> None:
        self.gains = np.zeros(self.width), np.zeros(self.width)
        self.counts = np.zeros(self.width, dtype=np.int64), np.zeros(self.width, dtype=np.int64)

    def branch(self, relaxations: Relaxations, box: Box, relaxed: Relaxed, free: Ints, room: float) -> Branch:
        """Return what to branch on. ``room``: a side that costs as much holds nothing of interest."""
        values = relaxed.values
        fractional = free[np.minimum(values[free], 1.0 - values[free]) > FRACTIONAL]
        if not len(fractional):
            column = int(free[np.argmin(np.abs(relaxed.safe.reduced[free]))])
            return Branch(column, halves(box, column))
        remembered = self._remembered(values, fractional)
        best, highest, patience = int(fractional[np.argmax(remembered)]), -inf, PATIENCE
        sides = halves(box, best)
        for place in np.argsort(-remembered, kind="stable").tolist():
            column = int(fractional[place])
            tried, score = halves(box, column), float(remembered[place])
            if min(self.counts[0][column], self.counts[1][column]) < RELIABLE:
                tried = self._solved(relaxations, tried, relaxed, column)
                costs = [min(max(side.bound - relaxed.safe.value, _LEAST), room) for side in tried]
                score = costs[0] * costs[1]
                if max(costs) >= room:
                    return Branch(column, tried)
            patience -= 1
            if score > highest:
                best, sides, highest, patience = column, tried, score, PATIENCE
            if not patience:
                break
        return Branch(best, sides)

    def _remembered(self, values: Floats, columns: Ints) -> Floats:
        """Return the product of both remembered costs; a column never measured costs as much as the others do."""
        score = np.ones(len(columns))
        for side in (0, 1):
            known = self.counts[side] > 0
            usual = float(self.gains[side][known].mean()) if known.any() else 1.0
            gains = np.where(known[columns], self.gains[side][columns], usual)
            score *= np.maximum(gains * np.abs(values[columns] - side), _LEAST)
        return score

    def _solved(
        self, relaxations: Relaxations, sides: tuple[Box, Box], relaxed: Relaxed, column: int
    ) -> tuple[Box, Box]:
        """Solve both sides and remember what they cost; a side that is proven empty has an infinite bound."""
        first, second = (self._side(relaxations, box, relaxed, column, side) for side, box in enumerate(sides))
        return first, second

    def _side(self, relaxations: Relaxations, box: Box, relaxed: Relaxed, column: int, side: int) -> Box:
        try:
            found = relaxations.relax(replace(box, basis=relaxed.basis))
        except EngineError:
            return box
        if found is None:
            return replace(box, bound=inf)
        gain = max(found.objective - relaxed.objective, 0.0) / abs(relaxed.values[column] - side)
        count = self.counts[side][column]
        self.gains[side][column] = (self.gains[side][column] * count + gain) / (count + 1)
        self.counts[side][column] = count + 1
        return replace(box, bound=max(box.bound, found.safe.value), basis=found.basis)
