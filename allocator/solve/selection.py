"""Whole decisions: which operations are launched in whole, in which year, and which partners take part.

The goals are solved in order on the mixed-integer program, each kept for the next ones, and the tie-break is
solved last on it too. Every selection an engine proposes is confirmed exactly: with its whole columns fixed,
``ordered_goals`` solves the rest, and a selection that has no plan or loses anything on a former goal is set aside.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from allocator.compilation import Compilation
from allocator.engines.engine import Answer, Engine, EngineError, Floats, LinearModel, Status
from allocator.goals.goal import Aim, Objective
from allocator.program.scaling import ScaledProgram, scale
from allocator.solve.face import Face
from allocator.solve.ordered_goals import (
    ExactPlan,
    NoPlanError,
    Progress,
    scaled_cost,
    silent,
    solve_in_order,
    tie_break_cost,
)
from allocator.solve.ordered_sums import PlainAims, plain

KEPT_WITHIN = 1e-7
"""Relative tolerance with which a former goal is kept when an engine calls infeasible to keep it exactly.

Exact values are compared afterwards, and a selection that loses anything is set aside.
"""

WHOLE_WITHIN = 1e-5
"""How far from a whole number an engine may report a whole column."""

SAME_WITHIN = 1e-7
"""Relative difference under which an engine may not tell two values of a goal, or of the tie-break, apart."""

PATIENCE = 2
"""Selections of the same claimed value that are measured without finding a better one before it is kept."""

MAX_CUTS = 200
"""Selections tried before giving up."""


@dataclass(frozen=True)
class _Row:
    """A row added to the scaled model: ``values @ x[columns] <= limit``."""

    columns: NDArray[np.int64]
    values: Floats
    limit: float


def choose_whole(
    compilation: Compilation,
    scaled: ScaledProgram,
    engine: Engine,
    *,
    objectives: Sequence[Aim],
    progress: Progress,
    refused: Sequence[Face] = (),
) -> tuple[Face, tuple[Aim, ...]]:
    """Return the face where every whole column is fixed, other than those refused, and the aims to solve on it.

    The aims are those given, each with its optimum over all selections where it has a tolerance.
    Raises NoPlanError or EngineError.
    """
    measured = plain(scaled.program, objectives)
    search = _Search(compilation, scaled, scale(measured.program), engine, measured, list(objectives))
    search.cuts.extend(search.cut(face) for face in refused)
    for _, objective in measured.objectives:
        progress("selection")
        cost, unit = scaled_cost(search.extended, objective)
        value = objective.value(measured.completed(search.best(cost)[1].values))
        search.keep(cost, unit, value)
    progress("selection")
    face = search.best(tie_break_cost(compilation, measured.program, 0))[0]
    return face, tuple(search.aims)


@dataclass
class _Search:
    """Goals reached so far, exactly; the rows that keep them, and the selections found wanting.

    ``extended``: the program with what measures the goals of equality; ``aims``: with the optima known so far.
    """

    compilation: Compilation
    scaled: ScaledProgram
    extended: ScaledProgram
    engine: Engine
    measured: PlainAims
    aims: list[Aim]
    reached: list[Fraction] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)
    cuts: list[_Row] = field(default_factory=list)

    def keep(self, cost: Floats, unit: float, value: Fraction) -> None:
        """Keep what the next goal reached, less its tolerance."""
        rank, objective = self.measured.objectives[len(self.reached)]
        aim = self.aims[rank]
        if isinstance(aim, Objective) and aim.tolerance is not None:
            self.aims[rank] = aim.knowing(value)
            value = Fraction(aim.tolerance.kept(value, maximise=aim.maximise))
        signed = -value if objective.maximise else value
        limit = float(signed / Fraction(unit))
        columns = np.flatnonzero(cost)
        self.rows.append(_Row(columns, cost[columns], limit))
        self.reached.append(value)

    def best(self, cost: Floats) -> tuple[Face, ExactPlan]:
        """Return the best selection for ``cost`` that exactly has a plan and loses nothing on any goal reached.

        An engine works to a tolerance: it is asked for other selections as long as it claims one that is not clearly
        worse than the best exact value found, and each is measured exactly.
        """
        best: tuple[Face, ExactPlan] | None = None
        least: Fraction | None = None
        tried: list[_Row] = []
        stale = 0
        for _ in range(MAX_CUTS):
            selected = self._selected(cost, tried) if stale < PATIENCE else None
            if selected is None:
                break
            if least is not None and selected[1] > float(least) + SAME_WITHIN * max(1.0, abs(float(least))):
                break
            face = selected[0]
            plan = self._plan(face)
            if plan is None or not self._loses_nothing(plan):
                self.cuts.append(self.cut(face))
                continue
            exact = self._measure(cost, plan)
            stale += 1
            if least is None or exact < least:
                best, least, stale = (face, plan), exact, 0
            tried.append(self.cut(face))
        if best is None:
            raise EngineError(f"{self.engine.record().name}: no selection holds exactly")
        return best

    def _selected(self, cost: Floats, tried: list[_Row]) -> tuple[Face, float] | None:
        """Return the whole columns of the mixed program's optimum and its value; None when nothing is left."""
        answer = self._answer(cost, tried, 0.0)
        if answer.status is Status.INFEASIBLE and self.rows:
            answer = self._answer(cost, tried, KEPT_WITHIN)
        if answer.status is Status.INFEASIBLE:
            if not self.reached and not tried:
                raise NoPlanError(answer.detail)
            return None
        if answer.status is not Status.OPTIMAL:
            raise EngineError(f"{self.engine.record().name}: {answer.detail}")
        columns = np.flatnonzero(self.scaled.program.integer)
        found = np.round(answer.values[columns])
        if (np.abs(answer.values[columns] - found) > WHOLE_WITHIN).any():
            raise EngineError("a whole decision was reported in part")
        face = Face.whole(self.scaled.program).with_values(columns, np.clip(found, 0.0, 1.0))
        return face, float(cost @ answer.values)

    def _answer(self, cost: Floats, tried: list[_Row], within: float) -> Answer:
        whole = Face.whole(self.extended.program)
        model = whole.model(self.extended, cost, self.extended.program.integer)
        kept = [replace(row, limit=row.limit + within * max(1.0, abs(row.limit))) for row in self.rows]
        return self.engine.solve(_with_rows(model, [*kept, *self.cuts, *tried]))

    def _measure(self, cost: Floats, plan: ExactPlan) -> Fraction:
        """Return the exact value of a plan for costs that are themselves rounded the same way on every machine."""
        units = self.extended.program.scale
        values = self.measured.completed(plan.values)
        terms = ((column, Fraction(cost[column])) for column in np.flatnonzero(cost).tolist())
        return sum(
            (weight * Fraction(values[column], int(units[column])) for column, weight in terms), start=Fraction(0)
        )

    def _plan(self, face: Face) -> ExactPlan | None:
        """Solve the goals on a face; those whose optimum is not known yet let nothing be taken from them."""
        reached = {rank for rank, _ in self.measured.objectives[: len(self.reached)]}
        aims = [aim if rank in reached else replace(aim, tolerance=None) for rank, aim in enumerate(self.aims)]
        try:
            return solve_in_order(self.compilation, self.scaled, self.engine, face, objectives=aims, progress=silent)
        except NoPlanError:
            return None

    def _loses_nothing(self, plan: ExactPlan) -> bool:
        values = self.measured.completed(plan.values)
        pairs = zip(self.measured.objectives, self.reached, strict=False)  # goals not reached yet have no value
        return all(
            objective.value(values) >= value if objective.maximise else objective.value(values) <= value
            for (_, objective), value in pairs
        )

    def cut(self, face: Face) -> _Row:
        """Return the row that one selection alone does not meet."""
        columns = np.flatnonzero(self.scaled.program.integer)
        chosen = face.lower[columns] == 1.0
        return _Row(columns, np.where(chosen, 1.0, -1.0), float(chosen.sum()) - 1.0)


def _with_rows(model: LinearModel, rows: Sequence[_Row]) -> LinearModel:
    for row in rows:
        model = replace(
            model,
            start=np.append(model.start, model.start[-1] + len(row.columns)),
            column=np.append(model.column, row.columns),
            value=np.append(model.value, row.values),
            row_lower=np.append(model.row_lower, -np.inf),
            row_upper=np.append(model.row_upper, row.limit),
        )
    return model
