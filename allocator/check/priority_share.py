"""Over a whole priority, a partner brings at most a rate of the bases of what is launched.

Sentence: sur l'ensemble d'une priorité, un partenaire apporte au plus un taux du total des assiettes des opérations
lancées, chacune au prorata de sa part financée ; aucune opération n'est bornée seule.

Inequality: ``sum_{o,s} A[o,p,s] <= rate * sum_{o,s} base[o] * z`` with ``z = F[o,s] / K[o]``.

Index sets: operations o that the rule concerns and where its partner p has a cell, start years s.
Units: integer cents, exact rates. Reference: K15. Missing data: a base that the scenario omits raises ValueError.
"""

from collections.abc import Iterator
from fractions import Fraction
from math import floor

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from allocator.words import either, percent
from scenarios.document import PriorityShare
from scenarios.language import _

FAMILY = "priority_share"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per rule exceeded; compares exact fractions of cents."""
    for rule in scope.rules(PriorityShare):
        found, bases = 0, Fraction(0)
        for operation in scope.concerned_partner(rule, rule.partner):
            base = scope.base(rule.base, operation, rule.partner)
            for launch in ledger.launches[operation.code]:
                found += launch.amounts.get(rule.partner, 0)
                bases += Fraction(base * launch.funded, scope.to_fund[operation.code])
        limit = rule.rate * bases
        if found > limit:
            text = _(
                "Règle {rule} : {partner} apporte {found} à l'ensemble de la priorité, au lieu de {limit} au plus "
                "({rate} d'assiettes qui font {bases})."
            ).format(
                rule=rule.code,
                partner=rule.partner,
                found=scope.money(found),
                limit=scope.money(floor(limit)),
                rate=percent(rule.rate),
                bases=either(bases, scope.scenario.currency),
            )
            yield Violation(FAMILY, (rule.code, rule.partner), found, limit, text)
