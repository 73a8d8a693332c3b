"""Decisions concern partners who may fund; a vote is one partner's own, with its number; a refusal says why."""

from collections.abc import Iterator

from scenarios.checks.eligibilities import outsider
from scenarios.checks.finding import Finding
from scenarios.document import DecisionStatus
from scenarios.document.index import Index
from scenarios.language import _


def check(index: Index) -> Iterator[Finding]:
    """Yield decisions of partners who may not fund, votes without partner or number, refusals without reason."""
    for row, line in enumerate(index.scenario.decisions):
        if line.partner is not None:
            yield from outsider(index, "decisions", row, line.operation, line.partner)
        if line.status is DecisionStatus.VOTED and line.partner is None:
            yield Finding(
                "decisions", row, "partner", _("rien"), _("le partenaire qui a délibéré"),
                _("Écrivez une ligne par partenaire : le comité propose, seule l'assemblée de chacun délibère."),
            )  # fmt: skip
        if line.status is DecisionStatus.VOTED and not line.reference:
            yield Finding(
                "decisions", row, "reference", _("rien"), _("le numéro de la délibération"),
                _("Écrivez son numéro, ou « in_principle » si elle n'est pas encore votée."),
            )  # fmt: skip
        if line.status in {DecisionStatus.REFUSED, DecisionStatus.POSTPONED} and not line.reason:
            yield Finding(
                "decisions", row, "reason", _("rien"), _("le motif du refus ou du report"),
                _("Écrivez pourquoi, en une phrase."),
            )  # fmt: skip
