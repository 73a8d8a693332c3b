"""Names of rows: codes only, never labels (accents and spaces collide in solver files)."""

import numpy as np

from allocator.program.frame import Frame, Ints, Names


def cell_names(frame: Frame, cells: Ints, rule: str | None = None) -> tuple[Names, ...]:
    """Return operation, partner and start year of each cell, after the code of the rule when there is one."""
    names = (
        frame.operation_codes[frame.cell_operation[cells]],
        frame.partner_codes[frame.cell_partner[cells]],
        frame.cell_year[cells].astype(object),
    )
    return names if rule is None else (np.full(len(cells), rule, dtype=object), *names)


def pair_names(frame: Frame, pairs: Ints, rule: str | None = None) -> tuple[Names, ...]:
    """Return operation and partner of each pair, after the code of the rule when there is one."""
    names = frame.operation_codes[frame.pair_operation[pairs]], frame.partner_codes[frame.pair_partner[pairs]]
    return names if rule is None else (np.full(len(pairs), rule, dtype=object), *names)
