"""K10. « Les fonds de concours ne dépassent pas la part du bénéficiaire, une fois déduites les autres subventions. ».

Inequality: ``(1 - rate) * sum_q commit[o,q,s] <= rate * commit[o,owner,s]`` over partners q other than the owner
whose kind the rule counts; with a rate of one half, ``sum_q commit[o,q,s] <= commit[o,owner,s]``.
Index sets: launches (o, s) of the operations the rule concerns. Units: cents, rate in [0, 1).
Reference: CGCT L.5216-5 VI, L.5215-26, L.5214-16 V. Missing data: none possible.
"""

from collections.abc import Iterator

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.program import Rows
from allocator.rules.owner_floor import least_own_share
from scenarios.document import TransferContribution


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per launch under each rule."""
    for rule in sorted(frame.scenario.rules, key=lambda rule: rule.code):
        if isinstance(rule, TransferContribution):
            yield least_own_share(frame, layout, "transfer_contribution", rule, 1 - rule.rate)
