"""From a day on, a partner brings at most a reduced rate or a reduced amount.

Sentence: dans les lancements de l'année de la sanction et des suivantes, un partenaire apporte au plus son taux réduit
appliqué à son assiette, au prorata de la part financée, ou son montant réduit pour toute l'opération.

Inequality: ``A[o,p,s] <= rate * base * z`` with ``z = F[o,s] / K[o]``, or ``sum_s A[o,p,s] <= amount``, for s not
before the year of the sanction.

Index sets: operations o that the rule concerns and where its partner p has a cell, start years s. Units: integer
cents, exact rates. Reference: K23 (RGA ANRU, titre III, 6). Missing data: a base that the scenario omits raises
ValueError naming the operation; a rule with neither raises ValueError naming the rule.
"""

from collections.abc import Iterator
from fractions import Fraction
from math import floor

from allocator.check.ledger import Launched, Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from allocator.words import percent
from scenarios.document import Base, Operation, Sanction
from scenarios.language import _

FAMILY = "sanction"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per launch above the reduced rate, or per operation above the reduced amount."""
    for rule in scope.rules(Sanction):
        for operation in scope.concerned_partner(rule, rule.partner):
            launches = [line for line in ledger.launches[operation.code] if line.start >= rule.since.year]
            if rule.amount is not None:
                yield from _amount(scope, rule, operation, launches, rule.amount)
            elif rule.rate is not None and rule.base is not None:
                yield from _rate(scope, rule, operation, launches, (rule.rate, rule.base))
            else:
                raise ValueError(f"{rule.code}: neither a rate of a base nor an amount")


def _amount(
    scope: Scope, rule: Sanction, operation: Operation, launches: list[Launched], limit: int
) -> Iterator[Violation]:
    found = sum(launch.amounts.get(rule.partner, 0) for launch in launches)
    if found > limit:
        text = _(
            "Règle {rule} : à partir de {year}, {partner} apporte {found} à l'opération {operation}, au lieu de "
            "{limit} au plus depuis la sanction."
        ).format(
            rule=rule.code, year=rule.since.year, partner=rule.partner, found=scope.money(found),
            operation=operation.code, limit=scope.money(limit),
        )  # fmt: skip
        yield Violation(FAMILY, (rule.code, operation.code, rule.partner), found, limit, text)


def _rate(
    scope: Scope, rule: Sanction, operation: Operation, launches: list[Launched], reduced: tuple[Fraction, Base]
) -> Iterator[Violation]:
    rate, base = reduced[0], scope.base(reduced[1], operation, rule.partner)
    for launch in launches:
        found = launch.amounts.get(rule.partner, 0)
        limit = rate * base * Fraction(launch.funded, scope.to_fund[operation.code])
        if found > limit:
            text = _(
                "Règle {rule} : {partner} apporte {found} à l'opération {operation} lancée en {start}, au lieu de "
                "{limit} au plus depuis la sanction ({rate} d'une assiette de {base}, au prorata de la part financée)."
            ).format(
                rule=rule.code, partner=rule.partner, found=scope.money(found), operation=operation.code,
                start=launch.start, limit=scope.money(floor(limit)), rate=percent(rate), base=scope.money(base),
            )  # fmt: skip
            yield Violation(FAMILY, (rule.code, operation.code, rule.partner, str(launch.start)), found, limit, text)
