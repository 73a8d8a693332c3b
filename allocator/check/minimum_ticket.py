"""When present in an operation, a partner brings at least an amount.

Sentence: un partenaire apporte à une opération, toutes années confondues, rien du tout ou au moins son ticket minimal.

Inequality: p present implies ``sum_s A[o,p,s] >= amount``. A partner whose presence is required is present as soon as
something of the operation is funded; another one when it brings money.

Index sets: operations o that the rule concerns and where its partner p has a cell. Units: integer cents.
Reference: P4. Missing data: nothing else is read.
"""

from collections.abc import Iterator

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from scenarios.document import MinimumTicket
from scenarios.language import _

FAMILY = "minimum_ticket"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per operation where the partner is present below its ticket; compares integers."""
    for rule in scope.rules(MinimumTicket):
        for operation in scope.concerned_partner(rule, rule.partner):
            found = ledger.whole.get((operation.code, rule.partner), 0)
            funded = sum(launch.funded for launch in ledger.launches[operation.code])
            if found < rule.amount and scope.present(operation, rule.partner, funded, found):
                text = _(
                    "Règle {rule} : {partner} apporte {found} à l'opération {operation}, au lieu de {limit} au moins."
                ).format(
                    rule=rule.code, partner=rule.partner, found=scope.money(found), operation=operation.code,
                    limit=scope.money(rule.amount),
                )  # fmt: skip
                yield Violation(FAMILY, (rule.code, operation.code, rule.partner), found, rule.amount, text)
