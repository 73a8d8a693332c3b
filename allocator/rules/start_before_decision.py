"""K21. « Un partenaire n'apporte rien à une opération commencée avant le jour où il le permet. ».

Inequality: ``commit[o,p,s] <= 0`` in the launches that start too early: when the operation has started
(``started_on``), all of them if it started before the day of the partner (``start_allowed_from``: complete file or
decision, as its text says); otherwise those of the years before the year of that day. A launch of that very year is
allowed: it may wait for the day.
Index sets: cells (o, p, s) of the rule's partner in the operations it concerns. Units: cents.
Reference: each partner's regulation. Missing data: an eligibility line without the day is an error.
"""

from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame, MissingBaseError
from allocator.program.layout import Layout
from allocator.program.program import Rows
from allocator.rules.forbidden import forbidden
from scenarios.document import StartBeforeDecision

FAMILY = "start_before_decision"


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per launch that starts too early for the partner, under each rule."""
    for rule in sorted(frame.scenario.rules, key=lambda rule: rule.code):
        if isinstance(rule, StartBeforeDecision):
            cells = frame.cells_of(rule)
            early = np.array([_too_early(frame, rule, cell) for cell in cells.tolist()], dtype=np.bool_)
            yield forbidden(frame, layout, FAMILY, rule.code, cells[early])


def _too_early(frame: Frame, rule: StartBeforeDecision, cell: int) -> bool:
    operation = frame.operation(cell)
    line = frame.eligibilities.get((operation.code, rule.partner))
    if line is None or line.start_allowed_from is None:
        raise MissingBaseError(f"{rule.code}: operation {operation.code} has no day when {rule.partner} lets it start")
    if operation.started_on is not None:
        return operation.started_on < line.start_allowed_from
    return int(frame.cell_year[cell]) < line.start_allowed_from.year
