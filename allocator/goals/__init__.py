"""The goals: one file each. A goal says what it measures; the order is the committee's."""

from collections.abc import Callable, Mapping

from allocator.goals import (
    earliest_start,
    equal_burden,
    equal_coverage,
    equal_effort,
    fewest_partners,
    funded_cost,
    priority_value,
    reference_closeness,
    smooth_payments,
    spare_partner,
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
    GoalKind.EQUAL_BURDEN: equal_burden.build,
    GoalKind.FEWEST_PARTNERS: fewest_partners.build,
    GoalKind.SPARE_PARTNER: spare_partner.build,
    GoalKind.SMOOTH_PAYMENTS: smooth_payments.build,
}
