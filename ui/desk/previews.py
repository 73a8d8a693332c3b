"""About what a plan will be: the four figures of a preview, and what the decisive run says of it."""

from collections import Counter

from allocator.solve.preview import Confirmation, Preview
from allocator.words import money
from scenarios.language import _
from ui.plan import Totals


def previewed_totals(previewed: Preview) -> Totals:
    """Return about what the totals of a plan will be: what is committed to an operation funds it."""
    scenario, funded = previewed.scenario, Counter[str]()
    for line in previewed.commitments:
        funded[line.operation] += line.amount
    missing = {line.code: line.to_fund - funded[line.code] for line in scenario.operations}
    return Totals(
        cost=sum(line.cost for line in scenario.operations),
        receipts=sum(line.receipts for line in scenario.operations),
        funded=funded.total(),
        missing=sum(missing.values()),
        unfunded=sum(1 for code, left in missing.items() if left > 0 and not funded[code]),
        partly_funded=sum(1 for code, left in missing.items() if left > 0 and funded[code]),
    )


def confirmation_sentence(found: Confirmation, currency: str) -> str:
    """Say whether the decisive run gave the amounts of the preview."""
    if found.same:
        return _("L'aperçu est confirmé au centime.")
    return _(
        "L'aperçu différait du plan exact sur {count} montants, {amount} en tout : le plan exact le remplace."
    ).format(count=found.moved, amount=money(found.cents, currency))
