"""Each operation has a cost, something to fund, and one way to be paid; the semester of its start is 1 or 2."""

from collections.abc import Iterator
from typing import TypeGuard

from scenarios.checks.finding import Finding
from scenarios.document import Operation
from scenarios.document.index import Index
from scenarios.document.operation import CostBasis
from scenarios.language import _
from scenarios.wording import money

COST_COLUMNS = {
    CostBasis.EXCL_VAT: "cost_excl_vat",
    CostBasis.INCL_VAT: "cost_incl_vat",
    CostBasis.UNSPECIFIED: "cost_unspecified",
}


def has_cost(operation: Operation) -> bool:
    """Tell whether the cost on the declared basis is given, so that ``cost`` and ``to_fund`` can be asked."""
    return getattr(operation, COST_COLUMNS[operation.cost_basis]) is not None


def fundable(operation: Operation | None) -> TypeGuard[Operation]:
    """Tell whether there is something to fund; the other operations are told here, and once is enough."""
    return operation is not None and has_cost(operation) and operation.to_fund > 0


def check(index: Index) -> Iterator[Finding]:
    """Yield operations without cost, with nothing to fund, or without one clear way to be paid."""
    for row, operation in enumerate(index.scenario.operations):
        yield from _cost(index.scenario.currency, row, operation)
        yield from _payment(index, row, operation)
        yield from _semester(row, operation)


def _cost(currency: str, row: int, operation: Operation) -> Iterator[Finding]:
    if not has_cost(operation):
        yield Finding(
            "operations", row, COST_COLUMNS[operation.cost_basis], _("rien"),
            _("le coût, puisque « cost_basis » est « {basis} »").format(basis=operation.cost_basis),
            _("Écrivez ce coût, ou corrigez « cost_basis »."),
        )  # fmt: skip
    elif operation.to_fund < 0:
        yield Finding(
            "operations", row, "receipts", money(operation.receipts, currency),
            _("moins que le coût, {cost}").format(cost=money(operation.cost, currency)),
            _("Corrigez les recettes ou le coût."),
        )  # fmt: skip
    elif operation.to_fund == 0:
        yield Finding(
            "operations", row, "receipts",
            _("un coût de {cost} et des recettes de {receipts} : rien à financer").format(
                cost=money(operation.cost, currency), receipts=money(operation.receipts, currency)
            ),
            _("un coût plus grand que les recettes"), _("Corrigez les montants, ou retirez l'opération."),
        )  # fmt: skip


def _semester(row: int, operation: Operation) -> Iterator[Finding]:
    if operation.start_semester not in {None, 1, 2}:
        yield Finding(
            "operations", row, "start_semester", str(operation.start_semester), _("1 ou 2, ou rien"),
            _("Écrivez 1 pour un lancement de janvier à juin, 2 de juillet à décembre."),
        )  # fmt: skip


def _payment(index: Index, row: int, operation: Operation) -> Iterator[Finding]:
    planned = operation.code in index.plans
    if operation.profile is None and not planned:
        yield Finding(
            "operations", row, "profile", _("rien, et aucune ligne de la table « plans »"),
            _("un profil de paiement, ou un plan de financement fixe"),
            _("Nommez un profil de la table « profiles », ou donnez le plan dans la table « plans »."),
        )  # fmt: skip
    if operation.profile is not None and planned:
        yield Finding(
            "operations", row, "profile",
            _("« {profile} », alors que l'opération a un plan fixe").format(profile=operation.profile),
            _("rien : les paiements suivent le plan"), _("Videz « profile », ou supprimez les lignes du plan."),
        )  # fmt: skip
    if planned and operation.earliest_start < operation.latest_start:
        yield Finding(
            "operations", row, "latest_start", str(operation.latest_start),
            _("{year}, car une opération à plan fixe n'a qu'une année de lancement").format(
                year=operation.earliest_start
            ),
            _("Écrivez la même année dans « earliest_start » et « latest_start »."),
        )  # fmt: skip
