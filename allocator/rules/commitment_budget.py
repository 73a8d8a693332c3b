"""K11. « Un partenaire n'engage pas plus, chaque année, que ses autorisations d'engagement ou de programme. ».

Inequality: ``sum_o commit[o,p,s] <= budget[p,s] + decommitted[p,s]``; with carry-over, on running totals.
Index sets: purses (a partner, or the partners of a pool) that declare their commitments limited; years of the
horizon. Units: cents. Reference: CGCT L.2311-3 and R.2311-9 (AP, AE). Missing data: a limited purse without a
budget in a year of the horizon is refused when the scenario is read.
"""

from collections.abc import Iterator

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.program import Rows
from allocator.rules.purse import budget_rows, commitment_terms, purses


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per purse and year."""
    limited = list(purses(frame, "commitment"))
    yield budget_rows(frame, "commitment_budget", limited, commitment_terms(frame, layout, limited))
