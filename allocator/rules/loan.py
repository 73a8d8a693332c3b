"""K01 (loans). « Les prêts financent la part du maître d'ouvrage et ne s'ajoutent jamais aux subventions. ».

Inequality: ``commit[o,owner,s] >= (sum of the loans offered to o) * share[o,s]``.
Index sets: launches (o, s) of the operations with a loan. Units: cents.
Reference: regles.md K01 (``sum l <= own``). Missing data: none possible.
"""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.program import Rows, rows_of


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per launch of an operation with loans."""
    lent: dict[int, int] = defaultdict(int)
    for loan in frame.scenario.loans:
        lent[frame.operation_index[loan.operation]] += loan.amount
    amounts = np.array([lent.get(operation, 0) for operation in range(len(frame.operations))], dtype=np.int64)
    launches = np.flatnonzero(amounts[frame.launch_operation] > 0)
    local = np.arange(len(launches))
    owned = np.flatnonzero(frame.owner_cell[launches] >= 0)
    yield rows_of(
        "loan",
        (frame.operation_codes[frame.launch_operation[launches]], frame.launch_year[launches].astype(object)),
        [
            (local, layout.share(launches), amounts[frame.launch_operation[launches]]),
            (owned, layout.commit(frame.owner_cell[launches[owned]]), -1),
        ],
        0,
    )
