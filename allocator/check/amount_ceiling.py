"""A partner brings at most an amount to an operation, or an amount per unit.

Sentence: un partenaire n'apporte pas plus qu'un montant par opération, ou qu'un montant par unité au prorata de la
part financée.

Inequality: ``sum_s A[o,p,s] <= amount``, or for each launch ``A[o,p,s] <= amount_per_unit * units * z`` with
``z = F[o,s] / K[o]``. Exactly one of the two is given.

Index sets: operations o that the rule concerns and where its partner p has a cell, start years s.
Units: integer cents. Reference: K04.
Missing data: a quantity that the scenario omits raises ValueError naming the operation; a rule with neither amount
raises ValueError naming the rule.
"""

from collections.abc import Iterator
from fractions import Fraction
from math import floor

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope, units_of
from allocator.check.violation import Violation
from scenarios.document import AmountCeiling, Operation
from scenarios.language import _

FAMILY = "amount_ceiling"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per operation (or launch) where the partner exceeds the amount; compares integers."""
    for rule in scope.rules(AmountCeiling):
        for operation in scope.concerned_partner(rule, rule.partner):
            if rule.amount is not None:
                yield from _by_operation(scope, ledger, rule, operation, rule.amount)
            if rule.amount_per_unit is not None:
                yield from _by_unit(scope, ledger, rule, operation, rule.amount_per_unit * units_of(operation))
            if rule.amount is None and rule.amount_per_unit is None:
                raise ValueError(f"{rule.code}: no amount")


def _by_operation(
    scope: Scope, ledger: Ledger, rule: AmountCeiling, operation: Operation, limit: int
) -> Iterator[Violation]:
    found = ledger.whole.get((operation.code, rule.partner), 0)
    if found > limit:
        text = _(
            "Règle {rule} : {partner} apporte {found} à l'opération {operation}, au lieu de {limit} au plus."
        ).format(
            rule=rule.code,
            partner=rule.partner,
            found=scope.money(found),
            operation=operation.code,
            limit=scope.money(limit),
        )
        yield Violation(FAMILY, (rule.code, operation.code, rule.partner), found, limit, text)


def _by_unit(
    scope: Scope, ledger: Ledger, rule: AmountCeiling, operation: Operation, whole: int
) -> Iterator[Violation]:
    to_fund = scope.to_fund[operation.code]
    for launch in ledger.launches[operation.code]:
        found = launch.amounts.get(rule.partner, 0)
        if found * to_fund > whole * launch.funded:
            limit = whole * Fraction(launch.funded, to_fund)
            text = _(
                "Règle {rule} : {partner} apporte {found} à l'opération {operation} lancée en {start}, au lieu de "
                "{limit} au plus ({whole} pour {units} unités, au prorata de la part financée)."
            ).format(
                rule=rule.code,
                partner=rule.partner,
                found=scope.money(found),
                operation=operation.code,
                start=launch.start,
                limit=scope.money(floor(limit)),
                whole=scope.money(whole),
                units=operation.units,
            )
            yield Violation(FAMILY, (rule.code, operation.code, rule.partner, str(launch.start)), found, limit, text)
