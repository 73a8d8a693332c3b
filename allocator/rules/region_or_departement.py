"""K09. « Une opération reçoit des subventions de la région ou d'un département, pas des deux. ».

Inequality: ``sum_p brings[o,p] <= 1`` over the régions and the départements other than the owner.
Index sets: operations o the rule concerns, except those under a State-région contract (CPER) or a concerted-exercise
agreement (CTEC), which the operation says itself (``concerted``). Units: partners that bring money.
Reference: CGCT L.1111-9 I 3°, L.1111-9-1. Missing data: an operation that does not say that it is concerted is not.
"""

from collections.abc import Iterator

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.program import Rows
from allocator.rules.partner_limit import at_most
from scenarios.document import RegionOrDepartement

FAMILY = "region_or_departement"


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per operation that both levels could fund, under each rule."""
    for rule in sorted(frame.scenario.rules, key=lambda rule: rule.code):
        if isinstance(rule, RegionOrDepartement):
            yield at_most(frame, layout, FAMILY, rule, 1)
