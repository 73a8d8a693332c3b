"""Stay close to the reference. « S'écarter le moins possible du plan ou de la clé de référence. ».

Minimise ``sum_{o,p,s} |commit[o,p,s] - reference[o,p] * share[o,s]|`` over the operations that have reference
lines; a partner without a line has a reference of zero there. ``reference`` is an amount, or a share of the
amount to fund. Units: cents. Each absolute value is the sum of two columns, above and below the reference.
"""

from math import gcd

import numpy as np

from allocator.goals.goal import GoalPart, Objective
from allocator.program.frame import Flags, Frame, Ints
from allocator.program.layout import Layout
from allocator.program.program import Columns, Holds, rows_of
from allocator.rules.naming import cell_names
from scenarios.document import Goal, GoalKind


def build(frame: Frame, layout: Layout, next_column: int, goal: Goal) -> GoalPart:  # noqa: ARG001 - no field used
    """Return the objective with two columns and one row per cell of a referenced operation."""
    part, whole, referenced = _references(frame)
    cells = np.flatnonzero(referenced[frame.cell_operation])
    count = len(cells)
    local = np.arange(count)
    # A reference amount may exceed what is left to fund: the distance to it is then larger than the operation.
    upper = np.maximum(frame.to_fund[frame.cell_operation[cells]], -(-part[cells] // whole[cells]))
    above, below = next_column + local, next_column + count + local
    no = np.zeros(count, dtype=np.bool_)
    names = cell_names(frame, cells)
    row = rows_of(
        "reference",
        names,
        [
            (local, layout.commit(cells), whole[cells]),
            (local, layout.share(frame.cell_launch[cells]), -part[cells]),
            (local, above, -whole[cells]),
            (local, below, whole[cells]),
        ],
        0,
        equality=True,
        holds=Holds.BY_DEFINITION,
    )
    both = np.concatenate([above, below])
    objective = Objective(GoalKind.REFERENCE_CLOSENESS, both, np.ones(2 * count, dtype=np.int64), maximise=False)
    columns = tuple(Columns(kind, names, upper, upper, no) for kind in ("above", "below"))
    return GoalPart(objective, columns, (row,))


def _references(frame: Frame) -> tuple[Ints, Ints, Flags]:
    """Return each cell's reference as numerator and denominator in cents, and the operations that have one."""
    to_fund, wide = frame.to_fund.tolist(), len(frame.partners)
    referenced = np.zeros(len(frame.operations), dtype=np.bool_)
    place = np.zeros(len(frame.operations) * wide, dtype=np.int64)
    parts, wholes = [0], [1]
    for line in frame.scenario.references:
        operation = frame.operation_index[line.operation]
        part, whole = (line.amount or 0, 1) if line.share is None else line.share.as_integer_ratio()
        if line.share is not None:
            part *= to_fund[operation]
        common = gcd(part, whole)
        place[operation * wide + frame.partner_index[line.partner]] = len(parts)
        parts.append(part // common)
        wholes.append(whole // common)
        referenced[operation] = True
    rank = place[frame.cell_operation * wide + frame.cell_partner]
    return np.array(parts, dtype=np.int64)[rank], np.array(wholes, dtype=np.int64)[rank], referenced
