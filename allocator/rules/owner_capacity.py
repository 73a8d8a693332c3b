"""K20. « Ce qu'un maître d'ouvrage porte de ses opérations reste sous ce qu'il peut porter, en tout et par an. ».

Inequality: ``sum_{o,s} commit[o,owner,s] <= amount``; for a given year t, ``sum_{o,s} paid[o,owner,s,t] <= amount``
where payments are those of ``payment_budget`` (the row is multiplied by the same common denominator).
Index sets: one row per rule; operations o it concerns that its partner owns. Units: cents.
Reference: financial study of the project (RGA of the ANRU, 2014, title I 5.3). Missing data: a partner that owns
nothing, or a year outside the horizon, is refused when the scenario is read.
"""

from collections.abc import Iterator

import numpy as np

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.program.program import Rows, rows_of
from allocator.rules.payment_budget import payment_rows
from allocator.rules.purse import Purse
from scenarios.document import OwnerCapacity


def rows(frame: Frame, layout: Layout) -> Iterator[Rows]:
    """Yield one row per rule: those on all years, then those on what is paid in one year."""
    for rule in _rules(frame):
        if rule.year is None:
            yield _borne(frame, layout, rule)
    yield from payment_rows(frame, layout, "owner_capacity", yearly(frame))


def yearly(frame: Frame) -> list[Purse]:
    """Return what owners can pay of their own operations in the years some rule names."""
    codes = np.array([partner.code for partner in frame.partners], dtype=object)
    owned = codes[frame.owner]
    return [
        Purse(
            rule.code,
            codes == rule.partner,
            ((rule.year, frozenset({rule.year}), rule.amount),),
            frame.concerned(rule) & (owned == rule.partner),
        )
        for rule in _rules(frame)
        if rule.year is not None
    ]


def _rules(frame: Frame) -> list[OwnerCapacity]:
    rules = [rule for rule in frame.scenario.rules if isinstance(rule, OwnerCapacity)]
    return sorted(rules, key=lambda rule: rule.code)


def _borne(frame: Frame, layout: Layout, rule: OwnerCapacity) -> Rows:
    cells = frame.cells_under(rule, rule.partner)
    own = cells[frame.cell_is_owner[cells]]
    terms = [(np.zeros(len(own), dtype=np.int64), layout.commit(own), 1)]
    return rows_of("owner_capacity", (np.array([rule.code], dtype=object),), terms, rule.amount)
