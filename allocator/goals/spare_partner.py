"""Spare a partner. « Solliciter le moins possible le partenaire désigné. ».

Minimise ``sum_{o,s} commit[o,p,s]`` over the partners named. Units: cents. Missing data: the checks ask for a name.
"""

import numpy as np

from allocator.goals.goal import GoalPart, Objective
from allocator.program.frame import Frame
from allocator.program.layout import Layout
from scenarios.document import Goal, GoalKind


def build(frame: Frame, layout: Layout, next_column: int, goal: Goal) -> GoalPart:  # noqa: ARG001 - adds no column
    """Return the objective."""
    spared = np.array([code in goal.partners for code in frame.partner_index], dtype=np.bool_)
    cells = np.flatnonzero(spared[frame.cell_partner])
    weights = np.ones(len(cells), dtype=np.int64)
    return GoalPart(Objective(GoalKind.SPARE_PARTNER, layout.commit(cells), weights, maximise=False))
