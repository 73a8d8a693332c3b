"""What rules say of several operations together, and of who takes part, read from the document alone.

Each ``Shared`` is one limit: what every operation uses of it sums to the limit at most. A use may be negative (the
operation that others need), so that a sum is judged once every operation is known.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scenarios.document import (
    DeMinimis,
    MinimumTicket,
    MixedAid,
    OperationExclusion,
    OperationNeed,
    PartnerKind,
    PartnerLimit,
    RegionOrDepartement,
    Rule,
    StartBeforeDecision,
    Timing,
)
from tests.allocator.oracle.reading import Reading

Aid = tuple[str, str]
"""Operation and partner."""


@dataclass(frozen=True)
class Shared:
    """``parts``: weight of what is launched of an operation in a year; ``aids``: commitments that add up."""

    kind: str
    limit: int
    parts: dict[tuple[str, int], int]
    aids: frozenset[tuple[str, str, int]]


def shared_limits(reading: Reading) -> Iterator[Shared]:
    """Give the limits that are sums: needs, mixed aids, de minimis."""
    for rule in reading.document.rules:
        concerned = [code for code in reading.operations if reading.binds(rule, code)]
        if isinstance(rule, OperationNeed):
            yield from _needs(reading, rule, concerned)
        elif isinstance(rule, MixedAid):
            yield Shared(rule.kind, rule.amount, {}, _aids(reading, rule, concerned, set(reading.document.years)))
        elif isinstance(rule, DeMinimis):
            for owner in {reading.operations[code].owner for code in concerned}:
                codes = [code for code in concerned if reading.operations[code].owner == owner]
                for year in reading.document.years:
                    left = max(0, rule.amount - _received(reading, owner, year))
                    yield Shared(rule.kind, left, {}, _aids(reading, rule, codes, {year - 2, year - 1, year}))


def _needs(reading: Reading, rule: OperationNeed, concerned: list[str]) -> Iterator[Shared]:
    for code in concerned:
        if code == rule.needed:
            continue
        starts = reading.operations[code].starts
        for last in starts if rule.timing is Timing.NOT_LATER else [reading.document.last_year]:
            parts = {(code, start): 1 for start in starts if start <= last}
            parts |= {(rule.needed, start): -1 for start in reading.operations[rule.needed].starts if start <= last}
            yield Shared(rule.kind, 0, parts, frozenset())


def _aids(
    reading: Reading, rule: MixedAid | DeMinimis, codes: list[str], years: set[int]
) -> frozenset[tuple[str, str, int]]:
    return frozenset(
        (code, partner, start)
        for code in codes
        for partner in reading.public(rule.counts, code)
        for start in reading.operations[code].starts
        if start in years
    )


def _received(reading: Reading, owner: str, year: int) -> int:
    first = date(year, 1, 1)
    aids = [aid for aid in reading.document.past_aids if aid.partner == owner and aid.day.year <= year]
    return sum(aid.amount for aid in aids if date(aid.day.year + 3, aid.day.month, min(aid.day.day, 28)) > first)


def exclusions(reading: Reading) -> list[set[str]]:
    """List the groups of operations of which one at most is launched."""
    rules = [rule for rule in reading.document.rules if isinstance(rule, OperationExclusion)]
    return [{code for code in reading.operations if reading.binds(rule, code)} for rule in rules]


def counted(reading: Reading, rule: Rule, code: str) -> tuple[list[str], int] | None:
    """Give the partners of an operation that a rule counts and how many of them it allows; None for other rules."""
    owner, funders = reading.operations[code].owner, reading.funders(code)
    if isinstance(rule, RegionOrDepartement) and not reading.operations[code].concerted:
        kinds = (PartnerKind.REGION, PartnerKind.DEPARTEMENT)
        return [name for name in funders if reading.kind[name] in kinds and name != owner], 1
    if isinstance(rule, PartnerLimit):
        named = [name for name in funders if not rule.counts or reading.kind[name] in rule.counts]
        return [name for name in named if rule.owner_counted or name != owner], rule.most
    return None


def tickets(reading: Reading, code: str) -> dict[str, int]:
    """Give the ticket of each partner of an operation that has one."""
    rules = [rule for rule in reading.document.rules if isinstance(rule, MinimumTicket) and reading.binds(rule, code)]
    named = {rule.partner: rule.amount for rule in sorted(rules, key=lambda rule: rule.amount)}
    return {partner: amount for partner, amount in named.items() if partner in reading.funders(code)}


def too_early(reading: Reading, rule: StartBeforeDecision, code: str, start: int) -> bool:
    """Tell whether a launch starts before the day of the partner, as late in its year as it may."""
    day = reading.lines[code, rule.partner].start_allowed_from
    assert day is not None
    return (reading.operations[code].started_on or date(start, 12, 31)) < day


def used(limit: Shared, parts: dict[tuple[str, int], Fraction], amounts: dict[tuple[str, str, int], int]) -> Fraction:
    """Add what launches use of a limit, from the part launched and the cents committed of each."""
    total = sum((weight * parts.get(launch, Fraction(0)) for launch, weight in limit.parts.items()), start=Fraction(0))
    return total + sum(amount for cell, amount in amounts.items() if cell in limit.aids)
