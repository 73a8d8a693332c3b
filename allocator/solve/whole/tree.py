"""Branch and bound for one measure: every box is closed by a proof, or its best selection is measured exactly.

Boxes are taken best bound first. A box that no plan as good as the best one can lie in is closed; where the bound
equals the best value, exact prices say so, and what every such plan has in common is fixed: the box is left for the
next measure, or searched further when there is none. References: Land and Doig, "An automatic method of solving
discrete programming problems", Econometrica 28 (1960).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from heapq import heappop, heappush
from math import inf

import numpy as np

from allocator.engines.engine import EngineError, Floats
from allocator.program.frame import Ints
from allocator.solve.whole.box import Box
from allocator.solve.whole.branching import FRACTIONAL, Branching, halves
from allocator.solve.whole.exact_prices import ExactBound, exact_bound
from allocator.solve.whole.incumbent import Incumbent, Vector
from allocator.solve.whole.measures import Measure
from allocator.solve.whole.relaxation import Relaxations, Relaxed
from allocator.solve.whole.rows import SearchRows

NEAR = 1e-7
"""Relative difference to the best value within which exact prices are worth solving."""


@dataclass
class Tree:
    """The search for one measure, the former ones being kept by the rows or by the boxes.

    ``last``: no measure follows, so that boxes as good as the best selection must be searched too. ``work``: how much
    may be done (undecided columns times relaxations).
    """

    rank: int
    rows: SearchRows
    relaxations: Relaxations
    incumbent: Incumbent
    last: bool
    work: int
    branching: Branching
    claimed: bool = False
    """Whether some box was closed on an engine's word alone."""
    _parked: list[tuple[Vector, Box]] = field(default_factory=list)
    """Boxes set aside, each with the best values known at that moment."""
    _open: list[tuple[float, int, Box]] = field(default_factory=list)
    _pushed: int = 0

    @property
    def measure(self) -> Measure:
        """The measure searched for."""
        return self.incumbent.measures[self.rank]

    def run(self, boxes: list[Box]) -> None:
        """Search until nothing is open, or the work allowed is done."""
        for box in boxes:
            self._push(box)
        while self._open and self.relaxations.work < self.work:
            _, _, box = heappop(self._open)
            # One part of a box is searched right after it: the engine starts from where it stopped.
            following: Box | None = box
            while following is not None and self.relaxations.work < self.work:
                parts = [] if self.hopeless(following.bound) else list(self._search(following))
                following = parts[0] if parts else None
                for part in parts[1:]:
                    self._push(part)
            if following is not None:
                self._push(following)

    @property
    def open_bound(self) -> float:
        """The least proven bound of the boxes still open, in scaled units; infinite when none is."""
        return min((bound for bound, _, _ in self._open if not self.hopeless(bound)), default=inf)

    @property
    def parked(self) -> list[Box]:
        """Boxes left for the next measure. What was as good as a value bettered since holds nothing any more."""
        reached = self._reached
        return [box for best, box in self._parked if best == reached]

    @property
    def _reached(self) -> Vector:
        return self.incumbent.vector[: self.rank + 1]

    @property
    def limit(self) -> Fraction | None:
        """The value (scaled) beyond which nothing is searched.

        Where every value is a whole multiple of a step, no better value lies between the best one and the next.
        """
        best, step = self.incumbent.scaled(self.rank), self.measure.step
        if best is not None and step is not None:
            best -= step / self.measure.unit
        return best

    def _push(self, box: Box) -> None:
        self._pushed += 1
        heappush(self._open, (box.bound, self._pushed, box))

    def hopeless(self, bound: float) -> bool:
        """Tell whether a bound proves that a box holds nothing to find here."""
        limit = self.limit
        return bound == inf or (limit is not None and bound != -inf and Fraction(bound) > limit)

    def _search(self, box: Box) -> Iterator[Box]:
        """Close a box, park it, or yield its parts."""
        free = box.free(self.incumbent.whole)
        if not len(free):
            self._close_leaf(box)
            return
        try:
            relaxed = self.relaxations.relax(box)
        except EngineError:
            yield from halves(box, int(free[0]))
            return
        if relaxed is None:
            return
        box = replace(box, bound=max(box.bound, relaxed.safe.value), basis=relaxed.basis)
        if self._whole(relaxed, free):
            self.incumbent.try_selection(self.incumbent.read(relaxed.values))
        if self.hopeless(box.bound):
            return
        exact = self._exact_bound(box, relaxed)
        if exact is not None and self._settled(exact):
            return
        if exact is not None and self.last and exact.value == self.incumbent.vector[self.rank]:
            box = exact.face
        box = self._fixed_by_prices(box, relaxed)
        free = box.free(self.incumbent.whole)
        if not len(free) and self.last:
            # Whatever is as good as the best plan in this box takes this one selection.
            self.incumbent.try_selection(self.incumbent.read(box.lower))
            return
        if not len(free):
            self._push(box)
            return
        yield from self._parts(box, relaxed, free)

    def _parts(self, box: Box, relaxed: Relaxed, free: Ints) -> Iterator[Box]:
        """Yield the sides of the column to branch on that may hold something, the one it is nearer to first."""
        branch = self.branching.branch(self.relaxations, box, relaxed, free, self._room(relaxed))
        first = int(relaxed.values[branch.column] >= 0.5)
        for side in (first, 1 - first):
            if not self.hopeless(branch.sides[side].bound):
                yield branch.sides[side]

    def _whole(self, relaxed: Relaxed, free: Ints) -> bool:
        values = relaxed.values[free]
        return bool((np.minimum(values, 1.0 - values) <= FRACTIONAL).all())

    def _room(self, relaxed: Relaxed) -> float:
        limit = self.limit
        return inf if limit is None else max(float(limit) - relaxed.objective, 1e-9)

    def _exact_bound(self, box: Box, relaxed: Relaxed) -> ExactBound | None:
        best = self.incumbent.scaled(self.rank)
        if best is None or self.measure.step is not None:
            return None
        if abs(float(best) - relaxed.safe.value) > NEAR * max(1.0, abs(float(best))):
            return None
        return exact_bound(self.rows, self.measure, box, relaxed)

    def _settled(self, exact: ExactBound) -> bool:
        """Close a box whose exact bound is worse than the best value; park it when it is the same."""
        best = self.incumbent.vector[self.rank]
        if exact.value > best:
            return True
        if exact.value == best and not self.last:
            self._parked.append((self._reached, exact.face))
            return True
        return False

    def _close_leaf(self, box: Box) -> None:
        """Measure the one selection of a box, and prove that it is no better than the best one."""
        chosen = self.incumbent.read(box.lower)
        self.incumbent.try_selection(chosen)
        if self.last and self.incumbent.chosen is not None and (chosen == self.incumbent.chosen).all():
            # What is certified is that no other selection is as good: this one has its exact plan.
            return
        try:
            relaxed = self.relaxations.relax(box)
        except EngineError:
            self._close_on_claim(box)
            return
        if relaxed is None or self.hopeless(relaxed.safe.value):
            return
        exact = self._exact_bound(box, relaxed)
        if exact is None or not (self._settled(exact) or exact.value == self.incumbent.vector[self.rank]):
            self._close_on_claim(box)

    def _close_on_claim(self, box: Box) -> None:
        """Keep the one plan of a box; where exact prices do not prove that it is the best one, say so."""
        chosen = self.incumbent.read(box.lower)
        vector = self.incumbent.try_selection(chosen)
        self.claimed |= not self.incumbent.is_proven(chosen)
        if vector is not None and vector[: self.rank + 1] == self._reached:
            self._parked.append((self._reached, box))

    def _fixed_by_prices(self, box: Box, relaxed: Relaxed) -> Box:
        """Fix the whole columns whose other value is proven to leave the box without interest."""
        limit = self.limit
        return box if limit is None else fixed_by_prices(box, relaxed, self.incumbent.whole, limit)

    def dive(self, box: Box, relaxed: Relaxed) -> None:
        """Round the relaxation column after column, the nearest to whole first, and measure what is found."""
        while True:
            free = box.free(self.incumbent.whole)
            distance = np.minimum(relaxed.values[free], 1.0 - relaxed.values[free])
            open_ = np.flatnonzero(distance > FRACTIONAL)
            if not len(open_):
                self.incumbent.try_selection(self.incumbent.read(relaxed.values))
                return
            nearest = open_[np.argsort(distance[open_], kind="stable")[: max(1, len(open_) // 10)]]
            found = self._rounded(box, relaxed, free[nearest])
            if found is None or self.hopeless(found[1].safe.value):
                return
            box, relaxed = found

    def _rounded(self, box: Box, relaxed: Relaxed, columns: Ints) -> tuple[Box, Relaxed] | None:
        values: Floats = np.round(relaxed.values[columns])
        for wanted in (values, 1.0 - values) if len(columns) == 1 else (values, np.zeros(len(columns))):
            part = replace(box.fixing(columns, wanted), basis=relaxed.basis)
            try:
                found = self.relaxations.relax(part)
            except EngineError:
                return None
            if found is not None:
                return part, found
        return None


def fixed_by_prices(box: Box, relaxed: Relaxed, whole: Ints, limit: Fraction) -> Box:
    """Fix the whole columns whose other value is proven to exceed ``limit`` (scaled)."""
    free = box.free(whole)
    reduced, error = relaxed.safe.reduced[free], relaxed.safe.error[free]
    # A little less than the reduced cost is counted, for the roundings of this very sum.
    other = relaxed.safe.value + np.abs(reduced) * (1 - 1e-9) - 2 * error
    sure = other > np.nextafter(float(limit), inf)
    columns = free[sure]
    return box.fixing(columns, np.where(reduced[sure] > 0, box.lower[columns], box.upper[columns]))
