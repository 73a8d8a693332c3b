"""Equal effort of partners. « Répartir l'effort à proportion de la capacité de chacun. » (P1, P2).

Leximin of ``sum_{o,s} commit[o,p,s] / capacity_p`` over the partners compared: the lowest effort is made as high as
possible, then the next lowest, and so on. A partner that can fund nothing is not compared. Unit: rate.
Reference: design, section 5. Missing data: the checks refuse a partner compared that gives no capacity.
"""

from fractions import Fraction

import numpy as np

from allocator.goals.goal import GoalPart, Members
from allocator.program.frame import Frame
from allocator.program.layout import Layout
from scenarios.document import Goal, GoalKind


def build(frame: Frame, layout: Layout, next_column: int, goal: Goal) -> GoalPart:  # noqa: ARG001 - adds no column
    """Return the members compared. Raises ValueError when one of them has no capacity."""
    chosen = [(code, rank) for code, rank in frame.partner_index.items() if not goal.partners or code in goal.partners]
    codes, measures, weights = [], [], []
    for code, rank in chosen:
        cells = np.flatnonzero(frame.cell_partner == rank)
        if not any(_may_pay(frame, cell) for cell in cells.tolist()):
            continue
        capacity = frame.partners[rank].capacity
        if not capacity:
            raise ValueError(f"{code}: no capacity to compare its effort with")
        codes.append(code)
        measures.append((layout.commit(cells), np.ones(len(cells), dtype=np.int64)))
        weights.append(Fraction(capacity))
    return GoalPart(Members(GoalKind.EQUAL_EFFORT, tuple(codes), tuple(measures), tuple(weights), maximise=True))


def _may_pay(frame: Frame, cell: int) -> bool:
    """Tell whether the partner of a cell may bring money there: a fixed plan names its partners."""
    operation = int(frame.cell_operation[cell])
    return not frame.planned[operation] or (operation, int(frame.cell_partner[cell])) in frame.plan_payments
