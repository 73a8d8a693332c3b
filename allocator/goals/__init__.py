"""The goals: one file each. A goal says what it measures; the order is the committee's."""

from collections.abc import Callable, Mapping

from allocator.goals import (
    earliest_start,
    equal_coverage,
    equal_effort,
    funded_cost,
    priority_value,
    reference_closeness,
)
from allocator.goals.goal import GoalPart
from allocator.program.frame import Frame
from allocator.program.layout import Layout
from scenarios.document import Goal, GoalKind

BUILDERS: Mapping[GoalKind, Callable[[Frame, Layout, int, Goal], GoalPart]] = {
    GoalKind.PRIORITY_VALUE: priority_value.build,
    GoalKind.FUNDED_COST: funded_cost.build,
    GoalKind.EARLIEST_START: earliest_start.build,
    GoalKind.REFERENCE_CLOSENESS: reference_closeness.build,
    GoalKind.EQUAL_EFFORT: equal_effort.build,
    GoalKind.EQUAL_COVERAGE: equal_coverage.build,
}
