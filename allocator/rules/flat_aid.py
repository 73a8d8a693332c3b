"""K05. « Un partenaire qui participe apporte son forfait par unité, ni plus ni moins. ».

Inequality: ``commit[o,p,s] = flat * units_o * share[o,s]`` when p is present; when presence is a decision,
``commit <= flat * units * share``, ``commit <= flat * units * present`` and
``commit >= flat * units * (share + present - 1)``. In whole cents, an operation funded in part meets the
equality to less than one cent.
Index sets: cells (o, p, s) of the rule's partner in the operations it concerns. Units: cents per unit.
Reference: the rule's own. Missing data: an operation without units is an error.
"""

from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame, Ints
from allocator.program.layout import Layout
from allocator.program.program import Holds, Rows, rows_of
from allocator.rules.naming import cell_names
from scenarios.document import FlatAid


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one equality per cell whose presence is given, three inequalities where it is a decision."""
    for rule in sorted(frame.scenario.rules, key=lambda rule: rule.code):
        if not isinstance(rule, FlatAid):
            continue
        cells = frame.cells_of(rule)
        aid = frame.per_unit(rule.amount_per_unit, "units", cells, rule.code)
        decided = layout.present[cells] >= 0
        yield _given(frame, layout, rule.code, cells[~decided], aid[~decided])
        yield from _chosen(frame, layout, rule.code, cells[decided], aid[decided])


def _given(frame: Frame, layout: Layout, rule: str, cells: Ints, aid: Ints) -> Rows:
    local = np.arange(len(cells))
    return rows_of(
        "flat_aid",
        cell_names(frame, cells, rule),
        [(local, layout.commit(cells), 1), (local, layout.share(frame.cell_launch[cells]), -aid)],
        0,
        equality=True,
        holds=Holds.TO_THE_CENT,
    )


def _chosen(frame: Frame, layout: Layout, rule: str, cells: Ints, aid: Ints) -> Iterator[Rows]:
    local = np.arange(len(cells))
    commit = layout.commit(cells)
    share, present = layout.share(frame.cell_launch[cells]), layout.present[cells]
    names = cell_names(frame, cells, rule)
    yield rows_of("flat_aid_of_share", names, [(local, commit, 1), (local, share, -aid)], 0)
    yield rows_of("flat_aid_of_presence", names, [(local, commit, 1), (local, present, -aid)], 0)
    yield rows_of(
        "flat_aid_at_least",
        names,
        [(local, commit, -1), (local, share, aid), (local, present, aid)],
        aid,
        holds=Holds.TO_THE_CENT,
    )
