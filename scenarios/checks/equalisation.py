"""Weights of the indicators sum to one, and each indicator is weighed once, at one year."""

from collections.abc import Iterator
from fractions import Fraction

from scenarios.checks.finding import Finding
from scenarios.document.index import Index
from scenarios.document.quantities import rate_to_text
from scenarios.language import _


def check(index: Index) -> Iterator[Finding]:
    """Yield weights that do not sum to one, and indicators of several years."""
    lines = index.scenario.equalisation
    if not lines:
        return
    total = sum((line.weight for line in lines), start=Fraction(0))
    if total != 1:
        found = rate_to_text(total)
        yield Finding(
            "equalisation", None, "weight", _("des poids dont la somme fait {total}").format(total=found),
            _("une somme de 1"), _("Corrigez les poids votés."),
        )  # fmt: skip
    if len({line.year for line in lines}) > 1:
        yield Finding(
            "equalisation", None, "year", _("des indicateurs d'années différentes"), _("une seule année"),
            _("Pondérez des indicateurs de la même année."),
        )  # fmt: skip
