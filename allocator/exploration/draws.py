"""One draw of a stress test: what goes wrong in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from allocator.exploration.laws import shared, triangular, uniform
from allocator.exploration.spec import Delay, Overrun, StressSpec
from scenarios.document import Partner, Pool, Scenario

Covering = TypeVar("Covering", Overrun, Delay)


@dataclass(frozen=True)
class Cut:
    """A purse loses a part of its budgets, from a year on."""

    holder: str
    rate: Fraction
    from_year: int | None = None


@dataclass(frozen=True)
class Draw:
    """What happens: factors of costs and years of delay by operation, cuts by purse."""

    costs: Mapping[str, Fraction]
    delays: Mapping[str, int]
    cuts: tuple[Cut, ...]


def draw(spec: StressSpec, scenario: Scenario, rank: int) -> Draw:
    """Return draw ``rank`` of a spec: it depends on the seed, on its rank and on the codes of the scenario only."""
    seed = spec.seed
    costs = {}
    for line, code in _covered(spec.overruns, scenario):
        levels = [uniform(seed, rank, "overrun", *names) for names in ((code,), (), (code, "common"))]
        costs[code] = triangular(line.low, line.likely, line.high, shared(line.correlation, *levels))
    delays = {
        code: line.years
        for line, code in _covered(spec.delays, scenario)
        if uniform(seed, rank, "delay", code) < line.probability
    }
    cuts = tuple(
        Cut(holder, line.cut, line.from_year)
        for place, line in enumerate(spec.withdrawals)
        for holder in ((line.partner,) if line.partner else limited(scenario))
        if uniform(seed, rank, "withdrawal", str(place), holder) < line.probability
    )
    return Draw(costs, delays, cuts)


def limited(scenario: Scenario) -> tuple[str, ...]:
    """Return the codes of the purses that have a limited budget, sorted."""
    holders: list[Partner | Pool] = [*scenario.partners, *scenario.pools]
    return tuple(sorted(one.code for one in holders if one.commitment_limited or one.payment_limited))


def _covered(lines: Sequence[Covering], scenario: Scenario) -> Iterator[tuple[Covering, str]]:
    """Give each operation with the first line that covers it."""
    for operation in scenario.operations:
        for line in lines:
            in_nature = not line.natures or operation.nature in line.natures
            if in_nature and (not line.operations or operation.code in line.operations):
                yield line, operation.code
                break
