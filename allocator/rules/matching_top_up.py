"""K17 (X+X). « Un partenaire relève son taux d'autant de points que les partenaires locaux en apportent. ».

Inequality: ``commit[o,p,s] <= rate * base_o * share[o,s] + sum_q commit[o,q,s]`` over partners q other than p and the
owner whose kind the rule counts, and ``2 * commit[o,p,s] <= (1 + rate) * base_o * share[o,s]`` (the rate of p and the
points matched never exceed the whole base: ``rate + 2x <= 1``).
Index sets: cells (o, p, s) of the rule's partner in the operations it concerns. Units: cents, rate in [0, 1].
Reference: decisions of the Anah since 2019, not read: no rulebook gives a value, the committee confirms its own.
Missing data: an operation without the base is an error.
"""

from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.program import Rows, rows_of
from allocator.rules.naming import cell_names
from scenarios.document import MatchingTopUp


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield two rows per cell of the rule's partner under each rule."""
    for rule in sorted(frame.scenario.rules, key=lambda rule: rule.code):
        if isinstance(rule, MatchingTopUp):
            yield from _matched(frame, layout, rule)


def _matched(frame: Frame, layout: Layout, rule: MatchingTopUp) -> Iterator[Rows]:
    cells = frame.cells_under(rule, rule.partner)
    local = np.arange(len(cells))
    row_of_launch = np.full(layout.launches, -1, dtype=np.int64)
    row_of_launch[frame.cell_launch[cells]] = local
    counted = frame.of_kinds(rule.counts)[frame.cell_partner] & ~frame.cell_is_owner
    counted &= frame.cell_partner != frame.partner_index[rule.partner]
    others = np.flatnonzero(counted & (row_of_launch[frame.cell_launch] >= 0))
    base = frame.bases(rule.base, cells, rule.code)
    names, share = cell_names(frame, cells, rule.code), layout.share(frame.cell_launch[cells])
    part, whole = rule.rate.numerator, rule.rate.denominator
    yield rows_of(
        "matching_top_up",
        names,
        [
            (local, layout.commit(cells), whole),
            (local, share, -part * base),
            (row_of_launch[frame.cell_launch[others]], layout.commit(others), -whole),
        ],
        0,
    )
    yield rows_of(
        "matching_top_up_limit",
        names,
        [(local, layout.commit(cells), 2 * whole), (local, share, -(part + whole) * base)],
        0,
    )
