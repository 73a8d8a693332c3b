"""The best selection of whole decisions, with what is proven about it.

Measures are settled one after the other (goals, tie-break, presences). Each is searched by branch and bound, every
proposal being measured exactly: with its whole columns fixed, ``ordered_goals`` solves the rest. Once settled, a
measure is kept for the next ones: by a row where its values are whole multiples of a step, otherwise by the boxes
where exact prices prove it is reached.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from math import inf

import numpy as np

from allocator.compilation import Compilation
from allocator.engines.engine import Engine, EngineError
from allocator.goals.goal import Aim, Objective
from allocator.program.scaling import ScaledProgram, scale
from allocator.solve.face import Face
from allocator.solve.ordered_goals import MAX_TIE_BREAK_LEVELS, ExactPlan, NoPlanError, Progress, silent, solve_in_order
from allocator.solve.ordered_sums import plain
from allocator.solve.whole.box import Box
from allocator.solve.whole.branching import FRACTIONAL, Branching
from allocator.solve.whole.cuts import attained, choices, row_of, separated
from allocator.solve.whole.implied import with_implied_rows
from allocator.solve.whole.incumbent import Chosen, Incumbent
from allocator.solve.whole.measures import Measure, measures, of_tie_break
from allocator.solve.whole.relaxation import Relaxations, Relaxed, drawn
from allocator.solve.whole.rows import Kept, SearchRows
from allocator.solve.whole.tree import Tree, fixed_by_prices

WORK = 20_000_000
"""Work allowed for each measure: relaxations solved times undecided columns."""

MANY = 24
"""Uncertain decisions from which HiGHS is asked for a proposal: fewer are soon searched."""

PATIENCE, RISING = 2, 1e-7
"""Rounds of cuts in a row without a relative rise of the bound after which no more are looked for."""

BETWEEN = Fraction(1, 1000)
"""Part of a step by which a kept measure may be exceeded without reaching its next value: engines need some room."""

ROUGH = Fraction(1, 10**9)
"""Relative room left to a kept measure that is not settled."""


@dataclass(frozen=True)
class Selection:
    """Whole columns fixed by the best selection, with what is proven.

    ``aims``: the goals to solve on it, each with its optimum over all selections where it has a tolerance. ``bounds``:
    for each goal, in the unit and sense of its first stage, what no plan that keeps the former goals can beat; None
    where some plan was excluded on an engine's word alone. ``unique``: no other selection is as good for every goal
    and the tie-break. ``level``: the draw of the tie-break that told selections apart. ``work``: what it took.
    """

    face: Face
    aims: tuple[Aim, ...]
    bounds: tuple[Fraction | None, ...]
    unique: bool
    level: int
    work: int

    @classmethod
    def nothing_to_select(cls, compilation: Compilation) -> "Selection":
        """Return the only selection of a program without whole columns."""
        aims = compilation.objectives
        return cls(Face.whole(compilation.program), aims, tuple(None for _ in aims), unique=True, level=0, work=0)


def choose_whole(
    compilation: Compilation,
    scaled: ScaledProgram,
    engine: Engine,
    *,
    objectives: Sequence[Aim],
    progress: Progress,
    refused: Sequence[Face] = (),
) -> Selection:
    """Return the best selection other than those refused. Raises NoPlanError or EngineError."""
    search = _Search(compilation, scaled, engine, objectives, progress)
    for face in refused:
        search.incumbent.refuse(face.lower[search.incumbent.whole] == 1.0)
    return search.run()


class _Search:
    """The measures settled so far, and the boxes where the next one is searched."""

    def __init__(
        self,
        compilation: Compilation,
        scaled: ScaledProgram,
        engine: Engine,
        aims: Sequence[Aim],
        progress: Progress,
    ) -> None:
        self.compilation, self.scaled, self.engine = compilation, scaled, engine
        self.aims, self.progress = list(aims), progress
        self.plain = plain(scaled.program, aims)
        layout = compilation.layout
        self.incumbent = Incumbent(
            measures(compilation, scale(self.plain.program), [objective for _, objective in self.plain.objectives]),
            np.flatnonzero(scaled.program.integer),
            layout.commit(np.arange(layout.cells)),
            self._plan,
            partial(self._plan, proven=True),
            self.plain.completed,
        )
        program, box = with_implied_rows(self.plain.program)
        self.rows = SearchRows(scale(program), ())
        self.boxes = [box] if box is not None else []
        self.work = 0

    def run(self) -> Selection:
        """Settle every measure in order."""
        bounds: list[Fraction | None] = []
        settled = True
        for rank in range(len(self.incumbent.measures)):
            self.progress("selection")
            stage = self._settle(rank)
            if self.incumbent.plan is None:
                raise self.incumbent.failure or NoPlanError("no selection")
            settled = settled and stage.done and not stage.claimed and self.incumbent.failure is None
            bounds.append(self._bound(rank, stage))
            self._keep(rank, stage)
        level = self._settle_equals()
        unique = settled and not self.incumbent.equals
        face = self._face(self.incumbent.chosen)
        return Selection(face, tuple(self.aims), tuple(self._first_of_each(bounds)), unique, level, self.work)

    def _settle_equals(self) -> int:
        """Tell equal selections apart by further draws of the tie-break; return the last draw that was needed."""
        for level in range(1, MAX_TIE_BREAK_LEVELS):
            if not self.incumbent.equals:
                return level - 1
            draw = of_tie_break(self.compilation, self.scaled.program, level)
            self.incumbent.settle(draw)
        return MAX_TIE_BREAK_LEVELS - 1

    def _first_of_each(self, bounds: list[Fraction | None]) -> Iterator[Fraction | None]:
        """Return the bound of the first measure of each goal, in the sense of the goal."""
        for rank in range(len(self.aims)):
            bound, maximise = next(
                (
                    (bound, objective.maximise)
                    for bound, (goal, objective) in zip(bounds, self.plain.objectives, strict=False)
                    if goal == rank
                ),
                (None, False),
            )
            yield -bound if bound is not None and maximise else bound

    def _settle(self, rank: int) -> "_Stage":
        self.boxes = [replace(box, bound=-inf) for box in self.boxes]
        stage = _Stage(self, rank)
        stage.run()
        self.work += stage.work
        return stage

    def padded(self, box: Box) -> Box:
        """Return a box under the rows added since it was made."""
        added = np.zeros(self.rows.count - len(box.equality), dtype=np.bool_)
        return replace(box, basis=None, equality=np.concatenate([box.equality, added]))

    def _bound(self, rank: int, stage: "_Stage") -> Fraction | None:
        if stage.claimed:
            return None
        best, measure = self.incumbent.vector[rank], self.incumbent.measures[rank]
        return best if stage.done else min(best, _up_to_step(stage.least, measure))

    def _keep(self, rank: int, stage: "_Stage") -> None:
        """Carry what was settled to the next measure."""
        best, measure = self.incumbent.vector[rank], self.incumbent.measures[rank]
        tolerated = self._tolerated(rank)
        if tolerated is None and stage.done and measure.step is None:
            self.boxes = stage.parked
            return
        self.rows = stage.rows
        if tolerated is not None:
            self.boxes = stage.within(tolerated / measure.unit)
            self.rows = SearchRows(self.rows.scaled, (*self.rows.kept, Kept(measure, tolerated)))
            self.incumbent.keep_within(rank, tolerated)
            return
        room = abs(best) * ROUGH if measure.step is None else measure.step * BETWEEN
        limit = best + room
        self.boxes = stage.within(limit / measure.unit)
        self.rows = SearchRows(self.rows.scaled, (*self.rows.kept, Kept(measure, limit)))

    def _tolerated(self, rank: int) -> Fraction | None:
        """Return what the next goals must keep of a measure that has a tolerance, and give its optimum to its goal."""
        if rank >= len(self.plain.objectives):
            return None
        goal, objective = self.plain.objectives[rank]
        aim = self.aims[goal]
        if aim.tolerance is None or not isinstance(aim, Objective):
            return None
        sign = -1 if objective.maximise else 1
        best = sign * self.incumbent.vector[rank]
        self.aims[goal] = aim.knowing(best)
        return Fraction(sign * aim.tolerance.kept(best, maximise=aim.maximise))

    def _face(self, chosen: Chosen | None) -> Face:
        if chosen is None:
            raise NoPlanError("no selection")
        return Face.whole(self.scaled.program).with_values(self.incumbent.whole, chosen.astype(np.float64))

    def _plan(self, chosen: Chosen, *, proven: bool = False) -> ExactPlan | None:
        """Solve the goals on a selection; those whose optimum is not known yet let nothing be taken from them."""
        aims = [aim if _optimum_known(aim) else replace(aim, tolerance=None) for aim in self.aims]
        face = self._face(chosen)
        try:
            return solve_in_order(
                self.compilation, self.scaled, self.engine, face, objectives=aims, progress=silent, proven=proven
            )
        except NoPlanError:
            return None


def _optimum_known(aim: Aim) -> bool:
    return isinstance(aim, Objective) and aim.tolerance is not None and aim.tolerance.best is not None


class _Stage:
    """One measure being settled: relaxations, a proposal, then the search of what they leave uncertain."""

    def __init__(self, search: _Search, rank: int) -> None:
        self.search, self.rank = search, rank
        self.measure = search.incumbent.measures[rank]
        self.branching = Branching(len(self.measure.cost))
        self.parked: list[Box] = []
        self.claimed, self.done, self.work = False, False, 0
        self.least = -inf
        """Nothing is better than this (scaled)."""
        self.roots: list[tuple[Box, Relaxed | None]] = []
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
        left = [box for box, _ in self._tightened(self.within(self._tree([]).limit))]
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
        while patience and self.work < WORK:
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
        return Tree(self.rank, search.rows, relaxations, search.incumbent, last, WORK - self.work, self.branching)


def _least(roots: Sequence[tuple[Box, Relaxed | None]]) -> float:
    return min((box.bound for box, _ in roots), default=inf)


def _up_to_step(bound: float, measure: Measure) -> Fraction:
    """Return an open bound in the measure's unit, raised to the next value that a selection can have."""
    exact = Fraction(bound) * measure.unit
    if measure.step is None:
        return exact
    return -(-exact // measure.step) * measure.step
