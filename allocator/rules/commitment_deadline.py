"""K22. « Un partenaire n'engage plus rien après le dernier jour de son programme. ».

Inequality: ``commit[o,p,s] <= 0`` in the launches of the years after the year of the last day. In that very year the
partner may still commit before the day.
Index sets: cells (o, p, s) of the rule's partner in the operations it concerns. Units: cents.
Reference: the law of each programme. Missing data: none possible.
"""

from collections.abc import Iterator

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.program import Rows
from allocator.rules.forbidden import forbidden
from scenarios.document import CommitmentDeadline

FAMILY = "commitment_deadline"


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per launch after the deadline, under each rule."""
    for rule in sorted(frame.scenario.rules, key=lambda rule: rule.code):
        if isinstance(rule, CommitmentDeadline):
            cells = frame.cells_of(rule)
            yield forbidden(frame, layout, FAMILY, rule.code, cells[frame.cell_year[cells] > rule.last_day.year])
