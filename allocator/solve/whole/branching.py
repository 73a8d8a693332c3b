"""Which whole column to decide next: the one whose two values both cost the most.

What a column costs is measured on a few candidates by solving both sides, then remembered (pseudo-costs). Reference:
Achterberg, Koch and Martin, "Branching rules revisited", Operations Research Letters 33 (2005).
"""

from dataclasses import dataclass, field

import numpy as np

from allocator.engines.engine import Floats
from allocator.program.frame import Ints
from allocator.solve.whole.box import Box
from allocator.solve.whole.relaxation import Relaxations, Relaxed

CANDIDATES = 8
"""Columns compared at each branching: those furthest from whole."""

RELIABLE = 2
"""Solves of one side of a column after which its remembered cost is trusted."""

_LEAST = 1e-9
FRACTIONAL = 1e-6
"""How far from whole a value must be to count as fractional."""


@dataclass
class Branching:
    """Remembered costs by column and side."""

    width: int
    gains: tuple[Floats, Floats] = field(init=False)
    counts: tuple[Ints, Ints] = field(init=False)

    def __post_init__(self) -> None:
        self.gains = np.zeros(self.width), np.zeros(self.width)
        self.counts = np.zeros(self.width, dtype=np.int64), np.zeros(self.width, dtype=np.int64)

    def column(self, relaxations: Relaxations, box: Box, relaxed: Relaxed, free: Ints, room: float) -> int:
        """Return the column to branch on. ``room``: no side is worth more than closing it."""
        distance = np.minimum(relaxed.values[free], 1.0 - relaxed.values[free])
        order = np.argsort(-distance, kind="stable")[:CANDIDATES]
        candidates = [int(free[i]) for i in order if distance[i] > FRACTIONAL]
        if not candidates:
            return int(free[np.argmin(np.abs(relaxed.safe.reduced[free]))])
        if len(candidates) == 1:
            return candidates[0]
        scores = [self._score(relaxations, box, relaxed, column, room) for column in candidates]
        return candidates[int(np.argmax(scores))]

    def _score(self, relaxations: Relaxations, box: Box, relaxed: Relaxed, column: int, room: float) -> float:
        score = 1.0
        for side in (0, 1):
            away = abs(relaxed.values[column] - side)
            if self.counts[side][column] < RELIABLE:
                claimed = relaxations.objective(box.fixing(np.array([column]), float(side)))
                gain = min(max(claimed - relaxed.objective, 0.0), room)
                count = self.counts[side][column]
                self.gains[side][column] = (self.gains[side][column] * count + gain / away) / (count + 1)
                self.counts[side][column] += 1
            else:
                gain = min(self.gains[side][column] * away, room)
            score *= max(gain, _LEAST)
        return score
