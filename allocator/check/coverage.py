"""Every euro of what is funded is brought by someone, and no euro more.

Sentence: pour chaque lancement, les engagements des partenaires et du maître d'ouvrage couvrent exactement le montant
financé.

Equality: ``sum_p A[o,p,s] = F[o,s]``; hence nothing is committed to a launch that is not funded.

Index sets: operations o, start years s, partners p. Units: integer cents. Reference: K01.
Missing data: none is read but the allocation itself.
"""

from collections.abc import Iterator

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from scenarios.language import _

FAMILY = "coverage"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per launch whose commitments do not sum to its funding; compares integer cents."""
    funding = {(code, start): funded for code, starts in ledger.funded.items() for start, funded in starts.items()}
    for code, start in sorted(funding.keys() | ledger.amounts.keys()):
        committed = sum(ledger.amounts.get((code, start), {}).values())
        funded = funding.get((code, start), 0)
        if committed != funded:
            text = _(
                "Opération {operation} lancée en {start} : les engagements font {found}, "
                "le montant financé est de {limit}."
            ).format(operation=code, start=start, found=scope.money(committed), limit=scope.money(funded))
            yield Violation(FAMILY, (code, str(start)), committed, funded, text)
