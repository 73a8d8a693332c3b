"""A partner raises its rate by what local partners bring, point for point (*X+X*).

Sentence: un partenaire apporte au plus son taux de l'assiette, augmenté de ce qu'apportent les partenaires locaux, et
son taux augmenté de deux fois l'abondement ne dépasse pas l'assiette.

Inequality: ``A[o,p,s] <= rate * base * z + L`` with ``L = sum_{q != p, owner; kind(q) in counts} A[o,q,s]``, and
``2 * A[o,p,s] <= (1 + rate) * base * z``, with ``z = F[o,s] / K[o]``.

Index sets: operations o that the rule concerns and where its partner p has a cell, start years s.
Units: integer cents, exact rates. Reference: K17. Missing data: a base that the scenario omits raises ValueError.
"""

from collections.abc import Iterator
from fractions import Fraction
from math import floor

from allocator.check.ledger import Launched, Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from allocator.words import percent
from scenarios.document import MatchingTopUp, Operation
from scenarios.language import _

FAMILY = "matching_top_up"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per launch where the partner exceeds the lower of its two limits; compares exact fractions."""
    for rule in scope.rules(MatchingTopUp):
        for operation in scope.concerned_partner(rule, rule.partner):
            base = scope.base(rule.base, operation, rule.partner)
            for launch in ledger.launches[operation.code]:
                part = Fraction(base * launch.funded, scope.to_fund[operation.code])
                local = _local(scope, rule, operation, launch)
                limit = min(rule.rate * part + local, (1 + rule.rate) * part / 2)
                found = launch.amounts.get(rule.partner, 0)
                if found > limit:
                    text = _(
                        "Règle {rule} : {partner} apporte {found} à l'opération {operation} lancée en {start}, au lieu "
                        "de {limit} au plus ({rate} d'une assiette de {base} au prorata de la part financée, plus "
                        "{local} apportés par les partenaires locaux, dans la limite de l'assiette)."
                    ).format(
                        rule=rule.code, partner=rule.partner, found=scope.money(found), operation=operation.code,
                        start=launch.start, limit=scope.money(floor(limit)), rate=percent(rule.rate),
                        base=scope.money(base), local=scope.money(local),
                    )  # fmt: skip
                    yield Violation(
                        FAMILY, (rule.code, operation.code, rule.partner, str(launch.start)), found, limit, text
                    )


def _local(scope: Scope, rule: MatchingTopUp, operation: Operation, launch: Launched) -> int:
    return sum(
        amount
        for partner, amount in launch.amounts.items()
        if partner not in (rule.partner, operation.owner) and scope.kind(partner) in rule.counts
    )
