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
from allocator.engines.engine import Engine
from allocator.goals.goal import Aim, Objective
from allocator.program.scaling import ScaledProgram, scale
from allocator.solve.face import Face
from allocator.solve.ordered_goals import MAX_TIE_BREAK_LEVELS, ExactPlan, NoPlanError, Progress, silent, solve_in_order
from allocator.solve.ordered_sums import plain
from allocator.solve.whole.implied import with_implied_rows
from allocator.solve.whole.incumbent import Chosen, Incumbent
from allocator.solve.whole.measures import Measure, measures, of_tie_break
from allocator.solve.whole.rows import Kept, SearchRows
from allocator.solve.whole.stage import Ground, Stage

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


class _Search(Ground):
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
        self.goals = len(self.plain.objectives)
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

    def _settle(self, rank: int) -> Stage:
        self.boxes = [replace(box, bound=-inf) for box in self.boxes]
        stage = Stage(self, rank)
        stage.run()
        self.work += stage.work
        return stage

    def _bound(self, rank: int, stage: Stage) -> Fraction | None:
        if stage.claimed:
            return None
        best, measure = self.incumbent.vector[rank], self.incumbent.measures[rank]
        return best if stage.done else min(best, _up_to_step(stage.least, measure))

    def _keep(self, rank: int, stage: Stage) -> None:
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


def _up_to_step(bound: float, measure: Measure) -> Fraction:
    """Return an open bound in the measure's unit, raised to the next value that a selection can have."""
    exact = Fraction(bound) * measure.unit
    if measure.step is None:
        return exact
    return -(-exact // measure.step) * measure.step
