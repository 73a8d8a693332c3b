"""What is committed in a year fits the commitment budgets of that year.

Sentence: les engagements d'une année d'un partenaire, ou de tous ceux d'un fonds commun, tiennent dans l'autorisation
d'engagement de l'année augmentée des crédits dégagés ; avec report, les cumuls depuis la première année.

Inequality: ``sum_o A[o,p,t] <= commitment[h,t] + decommitments[h,t]``, p being the holder h or drawing on the pool h;
with carry-over, running totals of both sides from the first year.

Index sets: holders h with limited commitments, years t of the horizon (a launch is committed in its start year).
Units: integer cents. Reference: K11 (AE/AP).
Missing data: a missing yearly budget of a limited holder raises ValueError naming holder and year.
"""

from collections import defaultdict
from collections.abc import Iterator

from allocator.check.ledger import Ledger
from allocator.check.purse import overdrafts
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from scenarios.language import _

FAMILY = "commitment_budget"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per holder and year overdrawn; compares integer cents."""
    spent: dict[tuple[str, int], int] = defaultdict(int)
    for (_operation, start), amounts in ledger.amounts.items():
        for partner, amount in amounts.items():
            spent[partner, start] += amount
    for over in overdrafts(scope, spent, lambda holder: holder.commitment_limited, lambda line: line.commitment):
        sentence = (
            _(
                "{holder} engage {found} jusqu'en {year}, plus que ses budgets cumulés, crédits dégagés compris : "
                "{limit}."
            )
            if over.holder.carry_over
            else _("{holder} engage {found} en {year}, plus que son budget, crédits dégagés compris : {limit}.")
        )
        text = sentence.format(
            holder=over.holder.code, found=scope.money(over.found), year=over.year, limit=scope.money(over.limit)
        )
        yield Violation(FAMILY, (over.holder.code, str(over.year)), over.found, over.limit, text)
