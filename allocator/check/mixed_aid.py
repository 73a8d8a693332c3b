"""The aids to a syndicate and to its owners stay together under one maximum.

Sentence: pour les opérations d'une même copropriété, les aides des familles que la règle compte, hors part de chaque
maître d'ouvrage, ne dépassent pas ensemble le maximum que le syndicat recevrait seul.

Inequality: ``sum_{o,s} sum_{p != owner(o), kind(p) in counts} A[o,p,s] <= amount``.

Index sets: operations o that the rule concerns, partners p, start years s. Units: integer cents.
Reference: K18 (RGA Anah 15-H IV). Missing data: nothing else is read.
"""

from collections.abc import Iterator

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from scenarios.document import MixedAid
from scenarios.language import _

FAMILY = "mixed_aid"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per rule whose maximum is exceeded; compares integers."""
    for rule in scope.rules(MixedAid):
        counted = scope.of_kinds(rule.counts)
        operations = list(scope.concerned(rule))
        found = sum(
            ledger.whole.get((operation.code, partner), 0)
            for operation in operations
            for partner in counted - {operation.owner}
        )
        if found > rule.amount:
            codes = [operation.code for operation in operations]
            text = _(
                "Règle {rule} : les opérations {operations} reçoivent ensemble {found} d'aides, "
                "au lieu de {limit} au plus."
            )
            text = text.format(
                rule=rule.code, operations=", ".join(codes), found=scope.money(found), limit=scope.money(rule.amount)
            )
            yield Violation(FAMILY, (rule.code, *codes), found, rule.amount, text)
