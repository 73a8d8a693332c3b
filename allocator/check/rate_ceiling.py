"""A partner brings at most a rate of its base.

Sentence: un partenaire n'apporte pas plus que son taux maximal appliqué à son assiette, l'assiette étant elle-même
plafonnée par opération, par unité et par bâtiment, au prorata de la part financée.

Inequality: ``A[o,p,s] <= rate * min(base, base_max, base_max_per_unit*units + base_max_per_building*buildings) * z``
with ``z = F[o,s] / K[o]``; a cap that is not given does not bound, and of the last two one may be given alone.

Index sets: operations o that the rule concerns and where its partner p has a cell, start years s.
Units: integer cents, exact rates. Reference: K02, K04, K06.
Missing data: a base, a quantity or a number of buildings that the rule needs and the scenario omits raises
ValueError naming the operation.
"""

from collections.abc import Iterator
from fractions import Fraction
from math import floor

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope, buildings_of, units_of
from allocator.check.violation import Violation
from allocator.words import percent
from scenarios.document import Operation, RateCeiling
from scenarios.language import _

FAMILY = "rate_ceiling"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per launch where the partner exceeds its rate; cross-multiplied integers are compared."""
    for rule in scope.rules(RateCeiling):
        numerator, denominator = rule.rate.as_integer_ratio()
        for operation in scope.concerned_partner(rule, rule.partner):
            base = capped_base(scope, rule, operation)
            to_fund = scope.to_fund[operation.code]
            for launch in ledger.launches[operation.code]:
                found = launch.amounts.get(rule.partner, 0)
                if found * denominator * to_fund > numerator * base * launch.funded:
                    limit = rule.rate * base * Fraction(launch.funded, to_fund)
                    yield _violation(scope, rule, operation, launch.start, found, limit, base)


def capped_base(scope: Scope, rule: RateCeiling, operation: Operation) -> int:
    """Give the base of the rule for a whole operation, in cents, once the caps on the base are applied."""
    caps = [scope.base(rule.base, operation, rule.partner)]
    if rule.base_max is not None:
        caps.append(rule.base_max)
    by_quantity = []
    if rule.base_max_per_unit is not None:
        by_quantity.append(rule.base_max_per_unit * units_of(operation))
    if rule.base_max_per_building is not None:
        by_quantity.append(rule.base_max_per_building * buildings_of(operation))
    if by_quantity:
        caps.append(sum(by_quantity))
    return min(caps)


def _violation(
    scope: Scope, rule: RateCeiling, operation: Operation, start: int, found: int, limit: Fraction, base: int
) -> Violation:
    text = _(
        "Règle {rule} : {partner} apporte {found} à l'opération {operation} lancée en {start}, "
        "au lieu de {limit} au plus ({rate} d'une assiette de {base}, au prorata de la part financée)."
    ).format(
        rule=rule.code,
        partner=rule.partner,
        found=scope.money(found),
        operation=operation.code,
        start=start,
        limit=scope.money(floor(limit)),
        rate=percent(rule.rate),
        base=scope.money(base),
    )
    return Violation(FAMILY, (rule.code, operation.code, rule.partner, str(start)), found, limit, text)
