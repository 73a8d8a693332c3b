"""Envelopes limit somebody."""

from collections.abc import Iterator

from scenarios.checks.finding import Finding
from scenarios.document.index import Index
from scenarios.language import _


def check(index: Index) -> Iterator[Finding]:
    """Yield the envelopes that name no partner."""
    for row, envelope in enumerate(index.scenario.envelopes):
        if not envelope.partners:
            yield Finding(
                "envelopes", row, "partners", _("aucun partenaire"), _("un partenaire au moins"),
                _("Nommez les partenaires dont les engagements comptent dans l'enveloppe."),
            )  # fmt: skip
