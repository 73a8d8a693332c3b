"""What becomes of each operation in one draw, many draws being asked of the same scenario.

The committee decides again after the draw, with the same goals in the same order. The engine starts each draw from
nothing, and each stage of a draw from the one before it: an outcome depends on its draw alone. Whole cents are left
aside. When every operation is divisible, the engine's word is taken for how far it is funded, except near nothing and
near everything, or where prices that may be its noise would change it; the exact plan decides then, and always when
decisions are whole.
"""

from dataclasses import dataclass

import numpy as np

from allocator.compilation import Compilation, compile_scenario
from allocator.engines import Engine, engine_named
from allocator.engines.engine import EngineError, Floats
from allocator.exploration.draws import Draw, draw
from allocator.exploration.happened import happened
from allocator.exploration.spec import StressSpec
from allocator.program.scaling import scale
from allocator.solve.exact_plan import exact_plan
from allocator.solve.face import Face
from allocator.solve.ordered_goals import NoPlanError, claimed_values
from allocator.solve.vertex import Number
from scenarios.document import Scenario

NONE, PART, WHOLE = "0", "1", "2"
"""How far an operation is funded: nothing, a part, everything."""

NO_PLAN = ""
"""States of a draw where the mandatory operations and the decided amounts cannot be met together."""

NOISE, DOUBT = 1e-8, 1e-5
"""Distance to nothing or to everything under which the engine means it, and above which it means a part."""


@dataclass(frozen=True)
class Outcome:
    """One draw: its rank, and the state of each operation in the order of their codes (``NO_PLAN`` when none)."""

    draw: int
    states: str


class Trial:
    """One scenario under one spec, ready for any draw, in any order."""

    def __init__(self, scenario: Scenario, spec: StressSpec) -> None:
        self.scenario = scenario
        self.spec = spec
        self._engine = engine_named("highs")

    def outcome(self, rank: int) -> Outcome:
        """Return what becomes of the operations in draw ``rank``."""
        return Outcome(rank, self.states(draw(self.spec, self.scenario, rank)))

    def states(self, drawn: Draw) -> str:
        """Return the states of the operations once a draw has happened."""
        compilation = compile_scenario(happened(self.scenario, drawn))
        try:
            return self._states(compilation)
        except NoPlanError:
            return NO_PLAN

    def _states(self, compilation: Compilation) -> str:
        if compilation.program.integer.any():
            return exact_states(compilation)
        try:
            claims = claimed_plans(compilation, self._engine)
        except EngineError:
            return exact_states(compilation)
        states = {_states_of(_by_operation(compilation, values)) for values in claims}
        sure = states.pop()
        return exact_states(compilation) if states or sure is None else sure


def exact_states(compilation: Compilation) -> str:
    """Return the states of the exact plan, by a cold engine. Raises NoPlanError, EngineError."""
    values = exact_plan(compilation, engine_named("highs")).values
    count = len(compilation.layout.frame.operations)
    funded: list[Number] = [0] * count
    for launch, operation in enumerate(compilation.layout.frame.launch_operation.tolist()):
        funded[operation] += values[launch]
    return "".join(WHOLE if part == 1 else PART if part else NONE for part in funded)


def claimed_plans(compilation: Compilation, engine: Engine) -> list[Floats]:
    """Return the scaled values an engine claims for a plan without whole decisions; see ``claimed_values``."""
    program = compilation.program
    scaled, face = scale(program), Face.whole(program)
    return claimed_values(compilation, scaled, engine, face, objectives=compilation.objectives)


def _states_of(funded: Floats) -> str | None:
    """Return the states of operations from the part of each that is funded, None where they are in doubt."""
    away = np.minimum(np.abs(funded), np.abs(funded - 1.0))
    if ((away > NOISE) & (away < DOUBT)).any():
        return None
    return "".join(NONE if part <= NOISE else WHOLE if part >= 1.0 - NOISE else PART for part in funded.tolist())


def _by_operation(compilation: Compilation, values: Floats) -> Floats:
    frame = compilation.layout.frame
    funded = np.zeros(len(frame.operations))
    np.add.at(funded, frame.launch_operation, values[: compilation.layout.launches])
    return funded
