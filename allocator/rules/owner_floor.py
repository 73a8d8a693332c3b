"""K08. « Le maître d'ouvrage supporte une part minimale du total apporté par les personnes publiques, lui compris. ».

Inequality: ``(1 - rate) * commit[o,owner,s] >= rate * sum_q commit[o,q,s]`` over partners q other than the owner
whose kind the rule counts as public; private money and loans stay out of both sides.
Index sets: launches (o, s) of the operations the rule concerns. Units: cents, rate in [0, 1).
Reference: CGCT L.1111-10 III (20 %), L.1111-9 (30 %); lifted by derogation for PNRU and NPNRU operations (loi
2003-710 art. 9 and 9-3). Missing data: an operation with a fixed plan in which the owner has no line has no
own share, so that any public money breaks the rule.
"""

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.program import Rows, rows_of
from scenarios.document import OwnerFloor, TransferContribution


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per launch under each rule."""
    for rule in sorted(frame.scenario.rules, key=lambda rule: rule.code):
        if isinstance(rule, OwnerFloor):
            yield least_own_share(frame, layout, "owner_floor", rule, rule.rate)


def least_own_share(
    frame: Frame, layout: Layout, family: str, rule: OwnerFloor | TransferContribution, rate: Fraction
) -> Rows:
    """Build one row per launch: the owner brings at least ``rate`` of what it and the kinds counted bring together."""
    launches = np.flatnonzero(frame.concerned(rule)[frame.launch_operation])
    row_of_launch = np.full(layout.launches, -1, dtype=np.int64)
    row_of_launch[launches] = np.arange(len(launches))
    here = row_of_launch[frame.cell_launch] >= 0
    counted = np.flatnonzero(here & frame.of_kinds(rule.counts)[frame.cell_partner] & ~frame.cell_is_owner)
    own = np.flatnonzero(here & frame.cell_is_owner)
    part, whole = rate.numerator, rate.denominator
    return rows_of(
        family,
        (
            np.full(len(launches), rule.code, dtype=object),
            frame.operation_codes[frame.launch_operation[launches]],
            frame.launch_year[launches].astype(object),
        ),
        [
            (row_of_launch[frame.cell_launch[counted]], layout.commit(counted), part),
            (row_of_launch[frame.cell_launch[own]], layout.commit(own), part - whole),
        ],
        0,
    )
