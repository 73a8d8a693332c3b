"""K12. « Un partenaire qui paie librement paie tout ce qu'il engage, aux années que la répartition décide. ».

Equality: ``sum_t pay[o,p,s,t] = commit[o,p,s]``. Index sets: cells of the partners whose ``payments`` are ``free``, in
operations without a fixed plan; years t from the start year to the last year of the horizon (what completion asks is
the matter of ``instalment_ceiling``). Units: cents. Reference: the committee's choice; payments stay under the budgets
of ``payment_budget``. Missing data: none possible; the profile of the operation is required when it is read.

What is paid beyond the profile, ``pay[o,p,s,t] - profile[t-s] * commit[o,p,s] <= beyond[o,p,s,t]``, binds no one: the
published tie-break makes it small, so that a free partner follows the profile where nothing asks otherwise.
"""

from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.program import Holds, Rows, rows_of
from allocator.rules.naming import cell_names


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per free cell, then one per payment in a year in which the profile pays."""
    free = np.flatnonzero(frame.free_cells)
    every = np.arange(len(layout.paying_cell))
    owing = np.searchsorted(free, layout.paying_cell)
    terms = [(owing, layout.pay(every), 1), (np.arange(len(free)), layout.commit(free), -1)]
    yield rows_of("free_payment", cell_names(frame, free), terms, 0, equality=True)
    cells, local = layout.paying_cell[layout.profiled], np.arange(len(layout.profiled))
    numerators, denominators = layout.due[layout.profiled].T
    yield rows_of(
        "beyond_profile",
        (*cell_names(frame, cells), layout.paying_year[layout.profiled].astype(object)),
        [
            (local, layout.pay(layout.profiled), denominators),
            (local, layout.commit(cells), -numerators),
            (local, layout.beyond(), -denominators),
        ],
        0,
        holds=Holds.BY_DEFINITION,
    )
