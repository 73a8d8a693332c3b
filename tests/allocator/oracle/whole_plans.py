"""The best plan whose commitments are whole cents, by looking at all of them: only for costs of a few cents.

Payments are measured before they are rounded, as in the continuous problem: rounding them may only move, from one
year to the next, what a budget leaves.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import lcm

from scenarios.document import MAXIMISED, Scenario
from tests.allocator.oracle.predicates import (
    Launched,
    broken_launch,
    broken_operation,
    broken_several,
    reached,
)
from tests.allocator.oracle.reading import Reading
from tests.allocator.oracle.several import Bound, bounds, capacities
from tests.allocator.oracle.together import exclusions, shared_limits, used

Usage = tuple[int | Fraction, ...]
"""Cents used of each budget and envelope, in the order of ``_limits``."""

Worth = tuple[Fraction, ...]
"""Values of the goals in order, those to minimise with their sign changed."""


def best_whole_plan(document: Scenario) -> tuple[Fraction, ...] | None:
    """Give the values of the goals for the best plan in whole cents; None when there is no such plan."""
    reading = Reading(document)
    limits = _limits(reading)
    kept = _judged_at_once(reading)
    frontier: dict[Usage, Worth] = {(0,) * len(limits): (Fraction(0),) * len(document.goals)}
    for code in reading.operations:
        offers = _offers(reading, code)
        grown: dict[Usage, Worth] = {}
        for (spent, worth), (more, gain) in product(frontier.items(), offers.items()):
            total = tuple(a + b for a, b in zip(spent, more, strict=True))
            if all(a <= limit for a, limit in zip(total[:kept], limits[:kept], strict=True)):
                _keep(grown, total, tuple(a + b for a, b in zip(worth, gain, strict=True)))
        frontier = grown
    frontier = {
        total: worth for total, worth in frontier.items()
        if all(a <= limit for a, limit in zip(total[kept:], limits[kept:], strict=True))
    }  # fmt: skip
    if not frontier:
        return None
    best = max(frontier.values())
    return tuple(value if goal.kind in MAXIMISED else -value for goal, value in zip(document.goals, best, strict=True))


def _keep(found: dict[Usage, Worth], used: Usage, worth: Worth) -> None:
    if used not in found or found[used] < worth:
        found[used] = worth


def _offers(reading: Reading, code: str) -> dict[Usage, Worth]:
    """Give what every acceptable way to fund one operation uses, with the best values it reaches."""
    operation, to_fund = reading.operations[code], reading.to_fund(code)
    by_start = [[None, *_launches(reading, code, start)] for start in operation.starts]
    found: dict[Usage, Worth] = {}
    for chosen in product(*by_start):
        launches = [launch for launch in chosen if launch is not None]
        if sum(launch.funded for launch in launches) > to_fund or set(broken_operation(reading, code, launches)):
            continue
        if set(broken_several(reading, launches, code)):
            continue
        worth = tuple(_signed(reading, launches, rank) for rank in range(len(reading.document.goals)))
        _keep(found, _used(reading, launches), worth)
    return found


def _signed(reading: Reading, launches: list[Launched], rank: int) -> Fraction:
    kind = reading.document.goals[rank].kind
    value = reached(reading, kind, launches)
    return value if kind in MAXIMISED else -value


def _launches(reading: Reading, code: str, start: int) -> Iterator[Launched]:
    """Give every way to share every funded amount among partners that breaks no rule of the launch."""
    to_fund, names = reading.to_fund(code), reading.funders(code)
    amounts = range(1, to_fund + 1) if reading.operations[code].divisible else [to_fund]
    for funded in amounts:
        for parts in _shared(funded, len(names)):
            launch = Launched(code, start, funded, dict(zip(names, parts, strict=True)))
            if not set(broken_launch(reading, launch)):
                yield launch


def _shared(total: int, count: int) -> Iterator[tuple[int, ...]]:
    if count == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _shared(total - first, count - 1):
            yield (first, *rest)


def _limits(reading: Reading) -> list[int | Fraction]:
    windows = [
        limit for column in ("commitment", "payment") for purse in reading.purses(column) for _, limit in purse.windows
    ]
    windows += [capacity.amount for capacity in capacities(reading)]
    together = [*(amount for _, _, amount in reading.enveloped()), *(1 for _ in exclusions(reading))]
    return [*windows, *together, *_last_limits(reading)]


def _last_limits(reading: Reading) -> list[int | Fraction]:
    limits: list[int | Fraction] = [limit.limit for limit in shared_limits(reading)]
    for bound in _over_several(reading):
        weights = [*bound.amounts.values(), *bound.parts.values()]
        finest = Fraction(1, lcm(*(weight.denominator for weight in weights)))
        room = bound.cent - finest if bound.cent else 0
        limits += [bound.limit + room, room - bound.limit] if bound.equality else [bound.limit]
    return limits


def _over_several(reading: Reading) -> list[Bound]:
    return [bound for bound in bounds(reading) if len(bound.codes) > 1]


def _judged_at_once(reading: Reading) -> int:
    """Count the limits that no later operation can relieve; the last ones are judged when all are known."""
    return len(_limits(reading)) - len(_last_limits(reading))


def _used(reading: Reading, launches: list[Launched]) -> Usage:
    spent: list[int | Fraction] = []
    for purse in reading.purses("commitment"):
        for years, _ in purse.windows:
            held = [launch for launch in launches if launch.start in years]
            spent.append(sum(launch.brought(name) for launch in held for name in purse.members))
    due = [_due(reading, launch) for launch in launches]
    for purse in reading.purses("payment"):
        for years, _ in purse.windows:
            lines = (line for payments in due for line in payments.items())
            spent.append(sum(cents for (name, year), cents in lines if name in purse.members and year in years))
    for capacity in capacities(reading):
        held_due = [due_here for launch, due_here in zip(launches, due, strict=True) if launch.code in capacity.codes]
        spent.append(sum(payments.get((capacity.owner, capacity.year), 0) for payments in held_due))
    for partners, codes, _ in reading.enveloped():
        covered = [launch for launch in launches if launch.code in codes]
        spent.append(sum(launch.brought(name) for launch in covered for name in partners))
    spent += [int(bool({launch.code for launch in launches} & group)) for group in exclusions(reading)]
    parts = {(line.code, line.start): Fraction(line.funded, reading.to_fund(line.code)) for line in launches}
    amounts = {(line.code, name, line.start): cents for line in launches for name, cents in line.amounts.items()}
    spent += [used(limit, parts, amounts) for limit in shared_limits(reading)]
    for bound in _over_several(reading):
        total = bound.used(amounts, parts)
        spent += [total, -total] if bound.equality else [total]
    return tuple(spent)


def _due(reading: Reading, launch: Launched) -> dict[tuple[str, int], Fraction]:
    """Give the payments of a launch by partner and year before they are rounded."""
    if launch.code in reading.plan:
        part = Fraction(launch.funded, reading.to_fund(launch.code))
        return {key: cents * part for key, cents in reading.plan[launch.code].items()}
    return {
        (partner, launch.start + offset): share * amount
        for partner, amount in launch.amounts.items()
        for offset, share in reading.shares(launch.code).items()
    }
