"""The plan an engine claims, without the exact arithmetic: fast enough for thousands of draws, confirmed on a sample.

Goals are solved in order. With whole decisions each goal, then the tie-break, is first solved on the mixed program and
kept within the engine's tolerance; the decisions once taken, the rest is solved as a linear program.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from allocator.compilation import Compilation
from allocator.engines.engine import Engine, EngineError, Floats, LinearModel, Status
from allocator.goals.goal import Aim, Objective
from allocator.program.scaling import ScaledProgram, scale
from allocator.solve.face import Face
from allocator.solve.ordered_goals import NoPlanError, claimed_values, scaled_cost, tie_break_cost
from allocator.solve.ordered_sums import plain

KEPT_WITHIN = 1e-7
"""Relative tolerance with which a former goal is kept on the mixed program."""


def claimed_plan(compilation: Compilation, engine: Engine) -> Floats:
    """Return the scaled values of the compiled columns. Raises NoPlanError, EngineError."""
    scaled, face, aims = scale(compilation.program), Face.whole(compilation.program), compilation.objectives
    if compilation.program.integer.any():
        face, aims = _decided(compilation, scaled, engine)
    return claimed_values(compilation, scaled, engine, face, objectives=aims)[: len(compilation.program.upper)]


def _decided(compilation: Compilation, scaled: ScaledProgram, engine: Engine) -> tuple[Face, tuple[Aim, ...]]:
    """Return the face where whole columns have the value an engine gives them, and the aims to solve on it."""
    measured = plain(scaled.program, compilation.objectives)
    extended, aims = scale(measured.program), list(compilation.objectives)
    whole = Face.whole(measured.program)
    kept: list[tuple[Floats, float]] = []
    for rank, objective in measured.objectives:
        cost, unit = scaled_cost(extended, objective)
        reached = float(cost @ _solved(whole.model(extended, cost, measured.program.integer), kept, engine))
        aim = aims[rank]
        if isinstance(aim, Objective) and aim.tolerance is not None:
            sign = -1 if aim.maximise else 1
            aims[rank] = aim.knowing(Fraction(sign * reached * unit))
            reached = sign * aim.tolerance.kept(Fraction(sign * reached * unit), maximise=aim.maximise) / unit
        kept.append((cost, reached + KEPT_WITHIN * max(1.0, abs(reached))))
    cost = tie_break_cost(compilation, measured.program, 0)
    values = _solved(whole.model(extended, cost, measured.program.integer), kept, engine)
    columns = np.flatnonzero(scaled.program.integer)
    found = np.clip(np.round(values[columns]), 0.0, 1.0)
    return Face.whole(scaled.program).with_values(columns, found), tuple(aims)


def _solved(model: LinearModel, kept: Sequence[tuple[Floats, float]], engine: Engine) -> Floats:
    columns = [np.flatnonzero(cost) for cost, _ in kept]
    answer = engine.solve(
        replace(
            model,
            start=np.concatenate([model.start, model.start[-1] + np.cumsum([len(found) for found in columns])]).astype(
                np.int64
            ),
            column=np.concatenate([model.column, *columns]),
            value=np.concatenate([model.value, *(cost[found] for (cost, _), found in zip(kept, columns, strict=True))]),
            row_lower=np.append(model.row_lower, np.full(len(kept), -np.inf)),
            row_upper=np.append(model.row_upper, [limit for _, limit in kept]),
        )
    )
    if answer.status is Status.INFEASIBLE:
        raise NoPlanError(answer.detail)
    if answer.status is not Status.OPTIMAL:
        raise EngineError(f"{engine.record().name}: {answer.detail}")
    return answer.values
