"""Envelopes over several years are not exceeded.

Sentence: ce que les partenaires d'une enveloppe engagent, toutes années confondues, pour les opérations des natures,
des territoires et des projets qu'elle vise, ne dépasse pas son montant.

Inequality: ``sum_{p in partners} sum_{o meeting every filter} sum_s A[o,p,s] <= amount``; an empty filter does not
restrict, and the territory of an operation is that of its commune.

Index sets: envelopes, partners p, operations o, start years s. Units: integer cents. Reference: K11.
Missing data: none can miss, every envelope has its amount.
"""

from collections.abc import Iterator

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from scenarios.language import _

FAMILY = "envelope"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per envelope exceeded; compares integer cents."""
    for envelope in sorted(scope.scenario.envelopes, key=lambda line: line.code):
        partners = sorted(set(envelope.partners))
        found = sum(
            ledger.whole.get((operation.code, partner), 0)
            for operation in scope.counted(envelope)
            for partner in partners
        )
        if found > envelope.amount:
            text = _("Enveloppe {envelope} : {partners} y engagent {found}, au lieu de {limit} au plus.").format(
                envelope=envelope.code,
                partners=", ".join(partners),
                found=scope.money(found),
                limit=scope.money(envelope.amount),
            )
            yield Violation(FAMILY, (envelope.code, *partners), found, envelope.amount, text)
