"""What an owner bears of its own operations stays under what it can bear.

Sentence: ce qu'un maître d'ouvrage engage dans ses propres opérations, ou ce qu'il en paie une année donnée, ne
dépasse pas sa capacité.

Inequality: ``sum_{o owned by p} A[o,p] <= amount``; for a given year t, ``sum_{o,s} P[o,p,s,t] <= amount``.

Index sets: operations o that the rule concerns and that its partner p owns. Units: integer cents. Reference: K20.
Missing data: none can miss, every rule has its amount.
"""

from collections.abc import Iterator

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from scenarios.document import OwnerCapacity
from scenarios.language import _

FAMILY = "owner_capacity"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per capacity exceeded; compares integer cents."""
    for rule in scope.rules(OwnerCapacity):
        owned = {operation.code for operation in scope.concerned(rule) if operation.owner == rule.partner}
        if rule.year is None:
            found = sum(ledger.whole.get((code, rule.partner), 0) for code in owned)
            sentence = _("Règle {rule} : {owner} porte {found} de ses opérations, au lieu de {limit} au plus.")
        else:
            found = sum(
                years.get(rule.year, 0)
                for (code, partner, _start), years in ledger.payments.items()
                if partner == rule.partner and code in owned
            )
            sentence = _("Règle {rule} : {owner} paie {found} de ses opérations en {year}, au lieu de {limit} au plus.")
        if found > rule.amount:
            text = sentence.format(
                rule=rule.code,
                owner=rule.partner,
                found=scope.money(found),
                limit=scope.money(rule.amount),
                year=rule.year,
            )
            years_named = () if rule.year is None else (str(rule.year),)
            yield Violation(FAMILY, (rule.code, rule.partner, *years_named), found, rule.amount, text)
