"""Payments in whole cents: every commitment paid in full, at its rhythm, within every yearly budget.

Each payment is the exact one rounded down or up, the largest remainders first. Where that breaks a yearly
budget, payments are rounded together by ``joint_rounding``.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

import numpy as np

from allocator.cents.draft import Draft
from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.rules.early_payment import EarlyLimit, early_limits
from allocator.rules.purse import Purse
from scenarios.document import AdvanceCeiling, InstalmentCeiling


@dataclass(frozen=True)
class Paid:
    """One payment of a cell: its year, exact amount and whole amount, in cents."""

    cell: int
    year: int
    exact: Fraction
    amount: int

    @property
    def is_whole(self) -> bool:
        """Whether the exact payment is a whole number of cents, and so leaves no choice."""
        return self.exact.denominator == 1


def simple_payments(layout: Layout, draft: Draft) -> list[Paid]:
    """Round the payments of each cell on their own; they sum to its commitment. Free payments are whole already."""
    frame = layout.frame
    free = zip(layout.paying_cell.tolist(), layout.paying_year.tolist(), draft.paid.tolist(), strict=True)
    payments = [Paid(cell, year, Fraction(amount), amount) for cell, year, amount in free if amount]
    for cell in np.flatnonzero(~frame.free_cells).tolist():
        amount = int(draft.amounts[cell])
        due = [Paid(cell, year, exact, floor(exact)) for year, exact in _due(frame, draft, cell) if exact]
        up = amount - sum(paid.amount for paid in due)
        by_remainder = sorted(range(len(due)), key=lambda i: (due[i].amount - due[i].exact, due[i].year))
        for i in by_remainder[:up]:
            due[i] = replace(due[i], amount=due[i].amount + 1)
        payments.extend(due)
    return payments


def _due(frame: Frame, draft: Draft, cell: int) -> Iterator[tuple[int, Fraction]]:
    """Yield the exact payments of a cell by year."""
    operation = int(frame.cell_operation[cell])
    if frame.planned[operation]:
        share = Fraction(int(draft.funded[frame.cell_launch[cell]]), int(frame.to_fund[operation]))
        for year, cents in sorted(frame.plan_payments[operation, int(frame.cell_partner[cell])]):
            yield year, cents * share
    elif draft.amounts[cell]:
        shares = frame.profiles[str(frame.operations[operation].profile)]
        for offset, (numerator, denominator) in sorted(shares.items()):
            yield int(frame.cell_year[cell]) + offset, Fraction(int(draft.amounts[cell]) * numerator, denominator)


def overspent(frame: Frame, limited: Sequence[Purse], payments: Sequence[Paid]) -> list[tuple[Purse, int]]:
    """Return the purses and years whose payment budget whole payments exceed."""
    found = []
    for purse in limited:
        by_year: dict[int, int] = defaultdict(int)
        counted = purse.cells(frame)
        for paid in payments:
            if counted[paid.cell]:
                by_year[paid.year] += paid.amount
        for year, summed, limit in purse.limits:
            if sum(by_year[t] for t in summed) > limit:
                found.append((purse, year))
    return found


def too_early(frame: Frame, draft: Draft, payments: Sequence[Paid]) -> list[tuple[EarlyLimit, int]]:
    """Return the limits on early payments that whole payments exceed, with the most cents that they allow."""
    by_cell: dict[int, list[Paid]] = defaultdict(list)
    for paid in payments:
        by_cell[paid.cell].append(paid)
    return [
        (limit, most)
        for limit, most in early_cents(frame, draft)
        if sum(paid.amount for paid in by_cell[limit.cell] if paid.year in limit.years) > most
    ]


def early_cents(frame: Frame, draft: Draft) -> Iterator[tuple[EarlyLimit, int]]:
    """Yield the limits on early payments with the most cents that they allow under the commitments of a draft."""
    for kind in (AdvanceCeiling, InstalmentCeiling):
        for limit in early_limits(frame, kind):
            yield limit, floor(limit.rule.rate * int(draft.amounts[limit.cell]))


def committed(draft: Draft, payments: Sequence[Paid]) -> Draft:
    """Return the draft whose commitments are the sums of their payments (they differ only in fixed plans)."""
    amounts = np.zeros_like(draft.amounts)
    for paid in payments:
        amounts[paid.cell] += paid.amount
    return draft.with_amounts(amounts)
