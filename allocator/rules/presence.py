"""Presence. « Un partenaire qui ne participe pas n'apporte rien. ».

Inequality: ``commit[o,p,s] <= (cost_o - receipts_o) * present[o,p,s]``.
Index sets: cells whose presence is a decision some rule depends on. Units: cents.
Reference: regles.md section 10 (K03, K07 with conditional presence). Missing data: none possible.
"""

from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.program import Rows, rows_of
from allocator.rules.naming import cell_names


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per cell with a presence."""
    cells = frame.presence_cells
    local = np.arange(len(cells))
    yield rows_of(
        "presence",
        cell_names(frame, cells),
        [
            (local, layout.commit(cells), 1),
            (local, layout.present[cells], -frame.to_fund[frame.cell_operation[cells]]),
        ],
        0,
    )
