"""K16. « Subventions et équivalents-subvention des prêts restent ensemble sous l'enveloppe. ».

Inequality: ``sum_{o,p,s} commit[o,p,s] + sum_{o,s} equivalents_o * share[o,s] <= amount``, where ``equivalents_o``
is the sum over the loans of the partners to o of ``equivalent rate * loan``, each rounded up to the cent.
Index sets: one row per rule; partners p it lists, operations o it concerns. Units: cents. A loan finances the
owner's share (see ``loan``): only its equivalent is ever added to grants.
Reference: agreements with Action Logement (no coefficient was read: values are the scenario's). Missing data: a loan
without its equivalent is refused when the scenario is read, and raises MissingBaseError here.
"""

from collections.abc import Iterator
from math import ceil

import numpy as np

from allocator.program.frame import Frame, MissingBaseError
from allocator.program.layout import Layout
from allocator.program.program import Rows, rows_of
from allocator.rules.lent import lent
from scenarios.document import GrantEquivalent, Loan


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per rule."""
    for rule in sorted(frame.scenario.rules, key=lambda rule: rule.code):
        if isinstance(rule, GrantEquivalent):
            yield _capped(frame, layout, rule)


def _capped(frame: Frame, layout: Layout, rule: GrantEquivalent) -> Rows:
    concerned = frame.concerned(rule)

    def equivalent(loan: Loan) -> int:
        if loan.partner not in rule.partners or not concerned[frame.operation_index[loan.operation]]:
            return 0
        if loan.grant_equivalent is None:
            raise MissingBaseError(f"{rule.code}: a loan to operation {loan.operation} has no grant-equivalent")
        return ceil(loan.amount * loan.grant_equivalent)

    equivalents = lent(frame, equivalent)
    cells = frame.cells_under(rule, *rule.partners)
    launches = np.flatnonzero(equivalents[frame.launch_operation])
    return rows_of(
        "grant_equivalent",
        (np.array([rule.code], dtype=object),),
        [
            (np.zeros(len(cells), dtype=np.int64), layout.commit(cells), 1),
            (
                np.zeros(len(launches), dtype=np.int64),
                layout.share(launches),
                equivalents[frame.launch_operation[launches]],
            ),
        ],
        rule.amount,
    )
