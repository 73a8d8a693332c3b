"""Eligibility lines name other partners than the owner."""

from collections.abc import Iterator

from scenarios.checks.finding import Finding
from scenarios.document.index import Index
from scenarios.language import _
from scenarios.wording import listed


def check(index: Index) -> Iterator[Finding]:
    """Yield the lines that name the owner of the operation, who always funds it."""
    for row, line in enumerate(index.scenario.eligibilities):
        operation = index.operations.get(line.operation)
        if operation is not None and operation.owner == line.partner:
            yield Finding(
                "eligibilities", row, "partner",
                _("« {partner} », maître d'ouvrage de « {code} »").format(partner=line.partner, code=line.operation),
                _("un autre partenaire que le maître d'ouvrage"),
                _("Supprimez cette ligne : le maître d'ouvrage peut toujours financer son opération."),
            )  # fmt: skip


def outsider(index: Index, table: str, row: int, operation: str, partner: str) -> Iterator[Finding]:
    """Yield a finding when the partner may not bring a grant to the operation."""
    funders = index.funders.get(operation, (partner,))
    if partner not in funders:
        yield Finding(
            table, row, "partner",
            _("« {partner} », qui ne peut pas financer « {code} »").format(partner=partner, code=operation),
            _("le maître d'ouvrage ou un partenaire éligible : {partners}").format(partners=listed(funders)),
            _("Ajoutez sa ligne dans « eligibilities » (ou dans « plans » si le plan est fixe), ou corrigez le code."),
        )  # fmt: skip
