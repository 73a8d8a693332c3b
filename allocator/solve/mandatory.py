"""What is missing when the mandatory operations cannot all be funded: as much of them as possible, and the rest."""

from collections.abc import Sequence
from fractions import Fraction

from allocator.compilation import compile_scenario
from allocator.engines import Engine
from allocator.goals.goal import Aim
from allocator.program.scaling import scale
from allocator.solve.face import Face
from allocator.solve.infeasible import Shortfall
from allocator.solve.ordered_goals import NoPlanError, silent, solve_in_order
from allocator.solve.whole.search import choose_whole
from scenarios.document import Goal, GoalKind, Scenario


def shortfalls(scenario: Scenario, engine: Engine) -> tuple[Shortfall, ...]:
    """Return the mandatory operations that stay short when none of them has to be funded.

    They may first be funded in part, which tells how little is missing; where nothing is missing that way, because
    no single year can bear an operation in one piece, they are kept whole. Empty when even that has no plan: the
    amounts already decided contradict each other.
    """
    return _short(scenario, engine, in_part=True) or _short(scenario, engine, in_part=False)


def _short(scenario: Scenario, engine: Engine, *, in_part: bool) -> tuple[Shortfall, ...]:
    compilation = compile_scenario(_relaxed(scenario, in_part=in_part))
    scaled = scale(compilation.program)
    face = Face.whole(compilation.program)
    objectives: Sequence[Aim] = compilation.objectives
    try:
        if compilation.program.integer.any():
            selection = choose_whole(compilation, scaled, engine, objectives=objectives, progress=silent)
            face, objectives = selection.face, selection.aims
        plan = solve_in_order(compilation, scaled, engine, face, objectives=objectives, progress=silent)
    except NoPlanError:
        return ()
    frame = compilation.layout.frame
    funded = [Fraction(0)] * len(frame.operations)
    for launch, operation in enumerate(frame.launch_operation.tolist()):
        funded[operation] += Fraction(plan.values[launch]) * int(frame.to_fund[operation])
    wanted = {operation.code for operation in scenario.operations if operation.mandatory}
    return tuple(
        Shortfall(operation.code, operation.to_fund, int(at_most))
        for operation, at_most in zip(frame.operations, funded, strict=True)
        if operation.code in wanted and at_most < operation.to_fund
    )


def _relaxed(scenario: Scenario, *, in_part: bool) -> Scenario:
    """Every operation becomes optional, divisible if asked, and only the mandatory ones count in the goal."""
    operations = tuple(
        operation.model_copy(
            update={
                "mandatory": False,
                "divisible": in_part or operation.divisible,
                "value": int(operation.mandatory),
            }
        )
        for operation in scenario.operations
    )
    goals = (Goal(kind=GoalKind.PRIORITY_VALUE), Goal(kind=GoalKind.FUNDED_COST))
    return scenario.model_copy(update={"operations": operations, "goals": goals})
