"""When a partner is present, public aid stays under a rate of a base.

Sentence: quand le partenaire dont le texte pose le plafond participe, les aides des partenaires que ce texte compte
comme publics, hors maître d'ouvrage, ne dépassent pas le taux appliqué à l'assiette, au prorata de la part financée.

Inequality: p present implies ``sum_{q != owner, kind(q) in counts} A[o,q,s] <= rate * base * z`` with
``z = F[o,s] / K[o]``; the eligible base is the one of p.

Index sets: operations o that the rule concerns and where its partner p has a cell, start years s, partners q.
Units: integer cents, exact rates. Reference: K07 (décret 99-1060, CGCT R.2334-27, Anah RGA art. 12).
Missing data: a base that the scenario omits raises ValueError naming the operation.
"""

from collections.abc import Iterator
from fractions import Fraction
from math import floor

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from allocator.words import percent
from scenarios.document import Operation, PublicAidCap
from scenarios.language import _

FAMILY = "public_aid_cap"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per launch where public aid exceeds the cap; compares integers."""
    for rule in scope.rules(PublicAidCap):
        numerator, denominator = rule.rate.as_integer_ratio()
        counted = {code for code in scope.partners if scope.kind(code) in rule.counts}
        for operation in scope.concerned_partner(rule, rule.partner):
            base = scope.base(rule.base, operation, rule.partner)
            to_fund = scope.to_fund[operation.code]
            public = counted - {operation.owner}
            for launch in ledger.launches[operation.code]:
                found = sum(amount for partner, amount in launch.amounts.items() if partner in public)
                above = found * denominator * to_fund > numerator * base * launch.funded
                own = launch.amounts.get(rule.partner, 0)
                if above and scope.present(operation, rule.partner, launch.funded, own):
                    limit = rule.rate * base * Fraction(launch.funded, to_fund)
                    yield _violation(scope, rule, operation, launch.start, found, limit, base)


def _violation(
    scope: Scope, rule: PublicAidCap, operation: Operation, start: int, found: int, limit: Fraction, base: int
) -> Violation:
    text = _(
        "Règle {rule} : {partner} participe à l'opération {operation} lancée en {start}, et les aides publiques font "
        "{found}, au lieu de {limit} au plus ({rate} d'une assiette de {base}, au prorata de la part financée)."
    ).format(
        rule=rule.code,
        partner=rule.partner,
        operation=operation.code,
        start=start,
        found=scope.money(found),
        limit=scope.money(floor(limit)),
        rate=percent(rule.rate),
        base=scope.money(base),
    )
    return Violation(FAMILY, (rule.code, operation.code, rule.partner, str(start)), found, limit, text)
