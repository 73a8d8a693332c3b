"""K19. « Une entreprise ne reçoit pas plus qu'un montant d'aides publiques sur trois années glissantes. ».

Inequality: ``sum_{o,p,s} commit[o,p,s] <= max(0, amount - past[u,t])``, for the operations o of the undertaking u, the
partners p whose kind the rule counts, u itself apart, and the start years s = t-2, t-1, t. ``past[u,t]`` sums the aids
already received that a grant of year t would still add to: those less than three years old on the first of January of
t, granted in t at the latest.
Index sets: undertakings u (owners of the operations the rule concerns), years t of the horizon. Units: cents.
A plan knows years, not days: the grants of two years are taken to be decided on the same day of the year; aids already
received, whose day is known, are counted on the most severe day.
Reference: règlement (UE) 2023/2831 (1407/2013 before). Missing data: without past aids, none is counted.
"""

from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.program import Rows, Term, rows_of
from scenarios.document import DeMinimis, PastAid

FAMILY = "de_minimis"

WINDOW = 3
"""Years over which aids add up."""


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield, under each rule, one row per undertaking and year."""
    for rule in sorted(frame.scenario.rules, key=lambda rule: rule.code):
        if isinstance(rule, DeMinimis):
            concerned = frame.concerned(rule)
            for owner in np.unique(frame.owner[concerned]).tolist():
                yield _of_undertaking(frame, layout, rule, owner)


def _of_undertaking(frame: Frame, layout: Layout, rule: DeMinimis, owner: int) -> Rows:
    operations = frame.concerned(rule) & (frame.owner == owner)
    aids = frame.of_kinds(rule.counts)[frame.cell_partner] & ~frame.cell_is_owner
    cells = np.flatnonzero(aids & operations[frame.cell_operation])
    code = str(frame.partner_codes[owner])
    past = [line for line in frame.scenario.past_aids if line.partner == code]
    years = list(frame.scenario.years)
    terms: list[Term] = []
    for row, year in enumerate(years):
        held = cells[(frame.cell_year[cells] > year - WINDOW) & (frame.cell_year[cells] <= year)]
        terms.append((np.full(len(held), row, dtype=np.int64), layout.commit(held), 1))
    limits = [max(0, rule.amount - sum(line.amount for line in past if still_counts(line, year))) for year in years]
    count = len(years)
    names = np.full(count, rule.code, dtype=object), np.full(count, code, dtype=object), np.array(years, dtype=object)
    return rows_of(FAMILY, names, terms, np.array(limits, dtype=np.int64))


def still_counts(aid: PastAid, year: int) -> bool:
    """Tell whether an aid is less than three years old on the first of January of a year, and not after that year."""
    anniversary = aid.day.year + WINDOW, aid.day.month, aid.day.day
    return anniversary > (year, 1, 1) and aid.day.year <= year
