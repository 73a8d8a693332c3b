"""The names of the divisions, in French."""

from collections.abc import Mapping

from allocator.divisions import Division
from scenarios.language import N_, _

NAMES: Mapping[Division, str] = {
    Division.PROPORTIONAL: N_("prorata"),
    Division.EQUAL_AWARDS: N_("gains égaux"),
    Division.EQUAL_LOSSES: N_("pertes égales"),
    Division.TALMUD: N_("Talmud"),
}


def key_provenance(division: Division) -> str:
    """Say where the lines of a reference plan made by a division come from."""
    return _("partage du coût à financer entre ceux qui peuvent le financer : {name}").format(name=_(NAMES[division]))
