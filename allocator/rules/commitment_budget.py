"""K11. « Un partenaire n'engage pas plus, chaque année, que ses autorisations d'engagement ou de programme. ».

Inequality: ``sum_o commit[o,p,s] <= budget[p,s] + decommitted[p,s]``; with carry-over, on running totals.
Index sets: purses (a partner, or the partners of a pool) that declare their commitments limited; years of the
horizon. Units: cents. Reference: CGCT L.2311-3 and R.2311-9 (AP, AE). Missing data: a limited purse without a
budget in a year of the horizon is refused when the scenario is read.
"""

from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.program import Rows, rows_of
from allocator.rules.purse import purses


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per purse and year."""
    for purse in purses(frame, "commitment"):
        held = np.flatnonzero(purse.members[frame.cell_partner])
        held_year = frame.cell_year[held]
        for year, summed, limit in purse.limits:
            cells = held[np.isin(held_year, sorted(summed))]
            names = tuple(np.array([part], dtype=object) for part in (purse.code, year))
            terms = [(np.zeros(len(cells), dtype=np.int64), layout.commit(cells), 1)]
            yield rows_of("commitment_budget", names, terms, limit)
