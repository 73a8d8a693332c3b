"""A share of the commitment budgets is kept back for overruns.

Sentence: un partenaire (ou les partenaires d'un fonds commun) engage au plus ses budgets, crédits dégagés compris,
moins la provision que la règle garde ; avec report, les cumuls depuis la première année.

Inequality: ``sum_o A[o,p,s] <= (1 - rate) * (budget[h,s] + decommitments[h,s])``, p being or drawing on the holder h.

Index sets: holders h named by a rule, years s of the horizon. Units: integer cents, exact rates.
Reference: the committee's vote. Missing data: a missing yearly budget raises ValueError naming holder and year.
"""

from collections import defaultdict
from collections.abc import Iterator
from math import floor

from allocator.check.ledger import Ledger
from allocator.check.purse import running
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from allocator.words import percent
from scenarios.document import Contingency
from scenarios.language import _

FAMILY = "contingency"


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per rule and year where the provision is spent; compares exact fractions of cents."""
    spent: dict[tuple[str, int], int] = defaultdict(int)
    for (_operation, start), amounts in ledger.amounts.items():
        for partner, amount in amounts.items():
            spent[partner, start] += amount
    for rule in scope.rules(Contingency):
        for line in running(scope, spent, {rule.holder}, lambda budget: budget.commitment):
            limit = (1 - rule.rate) * line.limit
            if line.found > limit:
                text = _(
                    "Règle {rule} : {holder} engage {found} ({period}), au lieu de {limit} au plus, une provision de "
                    "{rate} étant gardée sur {budget}."
                ).format(
                    rule=rule.code,
                    holder=rule.holder,
                    found=scope.money(line.found),
                    period=(
                        _("cumul jusqu'en {year}").format(year=line.year)
                        if line.holder.carry_over
                        else _("en {year}").format(year=line.year)
                    ),
                    limit=scope.money(floor(limit)),
                    rate=percent(rule.rate),
                    budget=scope.money(line.limit),
                )
                yield Violation(FAMILY, (rule.code, rule.holder, str(line.year)), line.found, limit, text)
