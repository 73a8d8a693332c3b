"""The exact plan of a compiled program, whole decisions included, for questions that need no whole cents."""

from allocator.compilation import Compilation
from allocator.engines import Engine
from allocator.program.scaling import scale
from allocator.solve.face import Face
from allocator.solve.ordered_goals import ExactPlan, silent, solve_in_order
from allocator.solve.whole.search import choose_whole


def exact_plan(compilation: Compilation, engine: Engine) -> ExactPlan:
    """Return the one plan that its objectives and the tie-break leave. Raises NoPlanError, EngineError."""
    scaled, face, aims = scale(compilation.program), Face.whole(compilation.program), compilation.objectives
    if compilation.program.integer.any():
        selection = choose_whole(compilation, scaled, engine, objectives=aims, progress=silent)
        face, aims = selection.face, selection.aims
    return solve_in_order(compilation, scaled, engine, face, objectives=aims, progress=silent)
