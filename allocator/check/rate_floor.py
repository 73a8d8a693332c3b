"""When present, a partner brings at least a rate of its base.

Sentence: un partenaire présent au tour de table apporte au moins son taux minimal appliqué à son assiette, au prorata
de la part financée.

Inequality: p present implies ``A[o,p,s] >= rate * base * z`` with ``z = F[o,s] / K[o]``. A partner whose presence
is required is present in every funded launch; another one when it brings money.

Index sets: operations o that the rule concerns and where its partner p has a cell, start years s.
Units: integer cents, exact rates. Reference: K03 (for instance CGCT R.2334-27).
Missing data: a base that the scenario omits raises ValueError naming the operation.
"""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from allocator.words import percent
from scenarios.document import Operation, RateFloor
from scenarios.language import _

FAMILY = "rate_floor"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per launch where the partner is present below its rate; compares integers."""
    for rule in scope.rules(RateFloor):
        numerator, denominator = rule.rate.as_integer_ratio()
        for operation in scope.concerned_partner(rule, rule.partner):
            base = scope.base(rule.base, operation, rule.partner)
            to_fund = scope.to_fund[operation.code]
            for launch in ledger.launches[operation.code]:
                found = launch.amounts.get(rule.partner, 0)
                below = found * denominator * to_fund < numerator * base * launch.funded
                if below and scope.present(operation, rule.partner, launch.funded, found):
                    limit = rule.rate * base * Fraction(launch.funded, to_fund)
                    yield _violation(scope, rule, operation, launch.start, found, limit, base)


def _violation(
    scope: Scope, rule: RateFloor, operation: Operation, start: int, found: int, limit: Fraction, base: int
) -> Violation:
    text = _(
        "Règle {rule} : {partner} apporte {found} à l'opération {operation} lancée en {start}, "
        "au lieu de {limit} au moins ({rate} d'une assiette de {base}, au prorata de la part financée)."
    ).format(
        rule=rule.code,
        partner=rule.partner,
        found=scope.money(found),
        operation=operation.code,
        start=start,
        limit=scope.money(ceil(limit)),
        rate=percent(rule.rate),
        base=scope.money(base),
    )
    return Violation(FAMILY, (rule.code, operation.code, rule.partner, str(start)), found, limit, text)
