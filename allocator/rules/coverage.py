"""K01. « Les contributions couvrent exactement la part financée de l'opération. ».

Inequality: ``sum_p commit[o,p,s] = (cost_o - receipts_o) * share[o,s]``.
Index sets: launches (o, s); partners p with a cell in the launch. Units: cents.
Reference: regles.md K01; loans are never added (see ``loan``). Missing data: an operation without cost is
refused when the scenario is read.
"""

from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.program import Rows, rows_of


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one equality per launch."""
    launches = np.arange(layout.launches)
    cells = np.arange(layout.cells)
    yield rows_of(
        "coverage",
        (frame.operation_codes[frame.launch_operation], frame.launch_year.astype(object)),
        [
            (frame.cell_launch, layout.commit(cells), 1),
            (launches, layout.share(launches), -frame.to_fund[frame.launch_operation]),
        ],
        0,
        equality=True,
    )
