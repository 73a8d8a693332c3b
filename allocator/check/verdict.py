"""Run every rule family over an allocation."""

from collections.abc import Callable, Iterator

from allocator.allocation import Allocation
from allocator.check import (
    advance_ceiling,
    amount_ceiling,
    commitment_budget,
    commitment_deadline,
    contingency,
    coverage,
    de_minimis,
    eligibility,
    envelope,
    excludes,
    fixed_plan,
    flat_aid,
    goals,
    grant_equivalent,
    instalment_ceiling,
    loan,
    lock,
    matching_top_up,
    minimum_ticket,
    mixed_aid,
    needs,
    owner_capacity,
    owner_floor,
    partner_limit,
    payment_budget,
    payments,
    priority_share,
    public_aid_cap,
    rate_ceiling,
    rate_floor,
    reciprocity,
    region_or_departement,
    reserved_share,
    sanction,
    selection,
    start_before_decision,
    totals,
    transfer_contribution,
)
from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import AllocationRefused, Violation
from scenarios.document import Scenario

CHECKS: tuple[Callable[[Scope, Ledger], Iterator[Violation]], ...] = (
    selection.check,
    coverage.check,
    eligibility.check,
    rate_ceiling.check,
    rate_floor.check,
    amount_ceiling.check,
    flat_aid.check,
    public_aid_cap.check,
    owner_floor.check,
    region_or_departement.check,
    minimum_ticket.check,
    partner_limit.check,
    needs.check,
    excludes.check,
    mixed_aid.check,
    de_minimis.check,
    start_before_decision.check,
    commitment_deadline.check,
    sanction.check,
    transfer_contribution.check,
    reciprocity.check,
    reserved_share.check,
    priority_share.check,
    grant_equivalent.check,
    matching_top_up.check,
    owner_capacity.check,
    contingency.check,
    advance_ceiling.check,
    instalment_ceiling.check,
    fixed_plan.check,
    loan.check,
    lock.check,
    commitment_budget.check,
    payment_budget.check,
    envelope.check,
    payments.check,
    totals.check,
    goals.check,
)


def verify(scenario: Scenario, allocation: Allocation) -> tuple[Violation, ...]:
    """Give every requirement of the scenario that the allocation does not meet; none means that it conforms.

    Violations come by family, then by code. Raises ValueError naming the operation (or the holder of a budget) when
    the scenario lacks a datum that a requirement needs, or when it still names rulebooks; TypeError when an amount is
    not a plain integer of cents. Scenarios are checked when they are read, and none is a verdict on the allocation.
    """
    if scenario.rulebooks:
        raise ValueError(f"{scenario.code}: rulebooks that are not yet rules cannot be verified")
    scope = Scope(scenario)
    ledger = Ledger(scope, allocation)
    return tuple(violation for check in CHECKS for violation in check(scope, ledger))


def require(scenario: Scenario, allocation: Allocation) -> None:
    """Raise AllocationRefused, carrying every violation and a French report, unless the allocation conforms."""
    violations = verify(scenario, allocation)
    if violations:
        raise AllocationRefused(scenario.code, violations)
