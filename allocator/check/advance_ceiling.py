"""In the start year of an operation completed later, a partner pays at most a share of its commitment.

Sentence: l'année de lancement d'une opération achevée plus tard, un partenaire paie au plus une part de son engagement.

Inequality: ``P[o,p,s,s] <= rate * A[o,p,s]``, an operation being
completed in the last year its profile pays.

Index sets: operations o that the rule concerns, without a fixed plan, where its partner p has a cell;
start years s before the completion.
Units: integer cents, exact rates. Reference: K12. Missing data: an operation with neither profile nor plan raises
ValueError naming it.
"""

from collections.abc import Iterator
from math import floor

from allocator.check.early_payments import exceeded
from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from allocator.words import percent
from scenarios.document import AdvanceCeiling
from scenarios.language import _

FAMILY = "advance_ceiling"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per rule and launch paid too early; compares exact fractions of cents."""
    for rule in scope.rules(AdvanceCeiling):
        for early in exceeded(scope, ledger, rule):
            text = _(
                "Règle {rule} : {partner} paie {found} en {start}, année de lancement de {operation}, au lieu de "
                "{limit} au plus ({rate} de son engagement)."
            ).format(
                rule=rule.code,
                partner=rule.partner,
                found=scope.money(early.found),
                operation=early.operation,
                start=early.start,
                limit=scope.money(floor(early.limit)),
                rate=percent(rule.rate),
            )
            subject = (rule.code, early.operation, rule.partner, str(early.start))
            yield Violation(FAMILY, subject, early.found, early.limit, text)
