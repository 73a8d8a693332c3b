"""K03. « Un partenaire qui participe apporte au moins son taux minimal appliqué à son assiette. ».

Inequality: ``commit[o,p,s] >= rate * base_o * share[o,s]`` when p is present; a presence that is a decision
lifts the floor by ``rate * base_o * (1 - present[o,p,s])``.
Index sets: cells (o, p, s) of the rule's partner in the operations it concerns. Units: cents, rate in [0, 1].
Reference: for example CGCT R.2334-27 (DETR, 20 %). Missing data: an operation without the base is an error.
"""

from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.program import Rows, rows_of
from allocator.rules.naming import cell_names
from scenarios.document import RateFloor

FAMILY = "rate_floor"


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per cell under each rule."""
    for rule in sorted(frame.scenario.rules, key=lambda rule: rule.code):
        if not isinstance(rule, RateFloor):
            continue
        cells = frame.cells_of(rule)
        local = np.arange(len(cells))
        floor = rule.rate.numerator * frame.bases(rule.base, cells, rule.code)
        chosen = np.flatnonzero(layout.present[cells] >= 0)
        limit = np.zeros(len(cells), dtype=np.int64)
        limit[chosen] = floor[chosen]
        yield rows_of(
            FAMILY,
            cell_names(frame, cells, rule.code),
            [
                (local, layout.commit(cells), -rule.rate.denominator),
                (local, layout.share(frame.cell_launch[cells]), floor),
                (chosen, layout.present[cells[chosen]], floor[chosen]),
            ],
            limit,
        )
