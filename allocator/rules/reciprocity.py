"""P8. « Un partenaire apporte au plus, au moins ou exactement tant de fois ce que d'autres apportent. ».

Inequality: ``sum_s commit[o,p,s] <= ratio * sum_{q,s} commit[o,q,s]`` over the counterparts q, ``>=`` or ``=``
by the sense of the rule; with ``together``, both sides are sums over all operations the rule concerns. In whole
cents, an equality whose ratio is not a whole number is met to less than one cent.
Index sets: operations o where the side that is bounded has a cell, or the rule as a whole. Units: cents.
Reference: the committee's own agreement (Pacte de Dijon, reciprocal commitments). Missing data: a partner that is
not eligible to an operation brings nothing to it.
"""

from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame, Names
from allocator.program.layout import Layout
from allocator.program.program import Holds, Rows, rows_of
from scenarios.document import LockSense, Reciprocity


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per operation under each rule, or one per rule that bears on all operations together."""
    for rule in sorted(frame.scenario.rules, key=lambda rule: rule.code):
        if isinstance(rule, Reciprocity):
            yield _compared(frame, layout, rule)


def _compared(frame: Frame, layout: Layout, rule: Reciprocity) -> Rows:
    own, others = frame.cells_under(rule, rule.partner), frame.cells_under(rule, *rule.counterparts)
    bounded = {LockSense.AT_MOST: own, LockSense.AT_LEAST: others}.get(rule.sense, np.concatenate([own, others]))
    place = np.full(len(frame.operations), -1, dtype=np.int64)
    operations = np.unique(frame.cell_operation[bounded])
    place[operations] = np.arange(len(operations))
    names: tuple[Names, ...] = np.full(len(operations), rule.code, dtype=object), frame.operation_codes[operations]
    if rule.together:
        place[:] = 0
        names = (np.array([rule.code], dtype=object),)
    own, others = (cells[place[frame.cell_operation[cells]] >= 0] for cells in (own, others))
    sign = -1 if rule.sense is LockSense.AT_LEAST else 1
    equality = rule.sense is LockSense.EXACTLY
    times, whole = rule.ratio.numerator, rule.ratio.denominator
    return rows_of(
        "reciprocity",
        names,
        [
            (place[frame.cell_operation[own]], layout.commit(own), sign * whole),
            (place[frame.cell_operation[others]], layout.commit(others), -sign * times),
        ],
        0,
        equality=equality,
        holds=Holds.TO_THE_CENT if equality and whole > 1 else Holds.EXACTLY,
        cent=whole,
    )
