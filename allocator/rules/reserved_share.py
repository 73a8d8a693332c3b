"""K13. « Une part au moins des apports d'un partenaire va à des opérations de certaines natures ou territoires. ».

Inequality: ``sum_{o reserved} (sum_s commit[o,p,s] + loans_o * share[o,s]) >= rate * sum_o (the same)``, where
``loans_o`` are the loans of the kinds of lenders the rule counts (none by default).
Index sets: operations o the rule concerns; those of the reserved natures and territories (an empty list does not
restrict). Units: cents, rate in [0, 1]. Reference: RGA of the ANRU, 2015 (half to housing).
Missing data: none possible; a filter that names nothing is refused when the scenario is read.
"""

from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.program import Rows, rows_of
from allocator.rules.lent import lent
from scenarios.document import ReservedShare


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per rule."""
    for rule in sorted(frame.scenario.rules, key=lambda rule: rule.code):
        if isinstance(rule, ReservedShare):
            yield _reserved(frame, layout, rule)


def _reserved(frame: Frame, layout: Layout, rule: ReservedShare) -> Rows:
    kinds = {partner.code: partner.kind for partner in frame.partners}
    loans = lent(frame, lambda loan: loan.amount if kinds[loan.partner] in rule.counts else 0)
    part, whole = rule.rate.numerator, rule.rate.denominator
    weight = np.where(frame.reserved(rule), part - whole, part).astype(np.int64)
    cells = frame.cells_under(rule, rule.partner)
    launches = np.flatnonzero(frame.concerned(rule)[frame.launch_operation])
    operations = frame.launch_operation[launches]
    return rows_of(
        "reserved_share",
        (np.array([rule.code], dtype=object),),
        [
            (np.zeros(len(cells), dtype=np.int64), layout.commit(cells), weight[frame.cell_operation[cells]]),
            (np.zeros(len(launches), dtype=np.int64), layout.share(launches), weight[operations] * loans[operations]),
        ],
        0,
    )
