"""Smooth payments. « Des paiements aussi réguliers que possible d'une année sur l'autre. ».

Minimise ``sum_{p,t} |paid[p,t+1] - paid[p,t]|`` over the partners and the years of the horizon, ``paid`` following the
profiles and the fixed plans (see ``rules.payment_budget``). Units: cents. Chosen rather than the largest payment
relative to a budget, which says nothing of partners whose payments are not limited. Each absolute value is the sum of
two columns, above and below; rows are multiplied by the least common multiple of the denominators of the profiles.
Missing data: none possible.
"""

import numpy as np

from allocator.goals.goal import GoalPart, Objective
from allocator.program.frame import Frame, Ints
from allocator.program.layout import Layout
from allocator.program.program import Columns, Holds, Term, rows_of
from allocator.rules.payment_budget import paid
from scenarios.document import Goal, GoalKind


def build(frame: Frame, layout: Layout, next_column: int, goal: Goal) -> GoalPart:  # noqa: ARG001 - no field used
    """Return the objective with two columns and one row per partner and pair of years."""
    cells, years, columns, weights = paid(frame, layout)
    able = np.unique(frame.cell_partner)
    steps = len(frame.scenario.years) - 1
    place = np.zeros(len(frame.partners), dtype=np.int64)
    place[able] = np.arange(len(able)) * steps
    first = place[frame.cell_partner[cells]]
    rank = years - frame.scenario.first_year
    # What is paid in year t counts in the step that leads to t, and against the step that leaves it.
    leads, leaves = np.flatnonzero(rank > 0), np.flatnonzero(rank < steps)
    count = len(able) * steps
    local = np.arange(count)
    above, below = next_column + local, next_column + count + local
    names = (
        np.repeat(frame.partner_codes[able], steps),
        np.tile(np.array(frame.scenario.years[1:], dtype=object), len(able)),
    )
    multiple = np.full(count, frame.profile_multiple, dtype=np.int64)
    row = rows_of(
        "smoothness",
        names,
        [
            _added_up(
                np.concatenate([first[leads] + rank[leads] - 1, first[leaves] + rank[leaves]]),
                np.concatenate([columns[leads], columns[leaves]]),
                np.concatenate([weights[leads], -weights[leaves]]),
            ),
            (local, above, -multiple),
            (local, below, multiple),
        ],
        0,
        equality=True,
        holds=Holds.BY_DEFINITION,
    )
    most = np.zeros(len(frame.partners), dtype=np.int64)
    np.add.at(most, frame.cell_partner, frame.to_fund[frame.cell_operation])
    upper = np.repeat(np.maximum(most[able], 1), steps)
    no = np.zeros(count, dtype=np.bool_)
    both = np.concatenate([above, below])
    objective = Objective(GoalKind.SMOOTH_PAYMENTS, both, np.ones(2 * count, dtype=np.int64), maximise=False)
    return GoalPart(objective, tuple(Columns(kind, names, upper, upper, no) for kind in ("more", "less")), (row,))


def _added_up(rows: Ints, columns: Ints, weights: Ints) -> Term:
    """Add up the entries that stand at the same place: one commitment is paid in both years of a step."""
    width = int(columns.max(initial=0)) + 1
    places, rank = np.unique(rows * width + columns, return_inverse=True)
    sums = np.zeros(len(places), dtype=np.int64)
    np.add.at(sums, rank, weights)
    return places // width, places % width, sums
