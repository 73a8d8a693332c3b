"""Whole decisions: which operations are launched in whole, in which year, and which partners take part.

The goals are solved in order on the mixed-integer program, each kept for the next ones, and the tie-break is
solved last on it too. Once the whole columns are known, ``ordered_goals`` solves the rest exactly. What a goal
reached is computed exactly, by fixing the whole columns found, before it is kept.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from allocator.compilation import Compilation
from allocator.engines.engine import Answer, Engine, EngineError, Floats, LinearModel, Status
from allocator.goals.goal import Objective
from allocator.program.scaling import ScaledProgram
from allocator.solve.face import Face
from allocator.solve.ordered_goals import NoPlanError, Progress, scaled_cost, solve_in_order, tie_break_cost

KEPT_WITHIN = 1e-9
"""Relative tolerance with which an engine keeps a former goal; the exact values are compared afterwards."""

WHOLE_WITHIN = 1e-5
"""How far from a whole number an engine may report a whole column."""


def choose_whole(
    compilation: Compilation,
    scaled: ScaledProgram,
    engine: Engine,
    *,
    objectives: Sequence[Objective],
    progress: Progress,
) -> Face:
    """Return the face where every whole column is fixed. Raises NoPlanError or EngineError."""
    face = Face.whole(scaled.program)
    kept: list[tuple[Floats, float]] = []
    reached: list[tuple[Objective, Fraction]] = []
    fixed = face
    for rank in range(len(objectives) + 1):
        last = rank == len(objectives)
        progress("selection")
        cost = tie_break_cost(compilation, 0) if last else scaled_cost(scaled, objectives[rank])[0]
        fixed = _fixed(scaled, face, _run(engine, scaled, face, cost, kept))
        if last:
            break
        plan = solve_in_order(compilation, scaled, engine, fixed, objectives=objectives, progress=_silent)
        value = objectives[rank].value(plan.values)
        reached.append((objectives[rank], value))
        kept.append((cost, _scaled_value(scaled, objectives[rank], value)))
    _confirm(compilation, scaled, engine, fixed, reached)
    return fixed


def _silent(_: str) -> None:
    """Say nothing: checks of a selection are part of its own progress."""


def _scaled_value(scaled: ScaledProgram, objective: Objective, value: Fraction) -> float:
    unit = scaled_cost(scaled, objective)[1]
    return float((-value if objective.maximise else value) / Fraction(unit))


def _run(
    engine: Engine, scaled: ScaledProgram, face: Face, cost: Floats, kept: Sequence[tuple[Floats, float]]
) -> Answer:
    model = face.model(scaled, cost, scaled.program.integer)
    answer = engine.solve(_keeping(model, kept))
    if answer.status is Status.INFEASIBLE:
        raise NoPlanError(answer.detail)
    if answer.status is not Status.OPTIMAL:
        raise EngineError(f"{engine.record().name}: {answer.detail}")
    return answer


def _keeping(model: LinearModel, kept: Sequence[tuple[Floats, float]]) -> LinearModel:
    """Add one row per former goal: no worse than what it reached."""
    for cost, value in kept:
        columns = np.flatnonzero(cost)
        model = replace(
            model,
            start=np.append(model.start, model.start[-1] + len(columns)),
            column=np.append(model.column, columns),
            value=np.append(model.value, cost[columns]),
            row_lower=np.append(model.row_lower, -np.inf),
            row_upper=np.append(model.row_upper, value + KEPT_WITHIN * max(1.0, abs(value))),
        )
    return model


def _fixed(scaled: ScaledProgram, face: Face, answer: Answer) -> Face:
    whole = np.flatnonzero(scaled.program.integer)
    found = np.round(answer.values[whole])
    if (np.abs(answer.values[whole] - found) > WHOLE_WITHIN).any():
        raise EngineError("a whole decision was reported in part")
    return face.with_values(whole, np.clip(found, 0.0, 1.0))


def _confirm(
    compilation: Compilation,
    scaled: ScaledProgram,
    engine: Engine,
    fixed: Face,
    reached: Sequence[tuple[Objective, Fraction]],
) -> None:
    """Check exactly that the last selection loses nothing on any goal."""
    objectives = [objective for objective, _ in reached]
    plan = solve_in_order(compilation, scaled, engine, fixed, objectives=objectives, progress=_silent)
    for objective, value in reached:
        final = objective.value(plan.values)
        loss = value - final if objective.maximise else final - value
        if loss > abs(value) * Fraction(1, 10**8):
            raise EngineError(f"the selection loses {float(loss)} on goal {objective.kind.value}")
