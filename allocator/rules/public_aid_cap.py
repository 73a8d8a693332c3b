"""K07. « Quand un partenaire participe, les aides que son texte compte comme publiques restent sous un plafond. ».

Inequality: ``sum_q commit[o,q,s] <= rate * base_o * share[o,s]`` over partners q other than the owner whose
kind the rule counts; a presence that is a decision lifts the cap by ``(cost - receipts) * (1 - present)``.
Index sets: launches (o, s) where the rule's partner has a cell. Units: cents, rate in [0, 1]. Each rule has its
own base and its own list of public kinds.
Reference: for example décret 99-1060 art. 10, CGCT R.2334-27, RGA Anah art. 12. Missing data: an operation
without the base is an error.
"""

from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame, Ints
from allocator.program.layout import Layout
from allocator.program.program import Rows, rows_of
from allocator.rules.naming import cell_names
from scenarios.document import PublicAidCap


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per cell of the rule's partner under each rule."""
    for rule in sorted(frame.scenario.rules, key=lambda rule: rule.code):
        if isinstance(rule, PublicAidCap):
            yield _capped(frame, layout, rule, frame.cells_of(rule))


def _capped(frame: Frame, layout: Layout, rule: PublicAidCap, cells: Ints) -> Rows:
    local = np.arange(len(cells))
    row_of_launch = np.full(layout.launches, -1, dtype=np.int64)
    row_of_launch[frame.cell_launch[cells]] = local
    counted = frame.of_kinds(rule.counts)[frame.cell_partner] & ~frame.cell_is_owner
    aids = np.flatnonzero(counted & (row_of_launch[frame.cell_launch] >= 0))
    cap = rule.rate.numerator * frame.bases(rule.base, cells, rule.code)
    chosen = np.flatnonzero(layout.present[cells] >= 0)
    lifted = rule.rate.denominator * frame.to_fund[frame.cell_operation[cells[chosen]]]
    limit = np.zeros(len(cells), dtype=np.int64)
    limit[chosen] = lifted
    return rows_of(
        "public_aid_cap",
        cell_names(frame, cells, rule.code),
        [
            (row_of_launch[frame.cell_launch[aids]], layout.commit(aids), rule.rate.denominator),
            (local, layout.share(frame.cell_launch[cells]), -cap),
            (chosen, layout.present[cells[chosen]], lifted),
        ],
        limit,
    )
