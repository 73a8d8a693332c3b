"""K12. « Avant l'année d'achèvement, un partenaire ne paie qu'une part de son engagement ; le solde, après. ».

Inequality: ``sum_{t < done} pay[o,p,s,t] <= rate * commit[o,p,s]``, the operation being
completed in the last year that its profile pays.
Index sets: cells (o, p, s) of the partner of a rule whose payments are free, in the operations it concerns without a
fixed plan; years t from s to the one before completion. Units: cents, rate in [0, 1].
Reference: each funder's financial regulation. Missing data: none possible. A partner that follows the profile has no
row: a profile, or a fixed plan, that pays more than the rate is refused when the scenario is read.
"""

from collections.abc import Iterator

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.program import Rows
from allocator.rules.early_payment import early_rows
from scenarios.document import InstalmentCeiling


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per rule and free cell."""
    yield early_rows(frame, layout, "instalment_ceiling", InstalmentCeiling)
