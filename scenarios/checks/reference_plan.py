"""The reference plan or key: one figure per line, from partners who may fund, and no more than the whole."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from scenarios.checks.eligibilities import outsider
from scenarios.checks.finding import Finding
from scenarios.document.index import Index
from scenarios.document.quantities import rate_to_text
from scenarios.language import _


def check(index: Index) -> Iterator[Finding]:
    """Yield lines with two figures or none, from partners who may not fund, and shares over the whole."""
    shares: dict[str, Fraction] = defaultdict(Fraction)
    first: dict[str, int] = {}
    for row, line in enumerate(index.scenario.references):
        if (line.share is None) == (line.amount is None):
            yield Finding(
                "references", row, "share",
                _("ni part ni montant") if line.share is None else _("une part et un montant"),
                _("une part ou un montant, l'un des deux"), _("Remplissez « share » ou « amount », pas les deux."),
            )  # fmt: skip
        yield from outsider(index, "references", row, line.operation, line.partner)
        shares[line.operation] += line.share or 0
        first.setdefault(line.operation, row)
    for code, total in shares.items():
        if total > 1:
            yield Finding(
                "references", first[code], "share",
                _("des parts de « {code} » dont la somme est {total}").format(code=code, total=rate_to_text(total)),
                _("des parts dont la somme est au plus 1"), _("Corrigez les parts de cette opération."),
            )  # fmt: skip
