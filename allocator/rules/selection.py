"""Selection. « Une opération est lancée au plus une fois en tout ; une opération obligatoire l'est entièrement. ».

Inequality: ``sum_s share[o,s] <= 1``; ``= 1`` when the operation is mandatory. An operation that is not
divisible has whole shares (0 or 1), so that it starts in one single year or not at all.
Index sets: operations o, start years s. Units: share of the operation in [0, 1].
Reference: design of the committee (P5). Missing data: start years are required columns.
"""

from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.program import Rows, rows_of

FAMILY = "selection"


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per mandatory operation, and one per other operation with several start years."""
    mandatory = np.array([operation.mandatory for operation in frame.operations], dtype=np.bool_)
    several = np.diff(frame.first_launch) > 1
    launches = np.arange(layout.launches)
    for family, chosen in (("mandatory", mandatory), (FAMILY, several & ~mandatory)):
        rank = np.cumsum(chosen) - 1
        kept = launches[chosen[frame.launch_operation]]
        yield rows_of(
            family,
            (frame.operation_codes[chosen],),
            [(rank[frame.launch_operation[kept]], layout.share(kept), 1)],
            1,
            equality=family == "mandatory",
        )
