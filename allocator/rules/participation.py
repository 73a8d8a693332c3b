"""Participation. « Un partenaire qui n'est pas compté n'apporte rien. ».

Inequality: ``sum_s commit[o,p,s] <= (cost_o - receipts_o) * brings[o,p]``; in an operation that is not divisible,
``brings[o,p] <= sum_s share[o,s]``: no partner is counted where nothing is launched.
Index sets: pairs (o, p) that some rule counts (K09, minimum ticket, at most n partners). Units: cents, counts.
Reference: regles.md section 10. Missing data: none possible.
"""

from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame, Ints
from allocator.program.layout import Layout
from allocator.program.program import Rows, Term, rows_of
from allocator.rules.naming import pair_names


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per counted pair, and a second one where the operation is not divisible."""
    pairs = layout.counted_pairs
    local = np.arange(len(pairs))
    to_fund = frame.to_fund[frame.pair_operation[pairs]]
    names = pair_names(frame, pairs)
    yield rows_of("participation", names, [brought(frame, layout, pairs), (local, layout.brings[pairs], -to_fund)], 0)
    whole = np.array([not operation.divisible for operation in frame.operations], dtype=np.bool_)
    kept = pairs[whole[frame.pair_operation[pairs]]]
    yield rows_of(
        "participation_launched",
        pair_names(frame, kept),
        [(np.arange(len(kept)), layout.brings[kept], 1), launched(frame, layout, kept, -1)],
        0,
    )


def brought(frame: Frame, layout: Layout, pairs: Ints, sign: int = 1) -> Term:
    """Return what each pair commits, all start years together, one row per pair."""
    row_of_pair = np.full(len(frame.pair_operation), -1, dtype=np.int64)
    row_of_pair[pairs] = np.arange(len(pairs))
    cells = np.flatnonzero(row_of_pair[frame.cell_pair] >= 0)
    return row_of_pair[frame.cell_pair[cells]], layout.commit(cells), sign


def launched(frame: Frame, layout: Layout, pairs: Ints, sign: int = 1) -> Term:
    """Return the part of the operation of each pair that is launched, all start years together, one row per pair."""
    first = frame.first_launch[frame.pair_operation[pairs]]
    counts = frame.first_launch[frame.pair_operation[pairs] + 1] - first
    row = np.repeat(np.arange(len(pairs)), counts)
    rank = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    return row, layout.share(np.repeat(first, counts) + rank), sign
