"""One measure being settled: its relaxations, the cuts they call for, a proposal, then the search of what is left."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import inf

import numpy as np

from allocator.compilation import Compilation
from allocator.engines.engine import Engine, EngineError
from allocator.solve.whole.box import Box
from allocator.solve.whole.branching import FRACTIONAL, Branching
from allocator.solve.whole.cuts import attained, choices, row_of, separated
from allocator.solve.whole.incumbent import Incumbent
from allocator.solve.whole.measures import Measure
from allocator.solve.whole.relaxation import Relaxations, Relaxed, drawn
from allocator.solve.whole.rows import SearchRows
from allocator.solve.whole.tree import Tree, fixed_by_prices

WORK = 20_000_000
"""Work allowed for each goal: relaxations solved times undecided columns. The tie-break is allowed a quarter of it."""

MANY = 24
"""Uncertain decisions from which HiGHS is asked for a proposal: fewer are soon searched."""

PATIENCE, RISING = 2, 1e-7
"""Rounds of cuts in a row without a relative rise of the bound after which no more are looked for."""


class Ground:
    """What a measure is searched on: rows and boxes that keep the former measures, and the best selection known."""

    compilation: Compilation
    engine: Engine
    incumbent: Incumbent
    rows: SearchRows
    boxes: list[Box]
    goals: int
    """How many measures come from goals; the tie-break follows."""

    def padded(self, box: Box) -> Box:
        """Return a box under the rows added since it was made."""
        added = np.zeros(self.rows.count - len(box.equality), dtype=np.bool_)
        return replace(box, basis=None, equality=np.concatenate([box.equality, added]))


class Stage:
    """One measure being settled: relaxations, a proposal, then the search of what they leave uncertain."""

    def __init__(self, search: Ground, rank: int) -> None:
        self.search, self.rank = search, rank
        self.measure = search.incumbent.measures[rank]
        self.branching = Branching(len(self.measure.cost))
        self.parked: list[Box] = []
        self.claimed, self.done, self.work = False, False, 0
        self.least = -inf
        """Nothing is better than this (scaled)."""
        self.roots: list[tuple[Box, Relaxed | None]] = []
        self.allowed = WORK if rank < search.goals else WORK // 4
        self.rows = search.rows
        """Rows true of every plan that keeps the former measures, and not only of the better ones."""

    def run(self) -> None:
        """Settle the measure, or stop when the work allowed is done."""
        if not self.search.boxes:
            self.done = True
            return
        self.roots = self._tightened(self.search.boxes)
        self.least = min((box.bound for box, _ in self.roots), default=inf)
        self._propose()
        self.rows = self.search.rows
        left = [box for box, _ in self._tightened(self._squeezed(self.within(self._tree([]).limit)))]
        tree = self._tree(left)
        tree.run(left)
        self.parked, self.claimed = tree.parked, tree.claimed
        self.work += tree.relaxations.work
        self.done = tree.open_bound == inf
        if not self.done:
            self.least = max(self.least, tree.open_bound)

    def _tightened(self, boxes: list[Box]) -> list[tuple[Box, Relaxed | None]]:
        """Relax boxes, adding the rows that cut off what they take in part, as long as their bounds rise."""
        search = self.search
        kept, known = search.rows.kept, choices(search.rows)
        if known and boxes:
            lower = np.minimum.reduce([box.lower for box in boxes])
            upper = np.maximum.reduce([box.upper for box in boxes])
            closer = [row_of(choice, len(upper)) for choice in attained(known, lower, upper)]
            search.rows = SearchRows(search.rows.scaled, (*kept, *closer))
            known = choices(search.rows)
        roots = self._roots(boxes)
        least, patience = _least(roots), PATIENCE if known else 0
        while patience and self.work < self.allowed:
            cuts = [cut for _, relaxed in roots if relaxed is not None for cut in separated(known, relaxed.values)]
            if not cuts:
                break
            search.rows = SearchRows(search.rows.scaled, (*search.rows.kept, *cuts))
            roots = self._roots([box for box, _ in roots])
            risen = _least(roots) > least + abs(least) * RISING
            least, patience = max(least, _least(roots)), PATIENCE if risen else patience - 1
        return self._purged(boxes, roots, len(kept))

    def _purged(
        self, boxes: list[Box], roots: list[tuple[Box, Relaxed | None]], before: int
    ) -> list[tuple[Box, Relaxed | None]]:
        """Forget the cuts that no relaxation rests on."""
        search = self.search
        first = search.rows.count - len(search.rows.kept) + before
        cuts = search.rows.kept[before:]
        priced = [any(x is not None and x.prices[first + i] > 0 for _, x in roots) for i in range(len(cuts))]
        if all(priced):
            return roots
        used = [cut for cut, flag in zip(cuts, priced, strict=True) if flag]
        search.rows = SearchRows(search.rows.scaled, (*search.rows.kept[:before], *used))
        return self._roots(boxes)

    def _roots(self, boxes: list[Box]) -> list[tuple[Box, Relaxed | None]]:
        """Relax boxes; those proven empty are left out."""
        padded = [self.search.padded(box) for box in boxes]
        tree = self._tree(padded)
        found = [root for box in padded if (root := self._root(tree, box)) is not None]
        self.work += tree.relaxations.work
        return found

    def _squeezed(self, boxes: list[Box]) -> list[Box]:
        """Fix what former measures, or this one, prove to have one value only, each in what the others left."""
        limits = [
            (kept.measure, kept.limit / kept.measure.unit) for kept in self.search.rows.kept if not kept.redundant
        ]
        limit = self._tree([]).limit
        if not limits or limit is None:
            return boxes
        squeezed: list[Box] = []
        for box in boxes:
            left: Box | None = box
            free = inf
            while left is not None and len(left.free(self.search.incumbent.whole)) < free:
                free = len(left.free(self.search.incumbent.whole))
                for measure, most in [*limits, (self.measure, limit)]:
                    left = left and self._fixed(left, measure, most)
            squeezed += [] if left is None else [left]
        return squeezed

    def _fixed(self, box: Box, measure: Measure, limit: Fraction) -> Box | None:
        """Fix what one measure alone proves to have one value within a limit; None when nothing is within it."""
        search = self.search
        box = search.padded(box)
        relaxations = Relaxations(search.rows, search.engine, measure, [box], search.compilation.layout.width)
        try:
            relaxed = relaxations.relax(box)
        except EngineError:
            return box
        finally:
            self.work += relaxations.work
        if relaxed is None or Fraction(relaxed.safe.value) > limit:
            return None
        return drawn(search.rows, fixed_by_prices(box, relaxed, search.incumbent.whole, limit))

    def _propose(self) -> None:
        """Measure what HiGHS proposes on uncertain decisions; round the relaxations when no selection is known."""
        incumbent = self.search.incumbent
        boxes = self.within(self._tree([]).limit)
        if sum(len(box.free(incumbent.whole)) for box in boxes) >= MANY:
            values = self._without_cuts(boxes).proposed()
            if values is not None:
                incumbent.try_selection(incumbent.read(values))
        if incumbent.plan is None:
            for box, relaxed in self.roots:
                if relaxed is not None:
                    self._tree([box]).dive(box, relaxed)

    def _without_cuts(self, boxes: list[Box]) -> Relaxations:
        """Return the relaxations of boxes under the rows that HiGHS needs to know: it makes its own cuts."""
        search = self.search
        known = [True] * len(search.rows.scaled.limit) + [not kept.redundant for kept in search.rows.kept]
        rows = SearchRows(search.rows.scaled, [kept for kept in search.rows.kept if not kept.redundant])
        bare = [replace(box, equality=box.equality[known]) for box in boxes]
        return Relaxations(rows, search.engine, self.measure, bare, search.compilation.layout.width)

    def _root(self, tree: Tree, box: Box) -> tuple[Box, Relaxed | None] | None:
        try:
            relaxed = tree.relaxations.relax(box)
            while relaxed is not None:
                tried = self._possible(tree, box, relaxed)
                if tried is box:
                    break
                box = tried
                relaxed = tree.relaxations.relax(box)
        except EngineError:
            return box, None
        return None if relaxed is None else (replace(box, bound=relaxed.safe.value), relaxed)

    def _possible(self, tree: Tree, box: Box, relaxed: Relaxed) -> Box:
        """Exclude, of each column that the relaxation takes in part, a value that no plan can have."""
        part = replace(box, basis=relaxed.basis)
        free = box.free(self.search.incumbent.whole)
        distance = np.minimum(relaxed.values[free], 1.0 - relaxed.values[free])
        for column in free[distance > FRACTIONAL].tolist():
            for value in (1.0, 0.0):
                try:
                    empty = tree.relaxations.relax(part.fixing(np.array([column]), value)) is None
                except EngineError:
                    empty = False
                if empty:
                    box = box.fixing(np.array([column]), 1.0 - value)
                    part = part.fixing(np.array([column]), 1.0 - value)
        return box

    def within(self, limit: Fraction | None) -> list[Box]:
        """Return the parts of the first boxes where the measure may be within a limit (scaled)."""
        whole, rows = self.search.incumbent.whole, self.search.rows
        parts = []
        for box, relaxed in self.roots:
            if limit is None or relaxed is None:
                parts.append(box)
            elif Fraction(box.bound) <= limit:
                parts.append(drawn(rows, self.search.padded(fixed_by_prices(box, relaxed, whole, limit))))
        return parts

    def _tree(self, boxes: list[Box]) -> Tree:
        search = self.search
        first = search.compilation.layout.width
        used = boxes or [search.padded(Box.whole(search.rows.scaled.program))]
        relaxations = Relaxations(search.rows, search.engine, self.measure, used, first)
        last = self.rank == len(search.incumbent.measures) - 1
        return Tree(
            self.rank, search.rows, relaxations, search.incumbent, last, self.allowed - self.work, self.branching
        )


def _least(roots: Sequence[tuple[Box, Relaxed | None]]) -> float:
    return min((box.bound for box, _ in roots), default=inf)
