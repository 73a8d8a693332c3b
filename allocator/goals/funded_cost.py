"""Fund the most cost. « Financer le plus possible du coût total. ».

Maximise ``sum_o (cost_o - receipts_o) * sum_s share[o,s]``. Units: cents.
"""

import numpy as np

from allocator.goals.goal import GoalPart, Objective
from allocator.program.frame import Frame
from allocator.program.layout import Layout
from scenarios.document import Goal, GoalKind


def build(frame: Frame, layout: Layout, next_column: int, goal: Goal) -> GoalPart:  # noqa: ARG001 - adds no column
    """Return the objective."""
    launches = np.arange(layout.launches)
    amounts = frame.to_fund[frame.launch_operation]
    return GoalPart(Objective(GoalKind.FUNDED_COST, layout.share(launches), amounts, maximise=True))
