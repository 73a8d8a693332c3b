"""Rulebooks a scenario employs: which text applies, who plays its funder, and to which operations."""

from pydantic import Field

from scenarios.document.quantities import Code, Codes, Text
from scenarios.document.record import Record
from scenarios.language import N_


class RulebookUse(Record):
    """One rulebook, or one entry of it, that applies to the scenario at the date of each operation."""

    rulebook: Code = Field(description=N_("Code du recueil de règles"))
    partner: Code | None = Field(
        default=None, description=N_("Partenaire auquel il s'applique ; vide si le recueil n'en limite aucun")
    )
    entry: Code | None = Field(
        default=None, description=N_("Entrée employée seule ; vide : toutes celles qui ne veulent pas être nommées")
    )
    operations: Codes = Field(default=(), description=N_("Opérations concernées"))
    provenance: Text = Field(default="", description=N_("D'où viennent ces données"))
