"""What each classical division would make of a plan: the same totals, shared by capacity or by need.

*By capacity*: what the plan commits out of the purses whose commitments are limited, shared between these purses; the
claim of a purse is its commitment budget of all years, recovered credits included. A purse without commitment budget
declares no capacity and stands apart. *By need*: what the plan funds, shared between all operations; the claim of an
operation is its amount to fund. A plan that respects its rules is always a claims problem: budgets bound the first
total, amounts to fund the second. The divisions look at totals only: they respect neither the rules of the scenario
nor its years, which is why they are references and not plans. Units: integer cents.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from allocator.allocation import Allocation
from allocator.divisions import Division, divide_cents
from scenarios.document import Scenario
from scenarios.document.index import Index


@dataclass(frozen=True)
class SharedLine:
    """One claimant: its claim, what the plan gives it, and what each division would, in cents."""

    code: str
    label: str
    claim: int
    planned: int
    divided: Mapping[Division, int]

    def gap(self, division: Division) -> int:
        """Return what the plan gives more than a division, in cents."""
        return self.planned - self.divided[division]


@dataclass(frozen=True)
class ReferencePlan:
    """A total shared by the plan and by every division; lines in code order."""

    estate: int
    lines: tuple[SharedLine, ...]

    def distance(self, division: Division) -> int:
        """Return what would have to change hands to go from the plan to a division, in cents."""
        return sum(max(0, line.gap(division)) for line in self.lines)


@dataclass(frozen=True)
class Apart:
    """A purse that declares no commitment budget: what the plan commits out of it, in cents."""

    code: str
    label: str
    planned: int


def by_capacity(scenario: Scenario, allocation: Allocation) -> tuple[ReferencePlan, tuple[Apart, ...]]:
    """Share what the limited purses commit between them; return also the purses that stand apart, in code order."""
    index = Index(scenario)
    purse = purses(index)
    planned: dict[str, int] = defaultdict(int)
    for line in allocation.commitments:
        planned[purse[line.partner]] += line.amount
    capacities = {code: capacity(index, code) for code in sorted({*purse.values()})}
    claims = {code: claim for code, claim in capacities.items() if claim is not None}
    labels = {code: holder.label for code, holder in index.holders.items()}
    apart = tuple(
        Apart(code, labels[code], planned[code]) for code in capacities if code not in claims and planned[code]
    )
    return _shared(claims, {code: planned[code] for code in claims}, labels), apart


def by_need(scenario: Scenario, allocation: Allocation) -> ReferencePlan:
    """Share what the plan funds between operations."""
    funded = {operation.code: 0 for operation in scenario.operations}
    for launch in allocation.launches:
        funded[launch.operation] += launch.funded
    claims = {operation.code: operation.to_fund for operation in scenario.operations}
    return _shared(claims, funded, {operation.code: operation.label for operation in scenario.operations})


def purses(index: Index) -> dict[str, str]:
    """Return the purse whose commitment budget binds each partner: its pool's when limited, else its own."""
    limited = {pool.code for pool in index.scenario.pools if pool.commitment_limited}
    return {
        partner.code: partner.pool if partner.pool in limited else partner.code for partner in index.scenario.partners
    }


def capacity(index: Index, holder: str) -> int | None:
    """Return what a purse may commit over all years, in cents; None when its commitments are not limited."""
    if not index.holders[holder].commitment_limited:
        return None
    budgets = sum(line.commitment or 0 for line in index.budgets[holder].values())
    return budgets + sum(line.amount for line in index.scenario.decommitments if line.holder == holder)


def _shared(claims: Mapping[str, int], planned: Mapping[str, int], labels: Mapping[str, str]) -> ReferencePlan:
    estate = sum(planned.values())
    divided = {division: divide_cents(division, claims, estate) for division in Division}
    lines = (
        SharedLine(
            code, labels[code], claims[code], planned[code], {rule: found[code] for rule, found in divided.items()}
        )
        for code in sorted(claims)
    )
    return ReferencePlan(estate, tuple(lines))
