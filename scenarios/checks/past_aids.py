"""Past aids are those of undertakings that own operations, and are past."""

from collections.abc import Iterator

from scenarios.checks.finding import Finding
from scenarios.document.index import Index
from scenarios.language import _


def check(index: Index) -> Iterator[Finding]:
    """Yield past aids that are still to come, or that no operation of the scenario could add to."""
    owners = {operation.owner for operation in index.scenario.operations}
    day = index.scenario.reference_date
    for row, line in enumerate(index.scenario.past_aids):
        if line.day > day:
            yield Finding(
                "past_aids", row, "day", str(line.day),
                _("le {day} (date du scénario) ou un jour précédent").format(day=day),
                _("Corrigez la date : une aide à venir se décide dans la répartition."),
            )  # fmt: skip
        if line.partner in index.partners and line.partner not in owners:
            yield Finding(
                "past_aids", row, "partner",
                _("« {partner} », qui ne porte aucune opération").format(partner=line.partner),
                _("le maître d'ouvrage d'une opération"), _("Corrigez ce code, ou supprimez cette ligne."),
            )  # fmt: skip
