"""Grants and the grant-equivalents of loans stay together under an amount.

Sentence: les subventions des partenaires de la règle et les équivalents-subvention de leurs prêts, chacun arrondi au
centime supérieur puis compté au prorata de la part financée, ne dépassent pas ensemble le montant.

Inequality: ``sum_{o,p} A[o,p] + sum_{o,s} equivalents[o] * z <= amount`` with ``z = F[o,s] / K[o]``.

Index sets: operations o that the rule concerns, partners p it lists. Units: integer cents and exact fractions of them.
Reference: K16. Missing data: a loan counted without its equivalent raises ValueError naming the operation.
"""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from allocator.words import either
from scenarios.document import GrantEquivalent, Operation
from scenarios.language import _

FAMILY = "grant_equivalent"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per rule exceeded; compares exact fractions of cents."""
    for rule in scope.rules(GrantEquivalent):
        found = Fraction(0)
        for operation in scope.concerned(rule):
            code = operation.code
            found += sum(ledger.whole.get((code, partner), 0) for partner in sorted(set(rule.partners)))
            funded = sum(launch.funded for launch in ledger.launches[code])
            if funded:
                found += Fraction(_equivalents(scope, rule, operation) * funded, scope.to_fund[code])
        if found > rule.amount:
            text = _(
                "Règle {rule} : subventions et équivalents-subvention de {partners} font {found}, "
                "au lieu de {limit} au plus."
            ).format(
                rule=rule.code,
                partners=", ".join(rule.partners),
                found=either(found, scope.scenario.currency),
                limit=scope.money(rule.amount),
            )
            yield Violation(FAMILY, (rule.code, *rule.partners), found, rule.amount, text)


def _equivalents(scope: Scope, rule: GrantEquivalent, operation: Operation) -> int:
    whole = 0
    for loan in scope.scenario.loans:
        if loan.operation == operation.code and loan.partner in rule.partners:
            if loan.grant_equivalent is None:
                raise ValueError(f"{operation.code}: a loan of {loan.partner} has no grant-equivalent")
            whole += ceil(loan.grant_equivalent * loan.amount)
    return whole
