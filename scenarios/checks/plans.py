"""Fixed financing plans cover exactly what is to be funded, and say by themselves who funds."""

from collections import defaultdict
from collections.abc import Iterator

from scenarios.checks.finding import Finding
from scenarios.checks.operations import fundable
from scenarios.document.index import Index
from scenarios.language import _
from scenarios.wording import money


def check(index: Index) -> Iterator[Finding]:
    """Yield plans that do not sum to the amount to fund, and eligibility lines that double a plan."""
    currency = index.scenario.currency
    first: dict[str, int] = {}
    sums: dict[str, int] = defaultdict(int)
    for row, line in enumerate(index.scenario.plans):
        first.setdefault(line.operation, row)
        sums[line.operation] += line.amount
    for code, row in first.items():
        operation = index.operations.get(code)
        if fundable(operation) and sums[code] != operation.to_fund:
            yield Finding(
                "plans", row, "amount",
                _("un plan de « {code} » dont la somme est {total}").format(
                    code=code, total=money(sums[code], currency)
                ),
                _("{amount}, le coût à financer moins les recettes").format(amount=money(operation.to_fund, currency)),
                _("Corrigez les montants du plan, le coût ou les recettes."),
            )  # fmt: skip
    for row, eligibility in enumerate(index.scenario.eligibilities):
        if eligibility.operation in first:
            yield Finding(
                "eligibilities", row, "operation",
                _("« {code} », qui a un plan de financement fixe").format(code=eligibility.operation),
                _("une opération sans plan fixe : le plan dit déjà qui finance"), _("Supprimez cette ligne."),
            )  # fmt: skip
