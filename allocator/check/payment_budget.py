"""What is paid in a year fits the payment budgets of that year.

Sentence: les paiements d'une année d'un partenaire, ou de tous ceux d'un fonds commun, tiennent dans les crédits de
paiement de l'année augmentés des crédits dégagés ; avec report, les cumuls depuis la première année.

Inequality: ``sum_{o,s} P[o,p,s,t] <= payment[h,t] + decommitments[h,t]``, p being the holder h or drawing on the pool
h; with carry-over, running totals of both sides from the first year.

Index sets: holders h with limited payments, years t of the horizon. Units: integer cents. Reference: K12 (CP).
Missing data: a missing yearly budget of a limited holder raises ValueError naming holder and year.
"""

from collections import defaultdict
from collections.abc import Iterator

from allocator.check.ledger import Ledger
from allocator.check.purse import overdrafts
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from scenarios.language import _

FAMILY = "payment_budget"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per holder and year overdrawn; compares integer cents."""
    spent: dict[tuple[str, int], int] = defaultdict(int)
    for (_operation, partner, _start), years in ledger.payments.items():
        for year, amount in years.items():
            spent[partner, year] += amount
    for over in overdrafts(scope, spent, lambda holder: holder.payment_limited, lambda line: line.payment):
        sentence = (
            _("{holder} paie {found} jusqu'en {year}, plus que ses crédits cumulés, crédits dégagés compris : {limit}.")
            if over.holder.carry_over
            else _("{holder} paie {found} en {year}, plus que ses crédits, crédits dégagés compris : {limit}.")
        )
        text = sentence.format(
            holder=over.holder.code, found=scope.money(over.found), year=over.year, limit=scope.money(over.limit)
        )
        yield Violation(FAMILY, (over.holder.code, str(over.year)), over.found, over.limit, text)
