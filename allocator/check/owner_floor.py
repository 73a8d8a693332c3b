"""The owner bears at least a share of what public persons bring, itself included.

Sentence: le maître d'ouvrage apporte au moins sa part minimale du total apporté par les personnes publiques, la sienne
comprise.

Inequality: ``(1 - rate) * A[o,owner,s] >= rate * sum_{q != owner, kind(q) in counts} A[o,q,s]``.

Index sets: operations o that the rule concerns (usually by the family of their owner), start years s, partners q.
Units: integer cents, exact rates. Reference: K08 (CGCT L.1111-10, L.1111-9; loi 2003-710 art. 9 and 9-3).
Missing data: none is read but rates and amounts; an owner that a fixed plan leaves out brings nothing.
"""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from allocator.words import percent
from scenarios.document import Operation, OwnerFloor
from scenarios.language import _

FAMILY = "owner_floor"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per launch where the owner brings too little; compares integers.

    ``found`` is the owner's own share in cents and ``limit`` the smallest one that the others' grants allow; at a
    rate of one no grant is allowed, and the violation compares the grants with zero instead.
    """
    for rule in scope.rules(OwnerFloor):
        numerator, denominator = rule.rate.as_integer_ratio()
        counted = {code for code in scope.partners if scope.kind(code) in rule.counts}
        for operation in scope.concerned(rule):
            public = counted - {operation.owner}
            for launch in ledger.launches[operation.code]:
                own = launch.amounts.get(operation.owner, 0)
                grants = sum(amount for partner, amount in launch.amounts.items() if partner in public)
                if (denominator - numerator) * own < numerator * grants:
                    yield _violation(scope, rule, operation, launch.start, own, grants)


def _violation(scope: Scope, rule: OwnerFloor, operation: Operation, start: int, own: int, grants: int) -> Violation:
    subject = (rule.code, operation.code, operation.owner, str(start))
    facts = {
        "rule": rule.code,
        "operation": operation.code,
        "start": start,
        "owner": operation.owner,
        "rate": percent(rule.rate),
        "grants": scope.money(grants),
        "own": scope.money(own),
    }
    if rule.rate == 1:
        text = _(
            "Règle {rule} : {owner} doit porter seul l'opération {operation} lancée en {start}, "
            "où d'autres personnes publiques apportent {grants}."
        )
        return Violation(FAMILY, subject, grants, 0, text.format(**facts))
    limit = rule.rate / (1 - rule.rate) * Fraction(grants)
    text = _(
        "Règle {rule} : {owner}, maître d'ouvrage de l'opération {operation} lancée en {start}, apporte {own}, au lieu "
        "de {limit} au moins ({rate} du total public, les autres personnes publiques apportant {grants})."
    )
    return Violation(FAMILY, subject, own, limit, text.format(limit=scope.money(ceil(limit)), **facts))
