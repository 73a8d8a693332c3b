"""Limited budgets year by year: what is used of each, what it allows, what is left. Amounts are integer cents."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from reports.layout.figures import Figures
from scenarios.document import Budget, Partner, Pool


class Flow(StrEnum):
    """What a budget limits."""

    COMMITMENT = "commitment"
    PAYMENT = "payment"


@dataclass(frozen=True)
class BudgetYear:
    """One year of one budget, in cents; with carry-over, ``left`` is what remains of all years so far."""

    year: int
    used: int
    limit: int
    left: int

    @property
    def available(self) -> int:
        """What may be used this year: its limit, and what former years leave when it is carried over."""
        return self.left + self.used


@dataclass(frozen=True)
class BudgetLine:
    """The commitment or payment budget of one partner, or of the pool several partners draw on."""

    holder: Partner | Pool
    flow: Flow
    years: tuple[BudgetYear, ...]


def budget_lines(figures: Figures) -> tuple[BudgetLine, ...]:
    """Return limited budgets: partners in the order of every table, then pools; commitments before payments.

    Raises ValueError when a limited holder misses a year.
    """
    holders: list[Partner | Pool] = [*figures.in_order(figures.index.partners)]
    holders.extend(sorted(figures.scenario.pools, key=lambda pool: pool.code))
    return tuple(line for holder in holders for line in _lines(figures, holder))


def _lines(figures: Figures, holder: Partner | Pool) -> Iterator[BudgetLine]:
    if holder.commitment_limited:
        yield BudgetLine(
            holder, Flow.COMMITMENT, _years(figures, holder, Flow.COMMITMENT, lambda line: line.commitment)
        )
    if holder.payment_limited:
        yield BudgetLine(holder, Flow.PAYMENT, _years(figures, holder, Flow.PAYMENT, lambda line: line.payment))


def _years(
    figures: Figures, holder: Partner | Pool, flow: Flow, allowed: Callable[[Budget], int | None]
) -> tuple[BudgetYear, ...]:
    budgets = figures.index.budgets[holder.code]
    members = figures.index.members[holder.code]
    years: list[BudgetYear] = []
    for year in figures.scenario.years:
        withdrawn = (
            line.amount for line in figures.scenario.decommitments if (line.holder, line.year) == (holder.code, year)
        )
        budget = allowed(budgets[year])
        if budget is None:
            raise ValueError(f"{holder.code}: no {flow} budget for {year}")
        limit = budget + sum(withdrawn)
        used = sum(figures.brought.get((flow.value, member.code, year), 0) for member in members)
        carried = years[-1].left if years and holder.carry_over else 0
        years.append(BudgetYear(year, used, limit, carried + limit - used))
    return tuple(years)
