"""Equal burden of communes. « Que la part laissée à chaque commune soit à la mesure de sa richesse. » (P2).

Lexicographic minimax of ``sum_{o in c, owner a commune} sum_s commit[o,owner_o,s] / weighted_potential_c``: the
heaviest burden is made as low as possible, then the next heaviest, and so on. Units: cents by inhabitant of average
wealth. The weighted potential (``scenarios.equalisation``) is the population times a wealth index whose indicators,
weights and year are lines of the scenario. A commune whose partner owns nothing to fund is not compared.
Reference: loi 2003-710 art. 10-3 (financial situation, tax effort, wealth). Missing data: the checks refuse a commune
compared without population or without an indicator that counts.
"""

from fractions import Fraction

import numpy as np

from allocator.goals.goal import GoalPart, Members
from allocator.program.frame import Frame
from allocator.program.layout import Layout
from scenarios.document import Goal, GoalKind, PartnerKind
from scenarios.equalisation import weighted_potentials


def build(frame: Frame, layout: Layout, next_column: int, goal: Goal) -> GoalPart:  # noqa: ARG001 - no field used
    """Return the communes compared."""
    potentials = weighted_potentials(frame.scenario)
    own = frame.cell_is_owner & frame.of_kinds((PartnerKind.COMMUNE,))[frame.cell_partner]
    where = np.array([operation.commune for operation in frame.operations], dtype=object)[frame.cell_operation]
    own &= frame.to_fund[frame.cell_operation] > 0
    codes, measures = [], []
    for code in sorted(set(where[own].tolist())):
        cells = np.flatnonzero(own & (where == code))
        codes.append(code)
        measures.append((layout.commit(cells), np.ones(len(cells), dtype=np.int64)))
    weights = tuple(Fraction(potentials[code]) for code in codes)
    return GoalPart(Members(GoalKind.EQUAL_BURDEN, tuple(codes), tuple(measures), weights, maximise=False))
