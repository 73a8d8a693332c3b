"""K12. « Un partenaire ne paie pas plus, chaque année, que ses crédits de paiement. ».

Inequality: ``sum_o sum_s profile[o,t-s] * commit[o,p,s] <= budget[p,t] + decommitted[p,t]``, where an operation
with a fixed plan pays ``plan[o,p,t] * share[o,s]``, and a partner whose payments are free ``sum_s pay[o,p,s,t]``
(see ``free_payment``); with carry-over, on running totals.
Index sets: purses that declare their payments limited; years t of the horizon. Units: cents; the row is
multiplied by the least common multiple of the denominators of the profiles, to stay in integers.
Reference: CGCT L.2311-3 (CP). Missing data: as for commitments; profiles must sum to one.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from allocator.program.frame import Frame, Ints
from allocator.program.layout import Layout
from allocator.program.program import Rows
from allocator.rules.purse import Purse, budget_rows, budget_terms, purses


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per purse and year; the checks bound the common denominator of the profiles."""
    yield from payment_rows(frame, layout, "payment_budget", list(purses(frame, "payment")))


def payment_rows(frame: Frame, layout: Layout, family: str, limited: Sequence[Purse]) -> Iterator[Rows]:
    """Yield one row per purse and limit on what is paid; none without purses."""
    if not limited:
        return
    cells, years, columns, coefficients = paid(frame, layout)
    ranks = years - frame.scenario.first_year
    terms = []
    position = np.zeros(layout.width, dtype=np.int64)
    for rank, purse in enumerate(limited):
        held = np.flatnonzero(purse.cells(frame)[cells])
        position[:] = 0
        position[columns[held]] = 1
        entries = np.flatnonzero(position)
        position[entries] = np.arange(len(entries))
        by_year = np.zeros((len(frame.scenario.years), len(entries)), dtype=np.int64)
        np.add.at(by_year.ravel(), ranks[held] * len(entries) + position[columns[held]], coefficients[held])
        terms.append(budget_terms(rank, entries, purse.summed(frame.scenario.years) @ by_year))
    yield budget_rows(frame, family, limited, terms, frame.profile_multiple)


def paid(frame: Frame, layout: Layout) -> tuple[Ints, Ints, Ints, Ints]:
    """Return every payment as (cell, year, column it is proportional to, coefficient times the multiple)."""
    multiple = frame.profile_multiple
    follows = ~frame.planned[frame.cell_operation] & ~frame.free_cells
    parts: list[tuple[Ints, Ints, Ints, Ints]] = []
    profile_of = np.array([operation.profile for operation in frame.operations], dtype=object)
    for profile, shares in sorted(frame.profiles.items()):
        cells = np.flatnonzero((profile_of == profile)[frame.cell_operation] & follows)
        for offset, (numerator, denominator) in sorted(shares.items()):
            weight = np.full(len(cells), numerator * (multiple // denominator), dtype=np.int64)
            parts.append((cells, frame.cell_year[cells] + offset, layout.commit(cells), weight))
    parts.append(_paid_by_plan(frame, layout))
    free = np.arange(len(layout.paying_cell))
    weight = np.full(len(free), multiple, dtype=np.int64)
    parts.append((layout.paying_cell, layout.paying_year, layout.pay(free), weight))
    cells, years, columns, weights = (np.concatenate(column) for column in zip(*parts, strict=True))
    return cells, years, columns, weights


def _paid_by_plan(frame: Frame, layout: Layout) -> tuple[Ints, Ints, Ints, Ints]:
    entries = [
        (cell, year, frame.cell_launch[cell], cents * frame.profile_multiple)
        for cell in np.flatnonzero(frame.planned[frame.cell_operation]).tolist()
        for year, cents in frame.plan_payments[int(frame.cell_operation[cell]), int(frame.cell_partner[cell])]
    ]
    cells, years, launches, weights = np.array(entries, dtype=np.int64).reshape(-1, 4).T
    return cells, years, layout.share(launches), weights
