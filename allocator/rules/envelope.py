"""K11 (envelopes). « Les engagements de partenaires sur une partie du programme restent sous l'enveloppe. ».

Inequality: ``sum_{o,p,s} commit[o,p,s] <= amount``.
Index sets: partners p the envelope lists; operations o of its natures, territories and projects (an empty list
does not restrict). Units: cents, all years together. Reference: the envelope's provenance.
Missing data: a filter that matches nothing is refused when the scenario is read.
"""

from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.program import Rows, rows_of


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per envelope."""
    for envelope in sorted(frame.scenario.envelopes, key=lambda envelope: envelope.code):
        members = np.array([partner.code in envelope.partners for partner in frame.partners], dtype=np.bool_)
        covered = frame.enveloped(envelope)[frame.cell_operation]
        cells = np.flatnonzero(covered & members[frame.cell_partner])
        names = (np.array([envelope.code], dtype=object),)
        terms = [(np.zeros(len(cells), dtype=np.int64), layout.commit(cells), 1)]
        yield rows_of("envelope", names, terms, envelope.amount)
