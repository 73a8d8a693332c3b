"""One more euro: what a budget, an envelope, an amount decided or a rule on an operation would give if it moved.

Nothing is read from an engine's prices: the scenario is changed by an amount and solved again, and the figure is the
difference of the two solves on every goal, in exact fractions. The range is that over which each cent gives the same:
the limits that determine the plan stay the same until one more of them is met, on either side, at an amount found
exactly (a ratio test in fractions). A rule that is lifted has no range, nor a budget when decisions are whole: the gain
then comes in steps.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from allocator.compilation import compile_scenario
from allocator.engines import Engine
from allocator.explanation.change import Change, changed
from allocator.explanation.requirement import Kind
from allocator.program.program import Program
from allocator.solve.exact_plan import exact_plan
from allocator.solve.ordered_goals import ExactPlan, NoPlanError
from allocator.solve.stages import Stage
from allocator.solve.vertex import Number, exact_values
from scenarios.document import Goal, GoalKind, Scenario

EURO = 100
"""Cents."""

_AMOUNTS = (Kind.COMMITMENT_BUDGET, Kind.PAYMENT_BUDGET, Kind.ENVELOPE)

Range = tuple[Fraction | None, Fraction | None]


@dataclass(frozen=True)
class Gain:
    """What a change gives: by goal, in the order of the committee; by operation, the exact cents funded more or less.

    ``since`` and ``until``: cents of change between which each cent gives the same, None where there is no such range
    or no end to it.
    """

    change: Change
    goals: tuple[tuple[GoalKind, Fraction], ...]
    operations: tuple[tuple[str, Fraction], ...]
    since: Fraction | None
    until: Fraction | None


def lifted(rule: str) -> Change:
    """Return the change that removes a rule everywhere: its gain is the price of the rule."""
    return Change(Kind.RULE, (rule,), 0)


def gain(scenario: Scenario, change: Change, engine: Engine, before: ExactPlan | None = None) -> Gain | None:
    """Return what a change gives, None when the changed scenario has no plan (a negative change).

    ``before``: the exact plan of the scenario, solved again when absent.
    """
    compilation = compile_scenario(scenario)
    before = before or exact_plan(compilation, engine)
    moved = compile_scenario(changed(scenario, (change,)))
    try:
        after = exact_plan(moved, engine)
    except NoPlanError:
        return None
    since, until = _range(scenario, change, compilation.program, moved.program, after)
    frame = compilation.layout.frame
    funded = [Fraction(0)] * len(frame.operations)
    for launch, rank in enumerate(frame.launch_operation.tolist()):
        funded[rank] += (Fraction(after.values[launch]) - Fraction(before.values[launch])) * int(frame.to_fund[rank])
    return Gain(
        change=change,
        goals=_by_goal(before, after),
        operations=tuple((one.code, cents) for one, cents in zip(frame.operations, funded, strict=True) if cents),
        since=since,
        until=until,
    )


def _by_goal(before: ExactPlan, after: ExactPlan) -> tuple[tuple[GoalKind, Fraction], ...]:
    """Return the differences of the goals; for a goal of equality, of its first level."""
    pairs = zip(_firsts(before), _firsts(after), strict=True)
    return tuple((new.objective.kind, (new.value - old.value) / new.unit) for old, new in pairs)


def _firsts(plan: ExactPlan) -> list[Stage]:
    return [stage for stage in plan.stages if stage.level <= 1]


def _range(scenario: Scenario, change: Change, before: Program, moved: Program, after: ExactPlan) -> Range:
    """Return the changes between which the limits that determine the plan stay the same."""
    if change.kind not in _AMOUNTS or moved.integer.any() or any(map(_tolerant, scenario.goals)):
        return None, None
    steps, rest = np.divmod(moved.limit - before.limit, change.cents)
    if rest.any():
        raise ValueError(f"{change}: limits do not move in proportion")
    program = after.program
    step = np.zeros(len(program.limit), dtype=np.int64)
    step[: len(steps)] = steps
    further = replace(program, limit=program.limit + step)
    there, face = after.values, after.face
    beyond = exact_values(further, ~face.fixed, face.upper > 0, face.equality)
    moves = [Fraction(new) - old for new, old in zip(beyond, there, strict=True)]
    rooms = _rooms(program, there, moves, step.tolist())
    ends = [(room / speed, speed > 0) for room, speed in rooms if speed]
    lower = max((change.cents + end for end, upward in ends if not upward), default=None)
    upper = min((change.cents + end for end, upward in ends if upward), default=None)
    return lower, upper


def _tolerant(goal: Goal) -> bool:
    """Tell whether a goal leaves something to the next ones: what it leaves moves with the limits."""
    return goal.tolerance_rate is not None or goal.tolerance_amount is not None


def _rooms(
    program: Program, values: Sequence[Number], moves: Sequence[Fraction], step: Sequence[int]
) -> Iterator[tuple[Fraction, Fraction]]:
    """Give, for every bound and row, the room left and how much of it one cent of change takes."""
    for value, move, upper in zip(values, moves, program.upper.tolist(), strict=True):
        if move:
            yield Fraction(value), -move
            yield upper - Fraction(value), move
    for row, (limit, equality) in enumerate(zip(program.limit.tolist(), program.equality.tolist(), strict=True)):
        if not equality:
            speed = program.activity(row, moves) - step[row]
            yield Fraction(limit - program.activity(row, values)), Fraction(speed)
