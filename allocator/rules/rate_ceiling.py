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
    """Yield one row per cell under each rule, in one group: there are often hundreds of rules."""
    rules = [rule for rule in frame.scenario.rules if isinstance(rule, RateCeiling)]
    if not rules:
        return
    rules.sort(key=lambda rule: rule.code)
    ruled = [frame.cells_of(rule) for rule in rules]
    counts = [len(cells) for cells in ruled]
    ceilings = [rule.rate.numerator * capped_base(frame, rule, cells) for rule, cells in zip(rules, ruled, strict=True)]
    cells = np.concatenate(ruled)
    local = np.arange(len(cells))
    codes = np.array([rule.code for rule in rules], dtype=object)
    yield rows_of(
        "rate_ceiling",
        (np.repeat(codes, counts), *cell_names(frame, cells)),
        [
            (local, layout.commit(cells), np.repeat([rule.rate.denominator for rule in rules], counts)),
            (local, layout.share(frame.cell_launch[cells]), -np.concatenate(ceilings)),
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
