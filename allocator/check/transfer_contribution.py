"""Transfer contributions (*fonds de concours*) stay under a share of what the other grants leave to fund.

Sentence: les fonds de concours ne dépassent pas la part que le bénéficiaire garde à sa charge, hors subventions ; plus
généralement, un taux de ce que laissent les autres subventions.

Inequality: ``T <= rate * (T + A[o,owner,s])`` with ``T = sum_{q != owner, kind(q) in counts} A[o,q,s]``.

Index sets: operations o that the rule concerns, start years s, partners q. Units: integer cents, exact rates.
Reference: K10 (CGCT L.5216-5 VI). Missing data: an owner that a fixed plan leaves out brings nothing.
"""

from collections.abc import Iterator
from math import floor

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from allocator.words import percent
from scenarios.document import TransferContribution
from scenarios.language import _

FAMILY = "transfer_contribution"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per launch where too much is transferred; compares exact fractions of cents."""
    for rule in scope.rules(TransferContribution):
        for operation in scope.concerned(rule):
            for launch in ledger.launches[operation.code]:
                own = launch.amounts.get(operation.owner, 0)
                transferred = sum(
                    amount
                    for partner, amount in launch.amounts.items()
                    if partner != operation.owner and scope.kind(partner) in rule.counts
                )
                limit = rule.rate * (own + transferred)
                if transferred > limit:
                    text = _(
                        "Règle {rule} : les fonds de concours à l'opération {operation} lancée en {start} font "
                        "{found}, au lieu de {limit} au plus ({rate} de ce que laissent les subventions, {owner} "
                        "portant {own})."
                    ).format(
                        rule=rule.code, operation=operation.code, start=launch.start, owner=operation.owner,
                        found=scope.money(transferred), limit=scope.money(floor(limit)), rate=percent(rule.rate),
                        own=scope.money(own),
                    )  # fmt: skip
                    subject = (rule.code, operation.code, operation.owner, str(launch.start))
                    yield Violation(FAMILY, subject, transferred, limit, text)
