"""Minimum ticket. « Un partenaire apporte à une opération rien du tout, ou au moins un montant. ».

Inequality: ``sum_s commit[o,p,s] >= amount * brings[o,p]``; a partner whose presence is required (or the owner, or a
partner of a fixed plan) takes part in all that is launched: ``sum_s share[o,s] <= brings[o,p]``.
Index sets: pairs (o, p) of the rule's partner in the operations it concerns. Units: cents, all years together; the
ticket is not reduced with the part launched.
Reference: the rule's own (P4). Missing data: none possible.
"""

from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.participation import counted_pairs
from allocator.program.program import Rows, rows_of
from allocator.rules.naming import pair_names
from allocator.rules.participation import brought, launched
from scenarios.document import MinimumTicket

FAMILY = "minimum_ticket"


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per operation of the partner under each rule, and a second one where its presence is given."""
    for rule in sorted(frame.scenario.rules, key=lambda rule: rule.code):
        if not isinstance(rule, MinimumTicket):
            continue
        pairs = counted_pairs(frame, rule)
        local = np.arange(len(pairs))
        yield rows_of(
            FAMILY,
            pair_names(frame, pairs, rule.code),
            [brought(frame, layout, pairs, -1), (local, layout.brings[pairs], rule.amount)],
            0,
        )
        owner = frame.pair_partner[pairs] == frame.owner[frame.pair_operation[pairs]]
        given = pairs[frame.pair_required[pairs] | owner]
        yield rows_of(
            "minimum_ticket_required",
            pair_names(frame, given, rule.code),
            [launched(frame, layout, given), (np.arange(len(given)), layout.brings[given], -1)],
            0,
        )
