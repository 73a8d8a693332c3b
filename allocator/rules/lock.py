"""Locks. « Un montant arrêté par un partenaire est respecté : exactement, au moins ou au plus. ».

Inequality: ``sum_s commit[o,p,s] = amount``, ``>= amount`` or ``<= amount``.
Index sets: one row per lock. Units: cents. Reference: the decision named by the lock (author, reason).
Missing data: a lock on a pair that is not eligible is refused when the scenario is read.
"""

from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.program import Rows, rows_of
from scenarios.document import LockSense


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per lock."""
    for lock in sorted(frame.scenario.locks, key=lambda lock: (lock.operation, lock.partner, lock.sense)):
        operation = frame.operation_index[lock.operation]
        mask = (frame.cell_operation == operation) & (frame.cell_partner == frame.partner_index[lock.partner])
        cells = np.flatnonzero(mask)
        sign = -1 if lock.sense is LockSense.AT_LEAST else 1
        names = tuple(np.array([part], dtype=object) for part in (lock.sense.value, lock.operation, lock.partner))
        yield rows_of(
            "lock",
            names,
            [(np.zeros(len(cells), dtype=np.int64), layout.commit(cells), sign)],
            sign * lock.amount,
            equality=lock.sense is LockSense.EXACTLY,
        )
