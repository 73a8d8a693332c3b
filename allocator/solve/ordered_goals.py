"""Goals in order, then the tie-break, on a linear program: each stage keeps what the previous ones reached.

Each goal is solved and the program restricted to its optimal face, exactly; the last stage is the published
tie-break. The exact plan is then computed from the limits that bind, and checked in exact arithmetic against
every row: what an engine says is only a claim.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from allocator.compilation import Compilation
from allocator.engines.engine import Answer, Engine, EngineError, Floats, Status
from allocator.goals import tie_break
from allocator.goals.goal import Objective
from allocator.program.program import Program
from allocator.program.scaling import ScaledProgram
from allocator.solve.face import Face
from allocator.solve.refinement import look_closer
from allocator.solve.vertex import NotUniqueError, Number, exact_values

Progress = Callable[[str], None]
MAX_TIE_BREAK_LEVELS = 3


class NoPlanError(Exception):
    """No plan meets every rule."""


@dataclass(frozen=True)
class ExactPlan:
    """Exact values of all columns, the tie-break level that made them unique, and the first goal's prices.

    ``face``: the columns at a bound and the rows that bind, which determine the values.
    """

    values: list[Number]
    level: int
    first_prices: Floats
    face: Face


def solve_in_order(
    compilation: Compilation,
    scaled: ScaledProgram,
    engine: Engine,
    face: Face,
    *,
    objectives: Sequence[Objective],
    progress: Progress,
) -> ExactPlan:
    """Return the unique exact plan on a face where no column is whole any more.

    When the exact arithmetic does not confirm what the engine says, the engine is asked to look closer.
    Raises NoPlanError when the face is empty, EngineError when an engine fails or is never confirmed.
    """
    stages = _Stages(compilation, scaled, engine, tuple(objectives), progress)
    try:
        return stages.solve(face, closer=False)
    except EngineError:
        return stages.solve(face, closer=True)


@dataclass(frozen=True)
class _Stages:
    """The goals in order, then the tie-break, for one engine."""

    compilation: Compilation
    scaled: ScaledProgram
    engine: Engine
    objectives: tuple[Objective, ...]
    progress: Progress

    def solve(self, face: Face, *, closer: bool) -> ExactPlan:
        first_prices = np.zeros(len(self.scaled.limit))
        for rank, objective in enumerate(self.objectives):
            self.progress(objective.kind.value)
            cost, unit = scaled_cost(self.scaled, objective)
            answer = run(self.engine, self.scaled, face, cost, closer=closer)
            if rank == 0:
                first_prices = _unscaled(self.scaled, answer, unit)
            face = face.restricted(answer)
        for level in range(MAX_TIE_BREAK_LEVELS):
            self.progress("tie_break")
            cost = tie_break_cost(self.compilation, level)
            last = face.restricted(run(self.engine, self.scaled, face, cost, closer=closer))
            values = self._exact(last)
            if values is not None:
                return ExactPlan(values, level, first_prices, last)
        raise EngineError("the tie-break does not settle the plan")

    def _exact(self, face: Face) -> list[Number] | None:
        """Return the exact plan of a face, None when the face holds several."""
        program = self.scaled.program
        try:
            values = exact_values(program, ~face.fixed, face.upper > 0, face.equality)
        except NotUniqueError:
            return None
        outside, broken = program.out_of_bounds(values), program.broken_rows(values)
        if outside or broken:
            name = program.column_ids()[outside[0]] if outside else program.row_ids()[broken[0]]
            count = len(outside) + len(broken)
            raise EngineError(f"{self.engine.record().name}: {count} limits not met exactly, first {name}")
        return values


def under_other_limits(program: Program, face: Face) -> list[Number] | None:
    """Return the plan of the same goals when limits have changed a little, without any engine; None if unsure.

    The prices that made each stage optimal do not depend on the limits: where the same columns at a bound and the
    same binding rows still determine one plan, and it meets every row and bound, it is the only optimal one.
    """
    try:
        values = exact_values(program, ~face.fixed, face.upper > 0, face.equality)
    except (NotUniqueError, EngineError):
        return None
    return None if program.out_of_bounds(values) or program.broken_rows(values) else values


def first_goal_prices(scaled: ScaledProgram, engine: Engine, face: Face, objective: Objective) -> Floats:
    """Return the prices of every row for the first goal alone, in units of the goal per unit of the row."""
    cost, unit = scaled_cost(scaled, objective)
    return _unscaled(scaled, run(engine, scaled, face, cost), unit)


def run(engine: Engine, scaled: ScaledProgram, face: Face, cost: Floats, *, closer: bool = False) -> Answer:
    """Solve the linear program on a face; values are only returned when the engine claims optimality."""
    model = face.model(scaled, cost, np.zeros(len(cost), dtype=np.bool_))
    answer = engine.solve(model)
    if closer and answer.status is Status.OPTIMAL:
        answer = look_closer(engine, scaled, model, answer)
    if answer.status is Status.INFEASIBLE:
        raise NoPlanError(answer.detail)
    if answer.status is not Status.OPTIMAL:
        raise EngineError(f"{engine.record().name}: {answer.detail}")
    return answer


def scaled_cost(scaled: ScaledProgram, objective: Objective) -> tuple[Floats, float]:
    """Return the costs to minimise, the largest being 1, and the unit they were divided by."""
    program = scaled.program
    cost = np.zeros(len(program.upper))
    np.add.at(cost, objective.column, objective.coefficient.astype(np.float64))
    cost *= program.scale
    unit = float(np.abs(cost).max(initial=0.0)) or 1.0
    return (-cost if objective.maximise else cost) / unit, unit


def tie_break_cost(compilation: Compilation, level: int) -> Floats:
    """Return the costs of the tie-break, to minimise."""
    layout = compilation.layout
    cost = np.zeros(len(compilation.program.upper))
    cells = np.arange(layout.cells)
    cost[layout.commit(cells)] = -tie_break.scaled(tie_break.cell_weights(layout.frame, level))
    return cost


def _unscaled(scaled: ScaledProgram, answer: Answer, unit: float) -> Floats:
    """Return prices in units of the objective per unit of the exact rows."""
    return answer.prices * (unit / scaled.divisor)
