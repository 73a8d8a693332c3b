"""Before the year an operation is completed, a partner pays at most a share of its commitment.

Sentence: avant l'année d'achèvement, un partenaire paie au plus une part de son engagement ; le solde vient après.

Inequality: ``sum_{t < done} P[o,p,s,t] <= rate * A[o,p,s]``, an operation being
completed in the last year its profile pays.

Index sets: operations o that the rule concerns, without a fixed plan, where its partner p has a cell;
years t before the completion.
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
from scenarios.document import InstalmentCeiling
from scenarios.language import _

FAMILY = "instalment_ceiling"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per rule and launch paid too early; compares exact fractions of cents."""
    for rule in scope.rules(InstalmentCeiling):
        for early in exceeded(scope, ledger, rule):
            text = _(
                "Règle {rule} : {partner} paie {found} de l'opération {operation} lancée en {start} avant {done}, "
                "année de son achèvement, au lieu de {limit} au plus ({rate} de son engagement)."
            ).format(
                rule=rule.code,
                partner=rule.partner,
                found=scope.money(early.found),
                operation=early.operation,
                start=early.start,
                done=early.done,
                limit=scope.money(floor(early.limit)),
                rate=percent(rule.rate),
            )
            subject = (rule.code, early.operation, rule.partner, str(early.start))
            yield Violation(FAMILY, subject, early.found, early.limit, text)
