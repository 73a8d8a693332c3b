"""Rules on when commitments are paid: a rhythm that is given, by a profile or a plan, fits in them."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from scenarios.checks.finding import Finding
from scenarios.document import AdvanceCeiling, InstalmentCeiling, Operation, PaymentRhythm
from scenarios.document.index import Index
from scenarios.document.quantities import rate_to_text
from scenarios.language import _
from scenarios.wording import listed


def on_operations(index: Index) -> Iterator[Finding]:
    """Yield the rules that a given rhythm of payment breaks, with the operations. Every code must exist."""
    for row, rule in enumerate(index.scenario.rules):
        if not isinstance(rule, AdvanceCeiling | InstalmentCeiling):
            continue
        early: dict[Fraction, list[str]] = defaultdict(list)
        for operation in index.concerned(rule):
            share = _early(index, rule, operation)
            if share > rule.rate:
                early[share].append(operation.code)
        for share, operations in early.items():
            yield Finding(
                "rules", row, "rate",
                _("« {partner} » paie {share} de ses engagements trop tôt dans {operations}").format(
                    partner=rule.partner, share=rate_to_text(share), operations=listed(operations)
                ),
                _("{rate} au plus, puisque son rythme est donné par le profil ou par le plan").format(
                    rate=rate_to_text(rule.rate)
                ),
                _("Écrivez « free » dans « payments » de ce partenaire, corrigez le profil ou le plan, ou écartez ces "
                  "opérations par les filtres de la règle."),
            )  # fmt: skip


def _early(index: Index, rule: AdvanceCeiling | InstalmentCeiling, operation: Operation) -> Fraction:
    """Return the share of its commitment that a partner must pay under the ceiling; zero where it may choose."""
    if rule.partner not in index.funders.get(operation.code, ()):
        return Fraction(0)
    if operation.code in index.plans:
        lines = index.plans[operation.code]
        paid = [(line.year, Fraction(line.amount)) for line in lines if line.partner == rule.partner and line.amount]
        first, last = min(line.year for line in lines), max(line.year for line in lines)
    elif index.partners[rule.partner].payments is PaymentRhythm.FREE:
        return Fraction(0)
    else:
        paid = [(offset, share) for offset, share in index.profiles[str(operation.profile)] if share]
        first, last = 0, max(offset for offset, _share in paid)
    before = last if isinstance(rule, InstalmentCeiling) else min(last, first + 1)
    whole = sum((share for _year, share in paid), start=Fraction(0))
    return sum((share for year, share in paid if year < before), start=Fraction(0)) / whole if whole else whole
