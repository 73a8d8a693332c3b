"""Payments made before an operation is completed, for the checks of both ceilings on them. Missing data: see each."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from scenarios.document import AdvanceCeiling, InstalmentCeiling, Operation


class Early(NamedTuple):
    """What a partner pays of one launch before ``done``, the year of completion, and the most that its rule allows."""

    operation: str
    start: int
    done: int
    found: int
    limit: Fraction


def exceeded(scope: Scope, ledger: Ledger, rule: AdvanceCeiling | InstalmentCeiling) -> Iterator[Early]:
    """Give the launches, by operation and start year, of which the partner of a rule pays too much too early."""
    for operation in scope.concerned_partner(rule, rule.partner):
        if operation.code in scope.plans:
            continue
        length = _length(scope, operation)
        for launch in ledger.launches[operation.code]:
            done = launch.start + length
            before = done if isinstance(rule, InstalmentCeiling) else min(done, launch.start + 1)
            years = ledger.payments.get((operation.code, rule.partner, launch.start), {})
            found = sum(amount for year, amount in years.items() if year < before)
            limit = rule.rate * launch.amounts.get(rule.partner, 0)
            if found > limit:
                yield Early(operation.code, launch.start, done, found, limit)


def _length(scope: Scope, operation: Operation) -> int:
    """Give the number of years between the start and the completion. Raises ValueError without a profile."""
    paid = [line.offset for line in scope.scenario.profiles if line.profile == operation.profile and line.share]
    if not paid:
        raise ValueError(f"{operation.code}: neither a payment profile nor a fixed plan")
    return max(paid)
