"""Fixed plans. « Quand le plan de financement est déjà fixé, seule la part retenue de l'opération se décide. ».

Inequality: ``commit[o,p,s] = plan[o,p] * share[o,s]``; in whole cents, an operation funded in part meets the
equality to less than one cent.
Index sets: cells of the operations with a fixed plan. Units: cents. Reference: the plan's own provenance.
Missing data: a plan whose lines do not sum to the amount to fund is refused when the scenario is read.
"""

from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.program import Holds, Rows, rows_of
from allocator.rules.naming import cell_names


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one equality per cell of an operation with a fixed plan."""
    cells = np.flatnonzero(frame.planned[frame.cell_operation])
    local = np.arange(len(cells))
    pairs = zip(frame.cell_operation[cells].tolist(), frame.cell_partner[cells].tolist(), strict=True)
    planned = np.array([sum(cents for _, cents in frame.plan_payments[pair]) for pair in pairs], dtype=np.int64)
    yield rows_of(
        "fixed_plan",
        cell_names(frame, cells),
        [(local, layout.commit(cells), 1), (local, layout.share(frame.cell_launch[cells]), -planned)],
        0,
        equality=True,
        holds=Holds.TO_THE_CENT,
    )
