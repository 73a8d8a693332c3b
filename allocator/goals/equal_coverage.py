"""Equal coverage of territories. « Financer chaque territoire à la même hauteur de ses besoins. » (P6, P7).

Leximin of ``sum_{o in territory} (cost_o - receipts_o) * sum_s share[o,s]`` over ``sum_{o in territory} (cost_o -
receipts_o)``: the territory least covered is covered as much as possible, then the next, and so on. A territory with
nothing to fund is not compared. Unit: rate. Reference: design, section 5. Missing data: every commune names its
territory.
"""

from fractions import Fraction

import numpy as np

from allocator.goals.goal import GoalPart, Members
from allocator.program.frame import Frame
from allocator.program.layout import Layout
from scenarios.document import Goal, GoalKind


def build(frame: Frame, layout: Layout, next_column: int, goal: Goal) -> GoalPart:  # noqa: ARG001 - no field used
    """Return the territories compared."""
    territories = {commune.code: commune.territory for commune in frame.scenario.communes}
    of_operation = np.array([territories[operation.commune] for operation in frame.operations], dtype=object)
    codes, measures, weights = [], [], []
    for code in sorted(set(of_operation.tolist())):
        inside = of_operation == code
        needed = sum(frame.to_fund[inside].tolist())
        if not needed:
            continue
        launches = np.flatnonzero(inside[frame.launch_operation])
        codes.append(code)
        measures.append((layout.share(launches), frame.to_fund[frame.launch_operation[launches]]))
        weights.append(Fraction(needed))
    return GoalPart(Members(GoalKind.EQUAL_COVERAGE, tuple(codes), tuple(measures), tuple(weights), maximise=True))
