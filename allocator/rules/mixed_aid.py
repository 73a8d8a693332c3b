"""K18. « Les aides au syndicat et aux copropriétaires, pour les mêmes travaux, restent sous un seul maximum. ».

Inequality: ``sum_{o,p,s} commit[o,p,s] <= amount`` over the partners p whose kind the rule counts, other than the
owner of each operation; the maximum is that of the whole works, whatever the part launched.
Index sets: the operations o the rule concerns (those of one condominium), together. Units: cents.
Reference: Anah, règlement général, art. 15-H IV. Missing data: a rule that concerns no operation is no limit.
"""

from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.program import Rows, rows_of
from scenarios.document import MixedAid

FAMILY = "mixed_aid"


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per rule."""
    for rule in sorted(frame.scenario.rules, key=lambda rule: rule.code):
        if isinstance(rule, MixedAid):
            aids = frame.of_kinds(rule.counts)[frame.cell_partner] & ~frame.cell_is_owner
            cells = np.flatnonzero(aids & frame.concerned(rule)[frame.cell_operation])
            name = np.array([rule.code], dtype=object)
            yield rows_of(
                FAMILY, (name,), [(np.zeros(len(cells), dtype=np.int64), layout.commit(cells), 1)], rule.amount
            )
