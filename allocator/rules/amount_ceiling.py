"""K04. « Un partenaire n'apporte pas plus qu'un montant, par opération ou par unité. ».

Inequality: ``sum_s commit[o,p,s] <= amount``, or ``commit[o,p,s] <= amount_per_unit * units_o * share[o,s]``.
Index sets: operations o (or launches) where the rule's partner has a cell. Units: cents.
Reference: the rule's own. Missing data: an operation without units under a rule per unit is an error.
"""

from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame, Ints
from allocator.program.layout import Layout
from allocator.program.program import Rows, rows_of
from allocator.rules.naming import cell_names
from scenarios.document import AmountCeiling


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per operation or per cell under each rule."""
    for rule in sorted(frame.scenario.rules, key=lambda rule: rule.code):
        if not isinstance(rule, AmountCeiling):
            continue
        cells = frame.cells_of(rule)
        if rule.amount is not None:
            yield _per_operation(frame, layout, rule.code, rule.amount, cells)
        if rule.amount_per_unit is not None:
            local = np.arange(len(cells))
            ceiling = frame.per_unit(rule.amount_per_unit, "units", cells, rule.code)
            yield rows_of(
                "amount_ceiling",
                cell_names(frame, cells, rule.code),
                [(local, layout.commit(cells), 1), (local, layout.share(frame.cell_launch[cells]), -ceiling)],
                0,
            )


def _per_operation(frame: Frame, layout: Layout, rule: str, amount: int, cells: Ints) -> Rows:
    operations, local = np.unique(frame.cell_operation[cells], return_inverse=True)
    names = np.full(len(operations), rule, dtype=object), frame.operation_codes[operations]
    return rows_of("amount_ceiling", names, [(local, layout.commit(cells), 1)], amount)
