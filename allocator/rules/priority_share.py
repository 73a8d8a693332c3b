"""K15. « Sur une priorité entière, un partenaire apporte au plus un taux du total des assiettes lancées. ».

Inequality: ``sum_{o,s} commit[o,p,s] <= rate * sum_{o,s} base_o * share[o,s]``.
Index sets: one row per rule, over the cells (o, p, s) of its partner in the operations it concerns. Units: cents,
rate in [0, 1]. Reference: règlement (UE) 2021/1060 art. 112 (no rate was read: the value is the scenario's).
Missing data: an operation without the base is an error. An operation counts as soon as it is launched, so that the
presence of the partner must be required there; an optional one is refused when the scenario is read.
"""

from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.program import Rows, rows_of
from scenarios.document import PriorityShare


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per rule."""
    for rule in sorted(frame.scenario.rules, key=lambda rule: rule.code):
        if not isinstance(rule, PriorityShare):
            continue
        cells = frame.cells_under(rule, rule.partner)
        local = np.zeros(len(cells), dtype=np.int64)
        ceiling = rule.rate.numerator * frame.bases(rule.base, cells, rule.code)
        yield rows_of(
            "priority_share",
            (np.array([rule.code], dtype=object),),
            [
                (local, layout.commit(cells), rule.rate.denominator),
                (local, layout.share(frame.cell_launch[cells]), -ceiling),
            ],
            0,
        )
