"""Loans finance the owner's share, which is never more than what is to be funded."""

from collections import defaultdict
from collections.abc import Iterator

from scenarios.checks.finding import Finding
from scenarios.checks.operations import fundable
from scenarios.document.index import Index
from scenarios.language import _
from scenarios.wording import money


def check(index: Index) -> Iterator[Finding]:
    """Yield the operations whose loans exceed the amount to fund, on their first loan."""
    currency = index.scenario.currency
    sums: dict[str, int] = defaultdict(int)
    first: dict[str, int] = {}
    for row, line in enumerate(index.scenario.loans):
        sums[line.operation] += line.amount
        first.setdefault(line.operation, row)
    for code, total in sums.items():
        operation = index.operations.get(code)
        if fundable(operation) and total > operation.to_fund:
            yield Finding(
                "loans", first[code], "amount",
                _("des prêts pour « {code} » dont la somme est {total}").format(
                    code=code, total=money(total, currency)
                ),
                _("au plus {amount}, ce qu'il faut financer").format(amount=money(operation.to_fund, currency)),
                _("Corrigez les prêts, ou le coût de l'opération."),
            )  # fmt: skip
