"""Which requirements a plan in whole cents breaks, written again from their sentences.

Nothing here comes from the program nor from the checker; both are compared with it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from scenarios.document import (
    AmountCeiling,
    CommitmentDeadline,
    FlatAid,
    GoalKind,
    LockSense,
    MinimumTicket,
    OwnerFloor,
    PublicAidCap,
    RateCeiling,
    RateFloor,
    Rule,
    Sanction,
    StartBeforeDecision,
)
from tests.allocator.oracle.reading import Reading
from tests.allocator.oracle.several import SEVERAL, bounds, capacities
from tests.allocator.oracle.together import counted, exclusions, shared_limits, tickets, too_early, used

Amounts = Mapping[str, int]
"""Cents by partner."""


@dataclass(frozen=True)
class Launched:
    """The part of an operation that starts in a year: cents funded, committed and paid."""

    code: str
    start: int
    funded: int
    amounts: Amounts
    payments: Mapping[tuple[str, int], int] = field(default_factory=dict)

    def brought(self, partner: str) -> int:
        return self.amounts.get(partner, 0)


def broken_launch(reading: Reading, launch: Launched) -> Iterator[str]:
    """Name the families broken by the commitments of one launch on its own."""
    operation, to_fund = reading.operations[launch.code], reading.to_fund(launch.code)
    part = Fraction(launch.funded, to_fund)
    if sum(launch.amounts.values()) != launch.funded:
        yield "coverage"
    if any(amount and partner not in reading.funders(launch.code) for partner, amount in launch.amounts.items()):
        yield "eligibility"
    if launch.code in reading.plan and any(
        abs(launch.brought(partner) - reading.planned(launch.code, partner) * part) >= 1
        for partner in reading.funders(launch.code)
    ):
        yield "fixed_plan"
    if launch.brought(operation.owner) < reading.lent(launch.code) * part:
        yield "loan"
    for rule in reading.document.rules:
        if isinstance(rule, SEVERAL) or not reading.binds(rule, launch.code):
            continue
        if not _meets(reading, rule, launch, part):
            yield rule.kind


def _meets(reading: Reading, rule: Rule, launch: Launched, part: Fraction) -> bool:
    code = launch.code
    if isinstance(rule, OwnerFloor):
        own = launch.brought(reading.operations[code].owner)
        public = sum(launch.brought(partner) for partner in reading.public(rule.counts, code))
        return own >= rule.rate * (own + public)
    if getattr(rule, "partner", None) not in reading.funders(code):
        return True
    if isinstance(rule, StartBeforeDecision | CommitmentDeadline | Sanction):
        return _meets_dates(reading, rule, launch, part)
    assert isinstance(rule, RateCeiling | RateFloor | AmountCeiling | FlatAid | PublicAidCap | MinimumTicket)
    if isinstance(rule, MinimumTicket):
        return True
    brought = launch.brought(rule.partner)
    present = brought > 0 if reading.is_free(code, rule.partner) else launch.funded > 0
    units = reading.operations[code].units or 0
    if isinstance(rule, RateCeiling):
        return brought <= rule.rate * reading.base(rule, code) * part
    if isinstance(rule, RateFloor):
        return not present or brought >= rule.rate * reading.base(rule, code) * part
    if isinstance(rule, AmountCeiling):
        return rule.amount_per_unit is None or brought <= rule.amount_per_unit * units * part
    if isinstance(rule, FlatAid):
        return not present or abs(brought - rule.amount_per_unit * units * part) < 1
    assert isinstance(rule, PublicAidCap)
    public = sum(launch.brought(partner) for partner in reading.public(rule.counts, code))
    return not present or public <= rule.rate * reading.base(rule, code) * part


def _meets_dates(
    reading: Reading, rule: StartBeforeDecision | CommitmentDeadline | Sanction, launch: Launched, part: Fraction
) -> bool:
    brought = launch.brought(rule.partner)
    if isinstance(rule, StartBeforeDecision):
        return brought == 0 or not too_early(reading, rule, launch.code, launch.start)
    if isinstance(rule, CommitmentDeadline):
        return brought == 0 or launch.start <= rule.last_day.year
    if launch.start < rule.since.year or rule.rate is None:
        return True
    return brought <= rule.rate * reading.base(rule, launch.code) * part


def _counts(reading: Reading, code: str, launches: list[Launched]) -> Iterator[str]:
    """Name the families broken by who takes part in an operation, and by sanctions on its whole amount."""
    brought = {name: sum(launch.brought(name) for launch in launches) for name in reading.funders(code)}
    for rule in reading.document.rules:
        if not reading.binds(rule, code):
            continue
        limited = counted(reading, rule, code)
        if limited is not None and sum(brought[name] > 0 for name in limited[0]) > limited[1]:
            yield rule.kind
        if isinstance(rule, Sanction) and rule.amount is not None:
            late = [launch.brought(rule.partner) for launch in launches if launch.start >= rule.since.year]
            if sum(late) > rule.amount:
                yield rule.kind
    for name, ticket in tickets(reading, code).items():
        present = brought[name] > 0 if reading.is_free(code, name) else bool(launches)
        if present and brought[name] < ticket:
            yield "minimum_ticket"


def broken_together(reading: Reading, launches: list[Launched]) -> Iterator[str]:
    """Name the families broken by what rules say of several operations."""
    parts = {(line.code, line.start): Fraction(line.funded, reading.to_fund(line.code)) for line in launches}
    amounts = {(line.code, name, line.start): cents for line in launches for name, cents in line.amounts.items()}
    for limit in shared_limits(reading):
        if used(limit, parts, amounts) > limit.limit:
            yield limit.kind
    for group in exclusions(reading):
        if len({line.code for line in launches} & group) > 1:
            yield "excludes"


def broken_several(reading: Reading, launches: list[Launched], only: str | None = None) -> Iterator[str]:
    """Name the families broken by sums over partners and operations; ``only``: those of one operation."""
    parts = {(line.code, line.start): Fraction(line.funded, reading.to_fund(line.code)) for line in launches}
    amounts = {(line.code, name, line.start): cents for line in launches for name, cents in line.amounts.items()}
    for bound in bounds(reading):
        if (only is None or bound.codes <= {only}) and not bound.meets(bound.used(amounts, parts)):
            yield bound.kind
    for capacity in capacities(reading) if only is None else ():
        paid = [
            line.payments.get((capacity.owner, capacity.year), 0) for line in launches if line.code in capacity.codes
        ]
        if sum(paid) > capacity.amount:
            yield "owner_capacity"


def broken_operation(reading: Reading, code: str, launches: list[Launched]) -> Iterator[str]:
    """Name the families broken by the launches of one operation together."""
    operation, to_fund = reading.operations[code], reading.to_fund(code)
    funded = sum(launch.funded for launch in launches)
    if (
        funded > to_fund
        or any(launch.start not in operation.starts for launch in launches)
        or (not operation.divisible and (len(launches) > 1 or funded not in (0, to_fund)))
        or (operation.mandatory and funded != to_fund)
    ):
        yield "selection"
    for rule in reading.document.rules:
        if not isinstance(rule, AmountCeiling) or rule.amount is None or not reading.binds(rule, code):
            continue
        if sum(launch.brought(rule.partner) for launch in launches) > rule.amount:
            yield "amount_ceiling"
    yield from _counts(reading, code, launches)
    for lock in reading.document.locks:
        if lock.operation == code:
            brought = sum(launch.brought(lock.partner) for launch in launches)
            wrong = {
                LockSense.EXACTLY: brought != lock.amount,
                LockSense.AT_LEAST: brought < lock.amount,
                LockSense.AT_MOST: brought > lock.amount,
            }
            if wrong[lock.sense]:
                yield "lock"


def broken_payments(reading: Reading, launch: Launched) -> Iterator[str]:
    """Name the families broken by the payments of one launch on their own."""
    part = Fraction(launch.funded, reading.to_fund(launch.code))
    for partner in reading.funders(launch.code):
        paid = {year: cents for (name, year), cents in launch.payments.items() if name == partner}
        if sum(paid.values()) != launch.brought(partner):
            yield "payments"
        if launch.code in reading.plan:
            lines = reading.plan[launch.code].items()
            due = {year: cents * part for (name, year), cents in lines if name == partner}
        else:
            shares = reading.shares(launch.code).items()
            due = {launch.start + offset: share * launch.brought(partner) for offset, share in shares}
        if any(abs(paid.get(year, 0) - due.get(year, Fraction(0))) >= 1 for year in paid.keys() | due.keys()):
            yield "fixed_plan" if launch.code in reading.plan else "payments"


def broken_purses(reading: Reading, launches: list[Launched]) -> Iterator[str]:
    """Name the families broken by what all operations spend together."""
    for purse in reading.purses("commitment"):
        for years, limit in purse.windows:
            spent = [launch.brought(name) for launch in launches for name in purse.members if launch.start in years]
            if sum(spent) > limit:
                yield "commitment_budget"
    for purse in reading.purses("payment"):
        for years, limit in purse.windows:
            lines = [line for launch in launches for line in launch.payments.items()]
            if sum(cents for (name, year), cents in lines if name in purse.members and year in years) > limit:
                yield "payment_budget"
    for partners, codes, amount in reading.enveloped():
        if sum(launch.brought(name) for launch in launches if launch.code in codes for name in partners) > amount:
            yield "envelope"


def broken(reading: Reading, launches: list[Launched]) -> set[str]:
    """Name every family that a whole plan breaks."""
    found = {*broken_purses(reading, launches), *broken_together(reading, launches)}
    found.update(broken_several(reading, launches))
    for launch in launches:
        found.update(broken_launch(reading, launch), broken_payments(reading, launch))
    for code in reading.operations:
        found.update(broken_operation(reading, code, [launch for launch in launches if launch.code == code]))
    return found


def reached(reading: Reading, kind: GoalKind, launches: list[Launched]) -> Fraction:
    """Give the value of a goal on a plan in whole cents."""
    if kind is GoalKind.FEWEST_PARTNERS:
        amounts = [(line, name) for line in launches for name, cents in line.amounts.items() if cents]
        return Fraction(
            len({(line.code, name) for line, name in amounts if name != reading.operations[line.code].owner})
        )
    total = Fraction(0)
    for launch in launches:
        operation, part = reading.operations[launch.code], Fraction(launch.funded, reading.to_fund(launch.code))
        if kind is GoalKind.PRIORITY_VALUE:
            total += operation.value * part
        elif kind is GoalKind.FUNDED_COST:
            total += launch.funded
        elif kind is GoalKind.EARLIEST_START:
            total += (launch.start - operation.earliest_start) * launch.funded
        else:
            reference = reading.reference(launch.code) or {}
            total += sum(abs(launch.brought(name) - amount * part) for name, amount in reference.items())
    return total
