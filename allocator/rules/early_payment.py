"""What is paid before an operation is completed: what the two ceilings on the rhythm of payments share."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from allocator.program.frame import Frame, Ints
from allocator.program.layout import Layout
from allocator.program.program import Rows, rows_of
from allocator.rules.naming import cell_names
from scenarios.document import AdvanceCeiling, InstalmentCeiling


@dataclass(frozen=True)
class EarlyLimit:
    """A cell pays at most ``rate`` of its commitment in ``years``."""

    rule: AdvanceCeiling | InstalmentCeiling
    cell: int
    years: range


def early_limits(frame: Frame, kind: type[AdvanceCeiling | InstalmentCeiling]) -> Iterator[EarlyLimit]:
    """Yield the limits of the rules of one kind, by code then cell; none where a fixed plan says what is paid when.

    An operation completed in its start year has no payment before completion, and nothing limits it.
    """
    last = {
        profile: max(offset for offset, (numerator, _whole) in shares.items() if numerator)
        for profile, shares in frame.profiles.items()
    }
    for rule in sorted(frame.scenario.rules, key=lambda rule: rule.code):
        if not isinstance(rule, kind):
            continue
        cells = frame.cells_under(rule, rule.partner)
        for cell in cells[~frame.planned[frame.cell_operation[cells]]].tolist():
            start, length = int(frame.cell_year[cell]), last[str(frame.operation(cell).profile)]
            before = min(length, 1) if isinstance(rule, AdvanceCeiling) else length
            if before:
                yield EarlyLimit(rule, cell, range(start, start + before))


def early_rows(frame: Frame, layout: Layout, family: str, kind: type[AdvanceCeiling | InstalmentCeiling]) -> Rows:
    """Return one row per limit on free payments; the profile of the other partners was checked when it was read."""
    limits = [limit for limit in early_limits(frame, kind) if frame.free_cells[limit.cell]]
    cells = np.array([limit.cell for limit in limits], dtype=np.int64)
    denominators = _whole([limit.rule.rate.denominator for limit in limits])
    numerators = _whole([limit.rule.rate.numerator for limit in limits])
    place = {key: i for i, key in enumerate(zip(layout.paying_cell.tolist(), layout.paying_year.tolist(), strict=True))}
    entries = [(row, place[limit.cell, year]) for row, limit in enumerate(limits) for year in limit.years]
    local, payments = np.array(entries, dtype=np.int64).reshape(-1, 2).T
    codes = np.array([limit.rule.code for limit in limits], dtype=object)
    terms = [
        (local, layout.pay(payments), denominators[local]),
        (np.arange(len(limits)), layout.commit(cells), -numerators),
    ]
    return rows_of(family, (codes, *cell_names(frame, cells)), terms, 0)


def _whole(numbers: list[int]) -> Ints:
    return np.array(numbers, dtype=np.int64)
