"""When present, a partner brings a flat amount per unit.

Sentence: un partenaire présent au tour de table apporte exactement son forfait par unité, au prorata de la part
financée, à moins d'un centime près ; absent, il n'apporte rien.

Equality: p present implies ``|A[o,p,s] - amount_per_unit * units * z| < 1`` with ``z = F[o,s] / K[o]``, which is an
equality as soon as the right-hand side is a whole number of cents (always when z is 0 or 1); p absent implies
``A[o,p,s] = 0``. A partner whose presence is required is present in every funded launch; another one when it brings
money, so that an absent partner brings nothing by definition.

Index sets: operations o that the rule concerns and where its partner p has a cell, start years s.
Units: integer cents. Reference: K05.
Missing data: a quantity that the scenario omits raises ValueError naming the operation.
"""

from collections.abc import Iterator
from fractions import Fraction

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope, units_of
from allocator.check.violation import Violation
from allocator.words import either
from scenarios.document import FlatAid, Operation
from scenarios.language import _

FAMILY = "flat_aid"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per launch where a present partner does not bring its flat amount; compares integers."""
    for rule in scope.rules(FlatAid):
        for operation in scope.concerned_partner(rule, rule.partner):
            whole = rule.amount_per_unit * units_of(operation)
            to_fund = scope.to_fund[operation.code]
            for launch in ledger.launches[operation.code]:
                found = launch.amounts.get(rule.partner, 0)
                apart = abs(found * to_fund - whole * launch.funded) >= to_fund
                if apart and scope.present(operation, rule.partner, launch.funded, found):
                    limit = whole * Fraction(launch.funded, to_fund)
                    yield _violation(scope, rule, operation, launch.start, found, limit)


def _violation(scope: Scope, rule: FlatAid, operation: Operation, start: int, found: int, limit: Fraction) -> Violation:
    text = _(
        "Règle {rule} : {partner} apporte {found} à l'opération {operation} lancée en {start}, "
        "au lieu du forfait de {limit} ({unit_amount} pour {units} unités, au prorata de la part financée)."
    ).format(
        rule=rule.code,
        partner=rule.partner,
        found=scope.money(found),
        operation=operation.code,
        start=start,
        limit=either(limit, scope.scenario.currency),
        unit_amount=scope.money(rule.amount_per_unit),
        units=operation.units,
    )
    return Violation(FAMILY, (rule.code, operation.code, rule.partner, str(start)), found, limit, text)
