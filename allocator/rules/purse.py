"""Purses: who holds a budget (a partner, or a pool of partners), and how much each year."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from allocator.program.frame import Flags, Frame
from scenarios.document import Partner, Pool


@dataclass(frozen=True)
class Purse:
    """One limited purse: members among the partners, and for each year the years it sums and its limit in cents."""

    code: str
    members: Flags
    limits: tuple[tuple[int, frozenset[int], int], ...]


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
