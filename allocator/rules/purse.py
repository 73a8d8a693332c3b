"""Purses: who holds a budget (a partner, or a pool of partners), and how much each year."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from allocator.program.frame import BEYOND, Flags, Frame, Ints
from allocator.program.layout import Layout
from allocator.program.program import Rows, Term, rows_of
from scenarios.document import Partner, Pool


@dataclass(frozen=True)
class Purse:
    """One limited purse: members among the partners, and for each year the years it sums and its limit in cents.

    ``operations``: those whose spending counts; all of them when it is None.
    """

    code: str
    members: Flags
    limits: tuple[tuple[int, frozenset[int], int], ...]
    operations: Flags | None = None

    def cells(self, frame: Frame) -> Flags:
        """Return the cells whose spending counts."""
        held: Flags = self.members[frame.cell_partner]
        return held if self.operations is None else held & self.operations[frame.cell_operation]

    def summed(self, years: range) -> Ints:
        """Return one line per limit: 1 for each of the given years that it sums, 0 for the others."""
        return np.array([[year in summed for year in years] for _, summed, _ in self.limits], dtype=np.int64)


def budget_terms(rank: int, columns: Ints, coefficients: Ints) -> Term:
    """Return the entries of the limits of the purse of that rank; coefficients: one line per limit."""
    count = len(coefficients)
    return np.repeat(rank * count + np.arange(count), len(columns)), np.tile(columns, count), coefficients.ravel()


def commitment_terms(frame: Frame, layout: Layout, limited: Sequence[Purse]) -> list[Term]:
    """Return what each purse commits, under each of its limits."""
    terms = []
    for rank, purse in enumerate(limited):
        held = np.flatnonzero(purse.cells(frame))
        year = frame.cell_year[held] - frame.scenario.first_year
        terms.append(budget_terms(rank, layout.commit(held), purse.summed(frame.scenario.years)[:, year]))
    return terms


def budget_rows(frame: Frame, family: str, limited: Sequence[Purse], terms: Sequence[Term], multiple: int = 1) -> Rows:
    """Build one row per purse and limit, in that order, each limit being multiplied by ``multiple``.

    A limit beyond 64 bits is replaced by all that could ever be spent: it binds no one either way.
    """
    spendable = multiple * sum(frame.to_fund.tolist())
    limits = [
        (purse.code, year, multiple * limit if multiple * limit < BEYOND else min(multiple * limit, spendable))
        for purse in limited
        for year, _, limit in purse.limits
    ]
    codes, years, amounts = zip(*limits, strict=True) if limits else ((), (), ())
    names = np.array(codes, dtype=object), np.array(years, dtype=object)
    return rows_of(family, names, terms, np.array(amounts, dtype=np.int64))


def purses(frame: Frame, column: Literal["commitment", "payment"]) -> Iterator[Purse]:
    """Yield the purses limited in ``column``, sorted by code.

    Decommitted credits are resources of their year. With carry-over, each limit bears on running totals.
    """
    scenario = frame.scenario
    amounts: dict[tuple[str, int], int] = defaultdict(int)
    for budget in scenario.budgets:
        amounts[budget.holder, budget.year] += getattr(budget, column) or 0
    for decommitment in scenario.decommitments:
        amounts[decommitment.holder, decommitment.year] += decommitment.amount
    holders: list[Partner | Pool] = [*scenario.partners, *scenario.pools]
    for holder in sorted(holders, key=lambda holder: holder.code):
        if getattr(holder, f"{column}_limited"):
            yield Purse(holder.code, _members(frame, holder), tuple(_limits(frame, holder, amounts)))


def _members(frame: Frame, holder: Partner | Pool) -> Flags:
    if isinstance(holder, Pool):
        return np.array([partner.pool == holder.code for partner in frame.partners], dtype=np.bool_)
    return np.array([partner.code == holder.code for partner in frame.partners], dtype=np.bool_)


def _limits(
    frame: Frame, holder: Partner | Pool, amounts: dict[tuple[str, int], int]
) -> Iterator[tuple[int, frozenset[int], int]]:
    first = frame.scenario.first_year
    for year in frame.scenario.years:
        summed = range(first if holder.carry_over else year, year + 1)
        yield year, frozenset(summed), sum(amounts[holder.code, t] for t in summed)
