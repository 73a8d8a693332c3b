"""Fund the most priority value. « Financer d'abord ce que le comité juge prioritaire. ».

Maximise ``sum_o value_o * sum_s share[o,s]``. Units: points given by the committee to the whole operation.
"""

import numpy as np

from allocator.goals.goal import GoalPart, Objective
from allocator.program.frame import Frame
from allocator.program.layout import Layout
from scenarios.document import Goal, GoalKind


def build(frame: Frame, layout: Layout, next_column: int, goal: Goal) -> GoalPart:  # noqa: ARG001 - adds no column
    """Return the objective."""
    launches = np.arange(layout.launches)
    points = np.array([operation.value for operation in frame.operations], dtype=np.int64)
    weights = points[frame.launch_operation[launches]]
    objective = Objective(GoalKind.PRIORITY_VALUE, layout.share(launches), weights, maximise=True)
    return GoalPart(objective)
