"""A scenario that no plan meets: which requirements contradict each other, and the cheapest ways out."""

from dataclasses import dataclass

from allocator.compilation import compile_scenario
from allocator.engines import Engine
from allocator.explanation.conflict import Conflict, find
from allocator.explanation.relaxation import Option, options
from allocator.explanation.requirement import requirements
from scenarios.document import Scenario


@dataclass(frozen=True)
class WayOut:
    """The conflict, and distinct ways out of it by negotiable changes, the cheapest first."""

    conflict: Conflict
    options: tuple[Option, ...]


def way_out(scenario: Scenario, engine: Engine) -> WayOut:
    """Explain a scenario without a plan. Raises ValueError when it has one."""
    compilation = compile_scenario(scenario.model_copy(update={"goals": ()}))
    conflict = find(compilation, engine)
    if conflict is None:
        raise ValueError(f"{scenario.code}: there is a plan")
    giving = [one for one in requirements(compilation.program) if one.negotiable]
    return WayOut(conflict, options(scenario, compilation, giving, engine))
