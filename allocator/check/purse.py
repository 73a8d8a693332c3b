"""Yearly budgets of partners and pools: what both budget families share.

A holder is a partner, or a pool spent by all the partners that draw on it; a partner in a pool keeps its own limits.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from allocator.check.scope import Scope
from scenarios.document import Budget, Partner, Pool


class Account(NamedTuple):
    """What a holder spends and may spend in a year (or up to it, with carry-over), in cents."""

    holder: Partner | Pool
    year: int
    found: int
    limit: int


def overdrafts(
    scope: Scope,
    spent: dict[tuple[str, int], int],
    limited: Callable[[Partner | Pool], bool],
    allowed: Callable[[Budget], int | None],
) -> Iterator[Account]:
    """Give the years in which limited holders spend more than their budgets and withdrawn credits; see ``running``."""
    holders: list[Partner | Pool] = [*scope.partners.values(), *scope.scenario.pools]
    chosen = {holder.code for holder in holders if limited(holder)}
    return (line for line in running(scope, spent, chosen, allowed) if line.found > line.limit)


def running(
    scope: Scope,
    spent: dict[tuple[str, int], int],
    chosen: Collection[str],
    allowed: Callable[[Budget], int | None],
) -> Iterator[Account]:
    """Give what the chosen holders spend and may spend, year by year, by holder code.

    ``spent`` gives cents by partner and year. With carry-over both sides are running totals from the first year.
    Raises ValueError naming holder and year when the budget of a limited holder is missing.
    """
    budgets = {(line.holder, line.year): allowed(line) for line in scope.scenario.budgets}
    withdrawn: dict[tuple[str, int], int] = defaultdict(int)
    for line in scope.scenario.decommitments:
        withdrawn[line.holder, line.year] += line.amount
    holders: list[Partner | Pool] = [*scope.partners.values(), *scope.scenario.pools]
    for holder in sorted((line for line in holders if line.code in chosen), key=lambda line: line.code):
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
            yield Account(holder, year, found, limit)


def _spenders(scope: Scope, holder: Partner | Pool) -> list[str]:
    if isinstance(holder, Partner):
        return [holder.code]
    return [partner.code for partner in scope.partners.values() if partner.pool == holder.code]
