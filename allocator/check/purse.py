"""Yearly budgets of partners and pools: what both budget families share.

A holder is a partner, or a pool spent by all the partners that draw on it; a partner in a pool keeps its own limits.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from allocator.check.scope import Scope
from scenarios.document import Budget, Partner, Pool


class Overdraft(NamedTuple):
    """A year (or the years up to it, with carry-over) in which a holder spends more than it may, in cents."""

    holder: Partner | Pool
    year: int
    found: int
    limit: int


def overdrafts(
    scope: Scope,
    spent: dict[tuple[str, int], int],
    limited: Callable[[Partner | Pool], bool],
    allowed: Callable[[Budget], int | None],
) -> Iterator[Overdraft]:
    """Compare what limited holders spend with their budgets and withdrawn credits, year by year, by holder code.

    ``spent`` gives cents by partner and year. With carry-over both sides are running totals from the first year.
    Raises ValueError naming holder and year when the budget of a limited holder is missing.
    """
    budgets = {(line.holder, line.year): allowed(line) for line in scope.scenario.budgets}
    withdrawn: dict[tuple[str, int], int] = defaultdict(int)
    for line in scope.scenario.decommitments:
        withdrawn[line.holder, line.year] += line.amount
    holders: list[Partner | Pool] = [*scope.partners.values(), *scope.scenario.pools]
    for holder in sorted(filter(limited, holders), key=lambda line: line.code):
        spenders = _spenders(scope, holder)
        found = limit = 0
        for year in scope.scenario.years:
            budget = budgets.get((holder.code, year))
            if budget is None:
                raise ValueError(f"{holder.code}: no budget for {year}")
            if not holder.carry_over:
                found = limit = 0
            found += sum(spent.get((code, year), 0) for code in spenders)
            limit += budget + withdrawn[holder.code, year]
            if found > limit:
                yield Overdraft(holder, year, found, limit)


def _spenders(scope: Scope, holder: Partner | Pool) -> list[str]:
    if isinstance(holder, Partner):
        return [holder.code]
    return [partner.code for partner in scope.partners.values() if partner.pool == holder.code]
