"""K02, K04. « Un partenaire n'apporte pas plus que son taux maximal appliqué à son assiette, elle-même plafonnée. ».

Inequality: ``commit[o,p,s] <= rate * min(base_o, base_max, per_unit * units_o + per_building * buildings_o)
* share[o,s]``.
Index sets: cells (o, p, s) of the rule's partner in the operations it concerns. Units: cents, rate in [0, 1].
Reference: the rule's own (each funder's regulation). Missing data: an operation without the base, the units or
the buildings the rule needs is an error naming the operation.
"""

from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame, Ints
from allocator.program.layout import Layout
from allocator.program.program import Rows, rows_of
from allocator.rules.naming import cell_names
from scenarios.document import RateCeiling


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per cell under each rule."""
    for rule in sorted(frame.scenario.rules, key=lambda rule: rule.code):
        if not isinstance(rule, RateCeiling):
            continue
        mask = frame.concerned(rule)[frame.cell_operation]
        cells = np.flatnonzero(mask & (frame.cell_partner == frame.partner_index[rule.partner]))
        local = np.arange(len(cells))
        base = capped_base(frame, rule, cells)
        yield rows_of(
            "rate_ceiling",
            cell_names(frame, cells, rule.code),
            [
                (local, layout.commit(cells), rule.rate.denominator),
                (local, layout.share(frame.cell_launch[cells]), -rule.rate.numerator * base),
            ],
            0,
        )


def capped_base(frame: Frame, rule: RateCeiling, cells: Ints) -> Ints:
    """Return the base of the rule in each cell after its own ceilings, in cents."""
    base = frame.bases(rule.base, cells, rule.code)
    if rule.base_max is not None:
        base = np.minimum(base, rule.base_max)
    if rule.base_max_per_unit is None and rule.base_max_per_building is None:
        return base
    ceiling = np.zeros(len(cells), dtype=np.int64)
    if rule.base_max_per_unit is not None:
        ceiling += frame.per_unit(rule.base_max_per_unit, "units", cells, rule.code)
    if rule.base_max_per_building is not None:
        ceiling += frame.per_unit(rule.base_max_per_building, "buildings", cells, rule.code)
    return np.minimum(base, ceiling)
