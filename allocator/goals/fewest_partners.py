"""Fewest agreements. « Le moins de financeurs par opération, donc le moins d'actes à signer. » (P4).

Minimise ``sum_{o,p} brings[o,p]`` over operations and partners other than the owner, ``brings[o,p]`` in {0, 1} telling
whether p brings money to o (see ``rules.participation``). Unit: pairs of an operation and a partner. The decisions are
whole: the relaxed program, where a tenth of the money asks for a tenth of an agreement, bounds this goal and does not
solve it. Missing data: none possible.
"""

import numpy as np

from allocator.goals.goal import GoalPart, Objective
from allocator.program.frame import Frame
from allocator.program.layout import Layout
from scenarios.document import Goal, GoalKind


def build(frame: Frame, layout: Layout, next_column: int, goal: Goal) -> GoalPart:  # noqa: ARG001 - adds no column
    """Return the objective."""
    pairs = np.flatnonzero(frame.pair_partner != frame.owner[frame.pair_operation])
    weights = np.ones(len(pairs), dtype=np.int64)
    return GoalPart(Objective(GoalKind.FEWEST_PARTNERS, layout.brings[pairs], weights, maximise=False))
