"""At most n partners. « Une opération n'a pas plus d'un certain nombre de partenaires. ».

Inequality: ``sum_p brings[o,p] <= most`` over the partners whose kind the rule counts (all when it names none), the
owner included when the rule says so.
Index sets: operations o the rule concerns that more partners could fund. Units: partners that bring money, all years
together. Reference: the rule's own (simplification of agreements, P4). Missing data: none possible.
"""

from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.participation import counted_pairs
from allocator.program.program import Rows, rows_of
from scenarios.document import PartnerLimit, RegionOrDepartement

FAMILY = "partner_limit"


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per operation under each rule."""
    for rule in sorted(frame.scenario.rules, key=lambda rule: rule.code):
        if isinstance(rule, PartnerLimit):
            yield at_most(frame, layout, FAMILY, rule, rule.most)


def at_most(frame: Frame, layout: Layout, family: str, rule: PartnerLimit | RegionOrDepartement, most: int) -> Rows:
    """Build one row per operation: at most ``most`` of the pairs the rule counts bring money."""
    pairs = counted_pairs(frame, rule)
    operations, local = np.unique(frame.pair_operation[pairs], return_inverse=True)
    names = np.full(len(operations), rule.code, dtype=object), frame.operation_codes[operations]
    return rows_of(family, names, [(local, layout.brings[pairs], 1)], most)
