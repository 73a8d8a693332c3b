"""At least a share of what a partner brings goes to some natures or territories.

Sentence: une part au moins de ce qu'apporte un partenaire (et des prêts que la règle compte avec) va aux opérations des
natures et des territoires réservés.

Inequality: ``sum_{o reserved} V[o] >= rate * sum_o V[o]`` with ``V[o] = sum_s (A[o,p,s] + loans[o] * z[o,s])`` and
``z = F[o,s] / K[o]``; ``loans[o]`` are those of lenders of the families counted.

Index sets: operations o that the rule concerns. Units: integer cents and exact fractions of them. Reference: K13.
Missing data: an operation without a loan line has no loan.
"""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from allocator.words import either, percent
from scenarios.document import Operation, ReservedShare
from scenarios.language import _

FAMILY = "reserved_share"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per rule whose reserved operations get too little; compares exact fractions of cents."""
    for rule in scope.rules(ReservedShare):
        reserved = whole = Fraction(0)
        for operation in scope.concerned(rule):
            brought = _brought(scope, ledger, rule, operation)
            whole += brought
            if scope.reserved(rule, operation):
                reserved += brought
        limit = rule.rate * whole
        if reserved < limit:
            text = _(
                "Règle {rule} : les opérations réservées reçoivent {found} de {partner}, au lieu de {limit} au moins "
                "({rate} d'un total de {whole})."
            ).format(
                rule=rule.code,
                partner=rule.partner,
                found=either(reserved, scope.scenario.currency),
                limit=scope.money(ceil(limit)),
                rate=percent(rule.rate),
                whole=either(whole, scope.scenario.currency),
            )
            yield Violation(FAMILY, (rule.code, rule.partner), reserved, limit, text)


def _brought(scope: Scope, ledger: Ledger, rule: ReservedShare, operation: Operation) -> Fraction:
    lent = sum(
        loan.amount
        for loan in scope.scenario.loans
        if loan.operation == operation.code and scope.kind(loan.partner) in rule.counts
    )
    funded = sum(launch.funded for launch in ledger.launches[operation.code])
    loans = Fraction(lent * funded, scope.to_fund[operation.code]) if lent else Fraction(0)
    return ledger.whole.get((operation.code, rule.partner), 0) + loans
