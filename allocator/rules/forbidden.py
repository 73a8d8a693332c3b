"""Rows that forbid a partner to commit to some launches, whatever the rule that forbids it."""

import numpy as np

from allocator.program.frame import Frame, Ints
from allocator.program.layout import Layout
from allocator.program.program import Rows, rows_of
from allocator.rules.naming import cell_names


def forbidden(frame: Frame, layout: Layout, family: str, rule: str, cells: Ints) -> Rows:
    """Build one row ``commit <= 0`` per cell."""
    terms = [(np.arange(len(cells)), layout.commit(cells), 1)]
    return rows_of(family, cell_names(frame, cells, rule), terms, 0)
