"""At most a number of partners bring money to an operation.

Sentence: une opération n'a pas plus qu'un certain nombre de partenaires, toutes années confondues, parmi les familles
que la règle compte (toutes quand elle n'en nomme aucune), le maître d'ouvrage compris si elle le dit.

Inequality: ``#{p counted : sum_s A[o,p,s] > 0} <= most``.

Index sets: operations o that the rule concerns, partners p. Units: partners. Reference: P4.
Missing data: nothing else is read.
"""

from collections.abc import Iterator

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from scenarios.document import PartnerLimit
from scenarios.language import _

FAMILY = "partner_limit"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per operation with too many partners."""
    for rule in scope.rules(PartnerLimit):
        counted = scope.of_kinds(rule.counts) if rule.counts else set(scope.partners)
        for operation in scope.concerned(rule):
            members = counted if rule.owner_counted else counted - {operation.owner}
            found = sorted(code for code in members if ledger.whole.get((operation.code, code), 0) > 0)
            if len(found) > rule.most:
                text = _(
                    "Règle {rule} : l'opération {operation} a {count} partenaires comptés ({partners}), au lieu de "
                    "{limit} au plus."
                ).format(
                    rule=rule.code, operation=operation.code, count=len(found), partners=", ".join(found),
                    limit=rule.most,
                )  # fmt: skip
                yield Violation(FAMILY, (rule.code, operation.code), len(found), rule.most, text)
