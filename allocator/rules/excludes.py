"""Exclusion. « De plusieurs opérations qui s'excluent, une seule est lancée, même en partie. ».

Inequality: ``sum_o launched[o] <= 1``, where ``launched[o]`` is the decision of the operation when it is divisible
(``sum_s share[o,s] <= launched[o]``), else ``sum_s share[o,s]`` itself.
Index sets: the operations o the rule concerns, together. Units: operations.
Reference: the committee's own decision. Missing data: a rule that concerns less than two operations is refused when
the scenario is read.
"""

from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.program import Rows, Term, rows_of
from scenarios.document import OperationExclusion

FAMILY = "excludes"


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per divisible operation that excludes others, then one row per rule."""
    divided = layout.divided
    row_of = np.full(len(frame.operations), -1, dtype=np.int64)
    row_of[divided] = np.arange(len(divided))
    launches = np.flatnonzero(row_of[frame.launch_operation] >= 0)
    yield rows_of(
        "launched",
        (frame.operation_codes[divided],),
        [
            (row_of[frame.launch_operation[launches]], layout.share(launches), 1),
            (np.arange(len(divided)), layout.launched[divided], -1),
        ],
        0,
    )
    for rule in sorted(frame.scenario.rules, key=lambda rule: rule.code):
        if isinstance(rule, OperationExclusion):
            name = np.array([rule.code], dtype=object)
            yield rows_of(FAMILY, (name,), _launched(frame, layout, rule), 1)


def _launched(frame: Frame, layout: Layout, rule: OperationExclusion) -> list[Term]:
    concerned = frame.concerned(rule)
    decided = np.flatnonzero(concerned & (layout.launched >= 0))
    whole = concerned & (layout.launched < 0)
    launches = np.flatnonzero(whole[frame.launch_operation])
    return [
        (np.zeros(len(decided), dtype=np.int64), layout.launched[decided], 1),
        (np.zeros(len(launches), dtype=np.int64), layout.share(launches), 1),
    ]
