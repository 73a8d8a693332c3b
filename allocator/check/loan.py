"""Loans already offered finance the owner's share.

Sentence: les prêts offerts pour une opération financent la part du maître d'ouvrage : celle-ci les vaut au moins, au
prorata de la part financée ; un prêt ne s'ajoute jamais aux subventions.

Inequality: ``A[o,owner,s] >= loans[o] * z`` with ``z = F[o,s] / K[o]`` and ``loans[o]`` the sum of the loans of o.

Index sets: operations o with loans, start years s. Units: integer cents. Reference: K01 (``sum l <= own``).
Missing data: an operation without a loan line has no loan; an owner that a fixed plan leaves out brings nothing.
"""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from scenarios.language import _

FAMILY = "loan"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per launch whose owner brings less than its loans; compares integers."""
    loans: dict[str, int] = defaultdict(int)
    for line in scope.scenario.loans:
        loans[line.operation] += line.amount
    for code, lent in sorted(loans.items()):
        operation = scope.operations[code]
        to_fund = scope.to_fund[code]
        for launch in ledger.launches[code]:
            own = launch.amounts.get(operation.owner, 0)
            if own * to_fund < lent * launch.funded:
                limit = Fraction(lent * launch.funded, to_fund)
                text = _(
                    "{owner}, maître d'ouvrage de l'opération {operation} lancée en {start}, apporte {found}, moins "
                    "que la part des prêts qui lui reviennent : {limit}."
                ).format(
                    owner=operation.owner,
                    operation=code,
                    start=launch.start,
                    found=scope.money(own),
                    limit=scope.money(ceil(limit)),
                )
                yield Violation(FAMILY, (code, operation.owner, str(launch.start)), own, limit, text)
