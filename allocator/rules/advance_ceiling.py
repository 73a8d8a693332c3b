"""K12. « Un partenaire ne paie l'année de lancement qu'une part de son engagement. ».

Inequality: ``pay[o,p,s,s] <= rate * commit[o,p,s]``, the operation being
completed in the last year that its profile pays.
Index sets: cells (o, p, s) of the partner of a rule whose payments are free, in the operations it concerns without a
fixed plan; the start year s, when the operation is completed later. Units: cents, rate in [0, 1].
Reference: each funder's financial regulation. Missing data: none possible. A partner that follows the profile has no
row: a profile, or a fixed plan, that pays more than the rate is refused when the scenario is read.
"""

from collections.abc import Iterator

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.program import Rows
from allocator.rules.early_payment import early_rows
from scenarios.document import AdvanceCeiling


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per rule and free cell."""
    yield early_rows(frame, layout, "advance_ceiling", AdvanceCeiling)
