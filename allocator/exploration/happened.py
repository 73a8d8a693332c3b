"""The scenario that a draw leaves.

Costs (all the bases given) are multiplied and rounded to the cent; receipts, eligible bases, decided amounts and rules
stay what they are, and a fixed plan grows in proportion. Budgets of a purse that is cut, and credits it takes back, are
multiplied and rounded down, and so are the least amounts its partners had decided; a partner that withdraws from every
year brings nothing at all. An operation that is late may start in the years of the scenario moved by its delay, its
fixed plan with it. One that could no longer be paid within the horizon, or whose owner withdraws, is not launched,
mandatory or not, whatever had been decided for it.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import floor
from typing import TypeVar

from allocator.divisions.hamilton import round_quotas
from allocator.exploration.draws import Cut, Draw
from scenarios.document import Budget, Decommitment, Lock, LockSense, Operation, PlanLine, Scenario
from scenarios.document.index import Index

_COSTS = ("cost_excl_vat", "cost_incl_vat", "cost_unspecified")

BY = "aléa"
"""Author of what a draw forbids."""

Yearly = TypeVar("Yearly", Budget, Decommitment)


def happened(scenario: Scenario, drawn: Draw) -> Scenario:
    """Return the scenario once a draw has happened."""
    index = Index(scenario)
    late = {code: years for code, years in drawn.delays.items() if years}
    gone = _gone(index, drawn.cuts)
    never = {code for code in late if _starts(index, index.operations[code], late[code]) is None}
    never |= {operation.code for operation in scenario.operations if operation.owner in gone}
    operations = tuple(
        _moved(index, _dearer(line, drawn.costs.get(line.code, Fraction(1))), late.get(line.code, 0))
        for line in scenario.operations
    )
    operations = tuple(
        line.model_copy(update={"mandatory": False}) if line.code in never else line for line in operations
    )
    years = {code: count for code, count in late.items() if code not in never}
    return scenario.model_copy(
        update={
            "operations": operations,
            "plans": tuple(_plans(index, operations, years)),
            "budgets": tuple(_less(line, drawn.cuts, ("commitment", "payment")) for line in scenario.budgets),
            "decommitments": tuple(_less(line, drawn.cuts, ("amount",)) for line in scenario.decommitments),
            "locks": (*_decided(index, never, drawn.cuts), *_forbidden(index, never, gone)),
        }
    )


def _dearer(operation: Operation, factor: Fraction) -> Operation:
    if factor == 1:
        return operation
    given = ((name, getattr(operation, name)) for name in _COSTS)
    top, bottom = factor.numerator, factor.denominator
    # Rounded to the nearest cent, half up, in whole numbers: fractions take ten times longer.
    rounded = {name: (2 * cost * top + bottom) // (2 * bottom) for name, cost in given if cost is not None}
    return operation.model_copy(update=rounded)


def _starts(index: Index, operation: Operation, years: int) -> tuple[int, int] | None:
    """Return the first and last years of a launch that is late, None when it can no longer be paid in time."""
    first = operation.earliest_start + years
    if operation.profile is None:
        lasting = max(line.year for line in index.plans[operation.code]) - operation.earliest_start
    else:
        lasting = max((offset for offset, share in index.profiles[operation.profile] if share), default=0)
    last = min(operation.latest_start + years, index.scenario.last_year - lasting)
    return (first, last) if first <= last else None


def _moved(index: Index, operation: Operation, years: int) -> Operation:
    starts = _starts(index, operation, years) if years else None
    if starts is None:
        return operation
    return operation.model_copy(update={"earliest_start": starts[0], "latest_start": starts[1]})


def _plans(index: Index, operations: Sequence[Operation], late: dict[str, int]) -> Iterator[PlanLine]:
    """Give the fixed plans, in proportion to what is now to fund, in the years when they are now paid."""
    for operation in operations:
        lines = index.plans.get(operation.code)
        if not lines:
            continue
        before = index.operations[operation.code].to_fund
        growth = Fraction(operation.to_fund, before) if before else Fraction(1)
        amounts = round_quotas({f"{place:09d}": line.amount * growth for place, line in enumerate(lines)})
        for line, amount in zip(lines, amounts.values(), strict=True):
            yield line.model_copy(update={"amount": amount, "year": line.year + late.get(operation.code, 0)})


def _less(line: Yearly, cuts: Sequence[Cut], columns: Sequence[str]) -> Yearly:
    left = Fraction(1)
    for cut in cuts:
        if cut.holder == line.holder and (cut.from_year is None or line.year >= cut.from_year):
            left *= 1 - cut.rate
    if left == 1:
        return line
    given = ((name, getattr(line, name)) for name in columns)
    return line.model_copy(update={name: floor(amount * left) for name, amount in given if amount is not None})


def _gone(index: Index, cuts: Sequence[Cut]) -> set[str]:
    """Return the partners that withdraw from every year."""
    holders = (cut.holder for cut in cuts if cut.rate == 1 and cut.from_year is None)
    return {partner.code for holder in holders for partner in index.members[holder]}


def _decided(index: Index, never: set[str], cuts: Sequence[Cut]) -> Iterator[Lock]:
    """Give the decided amounts: what was promised at least falls with the budgets it was promised from."""
    left: dict[str, Fraction] = {}
    for cut in cuts:
        for partner in index.members[cut.holder]:
            left[partner.code] = left.get(partner.code, Fraction(1)) * (1 - cut.rate)
    for line in index.scenario.locks:
        kept = Fraction(0) if line.operation in never else left.get(line.partner, Fraction(1))
        if kept == 1:
            yield line
            continue
        if line.sense is not LockSense.AT_MOST:
            yield line.model_copy(update={"sense": LockSense.AT_LEAST, "amount": floor(line.amount * kept)})
        if line.sense is not LockSense.AT_LEAST:
            yield line.model_copy(update={"sense": LockSense.AT_MOST})


def _forbidden(index: Index, never: set[str], gone: set[str]) -> Iterator[Lock]:
    """Give the locks that keep operations from being launched, and partners that withdraw from paying."""
    for code, payers in index.funders.items():
        for payer in payers:
            if code in never or payer in gone:
                yield Lock(operation=code, partner=payer, sense=LockSense.AT_MOST, amount=0, author=BY, reason="Tirage")
