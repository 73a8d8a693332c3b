"""Start earliest. « Lancer au plus tôt : le moins d'euros-années d'attente. » (P5).

Minimise ``sum_{o,s} (s - earliest_o) * (cost_o - receipts_o) * share[o,s]``. Units: cent-years.
"""

import numpy as np

from allocator.goals.goal import GoalPart, Objective
from allocator.program.frame import Frame
from allocator.program.layout import Layout
from scenarios.document import Goal, GoalKind


def build(frame: Frame, layout: Layout, next_column: int, goal: Goal) -> GoalPart:  # noqa: ARG001 - adds no column
    """Return the objective."""
    earliest = np.array([operation.earliest_start for operation in frame.operations], dtype=np.int64)
    wait = frame.launch_year - earliest[frame.launch_operation]
    launches = np.flatnonzero(wait)
    weights = wait[launches] * frame.to_fund[frame.launch_operation[launches]]
    return GoalPart(Objective(GoalKind.EARLIEST_START, layout.share(launches), weights, maximise=False))
