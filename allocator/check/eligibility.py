"""Only those who may fund an operation bring money to it.

Sentence: hors plan de financement fixe, seuls le maître d'ouvrage et les partenaires éligibles apportent de l'argent ;
avec un plan fixe, seuls les partenaires du plan.

Equality: ``A[o,p,s] = 0`` outside the cells of the scenario; cells are (o, owner) and the eligibility lines, or the
partners of the plan lines when the operation has some.

Index sets: operations o, partners p, start years s. Units: integer cents. Reference: K01, eligibility table.
Missing data: a pair without a line is not eligible; nothing else is read.
"""

from collections.abc import Iterator

from allocator.check.ledger import Ledger
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from scenarios.language import _

FAMILY = "eligibility"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per commitment, whatever its sign, of a partner that may not fund the operation."""
    for (code, start), amounts in sorted(ledger.amounts.items()):
        for partner in sorted(amounts.keys() - scope.cells[code]):
            text = _(
                "{partner} apporte {found} à l'opération {operation} lancée en {start}, qu'il ne peut pas financer."
            ).format(partner=partner, found=scope.money(amounts[partner]), operation=code, start=start)
            yield Violation(FAMILY, (code, partner, str(start)), amounts[partner], 0, text)
