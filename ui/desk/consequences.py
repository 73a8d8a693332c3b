"""What a commit changes in the plan, as a short list of sentences a room can read aloud."""

from collections.abc import Iterator

from allocator.comparison.change import FundingChange, PartnerChange
from allocator.comparison.plans import PlanChanges, compare_plans
from allocator.words import money
from scenarios.language import _
from ui.plan import Plan

NAMED = 3
"""Operations, partners or communes named in one sentence; the others are counted."""


def consequences(before: Plan, after: Plan) -> tuple[str, ...]:
    """Return the sentences, the weightiest first; one that says so when no amount changes.

    Raises CurrencyMismatchError when the amounts are not in the same currency.
    """
    found = compare_plans((before.scenario, before.allocation), (after.scenario, after.allocation))
    if found.empty:
        return (_("Aucun montant ne change."),)
    currency = after.scenario.currency
    parts = (*_funding(found), *_payers(found), *_communes(found, currency), *_partners(found, currency))
    return tuple(parts) or (_("Seules les années de lancement ou de paiement changent."),)


def _funding(found: PlanChanges) -> Iterator[str]:
    """Say which operations gain or lose their funding, or part of it."""
    kinds = (
        (_("{count} opérations ne sont plus financées : {names}."), _("1 opération n'est plus financée : {names}."),
         [line for line in found.operations if line.funded.before and not line.funded.after]),
        (_("{count} opérations sont désormais financées : {names}."),
         _("1 opération est désormais financée : {names}."),
         [line for line in found.operations if line.funded.after and not line.funded.before]),
        (_("{count} opérations sont moins financées : {names}."), _("1 opération est moins financée : {names}."),
         [line for line in found.operations if 0 < line.funded.after < line.funded.before]),
        (_("{count} opérations sont plus financées : {names}."), _("1 opération est plus financée : {names}."),
         [line for line in found.operations if 0 < line.funded.before < line.funded.after]),
    )  # fmt: skip
    for several, one, lines in kinds:
        if lines:
            yield (one if len(lines) == 1 else several).format(count=len(lines), names=_names(lines))


def _payers(found: PlanChanges) -> Iterator[str]:
    """Say how many operations, funded as much as before, are paid otherwise."""
    moved = {cell.operation for cell in found.cells} - {
        line.code for line in found.operations if line.funded.difference
    }
    if len(moved) == 1:
        yield _("1 opération change de financeurs ou de parts : {names}.").format(names=next(iter(moved)))
    elif moved:
        yield _("{count} opérations changent de financeurs ou de parts.").format(count=len(moved))


def _communes(found: PlanChanges, currency: str) -> Iterator[str]:
    """Say how the share of the owners moves, commune by commune, the largest moves first."""
    moved = sorted((line for line in found.communes if line.own.difference), key=_by_own)
    for line in moved[:NAMED]:
        amount = money(abs(line.own.difference), currency)
        yield (
            _("La charge des maîtres d'ouvrage de {name} augmente de {amount}.")
            if line.own.difference > 0
            else _("La charge des maîtres d'ouvrage de {name} baisse de {amount}.")
        ).format(name=line.label, amount=amount)
    if len(moved) > NAMED:
        yield _("La charge change aussi dans {count} autres communes.").format(count=len(moved) - NAMED)


def _partners(found: PlanChanges, currency: str) -> Iterator[str]:
    """Say who brings more or less to the operations of others, the largest moves first."""
    moved = sorted((line for line in found.partners if line.aid.difference), key=_by_aid)
    for line in moved[:NAMED]:
        amount = money(abs(line.aid.difference), currency)
        yield (
            _("{name} apporte {amount} de plus.") if line.aid.difference > 0 else _("{name} apporte {amount} de moins.")
        ).format(name=line.label, amount=amount)
    if len(moved) > NAMED:
        yield _("{count} autres partenaires apportent plus ou moins.").format(count=len(moved) - NAMED)


def _by_own(line: FundingChange) -> tuple[int, str]:
    return -abs(line.own.difference), line.code


def _by_aid(line: PartnerChange) -> tuple[int, str]:
    return -abs(line.aid.difference), line.code


def _names(lines: list[FundingChange]) -> str:
    """Name the operations that move most, then how many others."""
    first = sorted(lines, key=lambda line: (-abs(line.funded.difference), line.code))
    named = ", ".join(line.code for line in first[:NAMED])
    left = len(lines) - NAMED
    return named if left <= 0 else _("{names} et {count} autres").format(names=named, count=left)
