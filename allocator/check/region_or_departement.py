"""An operation receives grants from the région or from one département.

Sentence: une opération ne reçoit de subventions que de la région ou d'un seul département, sauf contrat État-région ou
convention d'exercice concerté ; la part d'une collectivité maître d'ouvrage n'est pas une subvention.

Inequality: ``#{p : kind(p) in (region, departement), p != owner, sum_s A[o,p,s] > 0} <= 1``.

Index sets: operations o that the rule concerns and that are not concerted, partners p. Units: partners.
Reference: K09 (CGCT L.1111-9 I 3°). Missing data: nothing else is read.
"""

from collections.abc import Iterator

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from scenarios.document import PartnerKind, RegionOrDepartement
from scenarios.language import _

FAMILY = "region_or_departement"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per operation that both levels, or two authorities of them, fund."""
    both = scope.of_kinds((PartnerKind.REGION, PartnerKind.DEPARTEMENT))
    for rule in scope.rules(RegionOrDepartement):
        for operation in scope.concerned(rule):
            found = sorted(code for code in both - {operation.owner} if ledger.whole.get((operation.code, code), 0) > 0)
            if len(found) > 1 and not operation.concerted:
                text = _(
                    "Règle {rule} : l'opération {operation} reçoit des subventions de {partners}, alors qu'une seule "
                    "région ou un seul département peut la subventionner."
                ).format(rule=rule.code, operation=operation.code, partners=", ".join(found))
                yield Violation(FAMILY, (rule.code, operation.code), len(found), 1, text)
