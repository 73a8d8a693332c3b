"""K23. « À partir d'une date, un partenaire sanctionne : son taux ou son montant maximal est réduit. ».

Inequality: ``commit[o,p,s] <= rate * base_o * share[o,s]``, or ``sum_s commit[o,p,s] <= amount``, over the launches of
the year of the sanction and of the following ones: a launch of that very year cannot be proven earlier.
Index sets: cells (o, p, s), or operations o, of the rule's partner in the operations it concerns. Units: cents, rate in
[0, 1]. Reference: ANRU, règlement général, titre III, 6. Missing data: an operation without the base is an error.
"""

from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame, Ints
from allocator.program.layout import Layout
from allocator.program.program import Rows, Term, rows_of
from allocator.rules.naming import cell_names
from scenarios.document import Sanction

FAMILY = "sanction"


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per launch (rate) or per operation (amount) under each rule."""
    for rule in sorted(frame.scenario.rules, key=lambda rule: rule.code):
        if isinstance(rule, Sanction):
            cells = frame.cells_of(rule)
            cells = cells[frame.cell_year[cells] >= rule.since.year]
            if rule.amount is not None:
                yield _amount(frame, layout, rule.code, rule.amount, cells)
            if rule.rate is not None and rule.base is not None:
                ceiling = rule.rate.numerator * frame.bases(rule.base, cells, rule.code)
                yield _rate(frame, layout, rule.code, cells, (rule.rate.denominator, ceiling))


def _amount(frame: Frame, layout: Layout, rule: str, amount: int, cells: Ints) -> Rows:
    operations, local = np.unique(frame.cell_operation[cells], return_inverse=True)
    names = np.full(len(operations), rule, dtype=object), frame.operation_codes[operations]
    return rows_of(FAMILY, names, [(local, layout.commit(cells), 1)], amount)


def _rate(frame: Frame, layout: Layout, rule: str, cells: Ints, weights: tuple[int, Ints]) -> Rows:
    local = np.arange(len(cells))
    denominator, ceiling = weights
    terms: list[Term] = [
        (local, layout.commit(cells), denominator),
        (local, layout.share(frame.cell_launch[cells]), -ceiling),
    ]
    return rows_of(FAMILY, cell_names(frame, cells, rule), terms, 0)
