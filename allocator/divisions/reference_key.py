"""A division turned into the reference of a scenario, so that its plan can be asked to stay close to it.

On each operation, the amount to fund is the estate, the partners that may fund it are the claimants, and the claim of
a partner is the most it could bring alone: no more than the amount to fund, its maximal rates, its maximal amounts and
flat aids, what is already decided at most, its envelopes, and the commitment budget of its purse. The owner, who has
no ceiling of this kind, is one of them. Where even the claims together do not reach the amount to fund, each partner
is given its claim. Operations under a fixed financing plan have no line: only their selection is decided.
Units: integer cents. The lines bind nobody: they are what ``reference_closeness`` measures from.
"""

from collections import defaultdict
from collections.abc import Iterator

from allocator.check.rate_ceiling import capped_base
from allocator.check.scope import Scope, units_of
from allocator.divisions import Division, divide_cents
from allocator.divisions.reference_plans import capacity, purses
from scenarios.document import (
    AmountCeiling,
    FlatAid,
    LockSense,
    Operation,
    RateCeiling,
    ReferenceLine,
    Scenario,
)
from scenarios.document.index import Index

Cell = tuple[str, str]
"""Codes of an operation and a partner."""


def reference_lines(scenario: Scenario, division: Division, provenance: str) -> tuple[ReferenceLine, ...]:
    """Return the reference plan a division gives, sorted by operation then partner; amounts of zero are left out.

    ``scenario`` carries the rules in force; ``provenance`` is written on every line. On each operation the lines sum
    to the amount to fund, unless its partners cannot bring it all.
    """
    claims = most_each_could_bring(scenario)
    to_fund = {operation.code: operation.to_fund for operation in scenario.operations}
    lines: list[ReferenceLine] = []
    for operation in sorted(claims):
        estate = min(to_fund[operation], sum(claims[operation].values()))
        awards = divide_cents(division, claims[operation], estate)
        lines += [
            ReferenceLine(operation=operation, partner=partner, amount=award, provenance=provenance)
            for partner, award in sorted(awards.items())
            if award
        ]
    return tuple(lines)


def most_each_could_bring(scenario: Scenario) -> dict[str, dict[str, int]]:
    """Return, in cents, the most each partner could bring alone, by operation without a fixed plan then partner."""
    scope, index = Scope(scenario), Index(scenario)
    limits: dict[Cell, list[int]] = defaultdict(list)
    for cell, most in _limits(scope, index):
        limits[cell].append(most)
    for partner, purse in purses(index).items():
        budget = capacity(index, purse)
        if budget is not None:
            for operation in scenario.operations:
                limits[operation.code, partner].append(budget)
    return {
        operation.code: {
            partner: min([operation.to_fund, *limits[operation.code, partner]])
            for partner in index.funders[operation.code]
        }
        for operation in scenario.operations
        if operation.code not in index.plans
    }


def _limits(scope: Scope, index: Index) -> Iterator[tuple[Cell, int]]:
    """Give every amount that bounds a partner on an operation, in whole cents rounded down."""
    rules: list[RateCeiling | AmountCeiling | FlatAid] = [*scope.rules(RateCeiling), *scope.rules(AmountCeiling)]
    for rule in [*rules, *scope.rules(FlatAid)]:
        for operation in scope.concerned_partner(rule, rule.partner):
            for most in _amounts(scope, rule, operation):
                yield (operation.code, rule.partner), most
    for lock in index.scenario.locks:
        if lock.sense is not LockSense.AT_LEAST:
            yield (lock.operation, lock.partner), lock.amount
    for envelope in index.scenario.envelopes:
        for operation in index.covered(envelope):
            yield from (((operation.code, partner), envelope.amount) for partner in envelope.partners)


def _amounts(scope: Scope, rule: RateCeiling | AmountCeiling | FlatAid, operation: Operation) -> Iterator[int]:
    if isinstance(rule, RateCeiling):
        yield int(rule.rate * capped_base(scope, rule, operation))
        return
    if isinstance(rule, AmountCeiling) and rule.amount is not None:
        yield rule.amount
    if rule.amount_per_unit is not None:
        yield rule.amount_per_unit * units_of(operation)
