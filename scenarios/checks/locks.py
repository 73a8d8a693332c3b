"""Locks bind partners who may fund, and never more than what is to be funded."""

from collections import defaultdict
from collections.abc import Iterator

from scenarios.checks.eligibilities import outsider
from scenarios.checks.finding import Finding
from scenarios.checks.operations import fundable
from scenarios.document import LockSense
from scenarios.document.index import Index
from scenarios.language import _
from scenarios.wording import money


def check(index: Index) -> Iterator[Finding]:
    """Yield locks of partners who may not fund, and locks over the amount to fund, alone or together."""
    currency = index.scenario.currency
    exact: dict[str, list[int]] = defaultdict(list)
    locks = index.scenario.locks
    for row, line in enumerate(locks):
        yield from outsider(index, "locks", row, line.operation, line.partner)
        operation = index.operations.get(line.operation)
        if not fundable(operation):
            continue
        if line.sense is LockSense.EXACTLY:
            exact[line.operation].append(row)
        if line.amount > operation.to_fund:
            yield Finding(
                "locks", row, "amount", money(line.amount, currency),
                _("au plus {amount}, ce qu'il faut financer pour « {code} »").format(
                    amount=money(operation.to_fund, currency), code=line.operation
                ),
                _("Corrigez le montant arrêté, ou le coût de l'opération."),
            )  # fmt: skip
    for code, rows in exact.items():
        total, limit = sum(locks[row].amount for row in rows), index.operations[code].to_fund
        if len(rows) > 1 and total > limit:
            yield Finding(
                "locks", rows[0], "amount",
                _("des montants arrêtés de « {code} » dont la somme est {total}").format(
                    code=code, total=money(total, currency)
                ),
                _("au plus {amount}, ce qu'il faut financer").format(amount=money(limit, currency)),
                _("Corrigez l'un des montants arrêtés."),
            )  # fmt: skip
