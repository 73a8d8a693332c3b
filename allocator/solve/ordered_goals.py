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
from allocator.program.scaling import ScaledProgram
from allocator.solve.face import Face
from allocator.solve.vertex import NotUniqueError, Number, exact_values

Progress = Callable[[str], None]
MAX_TIE_BREAK_LEVELS = 3


class NoPlanError(Exception):
    """No plan meets every rule."""


@dataclass(frozen=True)
class ExactPlan:
    """Exact values of all columns, the tie-break level that made them unique, and the first goal's prices."""

    values: list[Number]
    level: int
    first_prices: Floats


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

    Raises NoPlanError when the face is empty, EngineError when an engine fails or its claim is not confirmed.
    """
    first_prices = np.zeros(len(scaled.limit))
    for rank, objective in enumerate(objectives):
        progress(objective.kind.value)
        cost, unit = scaled_cost(scaled, objective)
        answer = run(engine, scaled, face, cost)
        if rank == 0:
            first_prices = _unscaled(scaled, answer, unit)
        face = face.restricted(answer)
    for level in range(MAX_TIE_BREAK_LEVELS):
        progress("tie_break")
        answer = run(engine, scaled, face, tie_break_cost(compilation, level))
        last = face.restricted(answer)
        try:
            values = exact_values(scaled.program, ~last.fixed, last.upper > 0, last.equality)
        except NotUniqueError:
            continue
        broken = scaled.program.broken_rows(values)
        if broken:
            row = scaled.program.row_ids()[broken[0]]
            raise EngineError(f"{engine.record().name}: {len(broken)} limits not met exactly, first {row}")
        return ExactPlan(values, level, first_prices)
    raise EngineError("the tie-break does not settle the plan")


def first_goal_prices(scaled: ScaledProgram, engine: Engine, face: Face, objective: Objective) -> Floats:
    """Return the prices of every row for the first goal alone, in units of the goal per unit of the row."""
    cost, unit = scaled_cost(scaled, objective)
    return _unscaled(scaled, run(engine, scaled, face, cost), unit)


def run(engine: Engine, scaled: ScaledProgram, face: Face, cost: Floats) -> Answer:
    """Solve the linear program on a face; values are only returned when the engine claims optimality."""
    answer = engine.solve(face.model(scaled, cost, np.zeros(len(cost), dtype=np.bool_)))
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
