"""The closed words of a rulebook, and what they mean in French."""

from enum import StrEnum

from scenarios.language import N_, _


class EntryKind(StrEnum):
    """What an entry does: a rule the allocation applies, a reference value it does not, or the lifting of a rule."""

    RATE_CEILING = "rate_ceiling"
    RATE_FLOOR = "rate_floor"
    AMOUNT_CEILING = "amount_ceiling"
    FLAT_AID = "flat_aid"
    PUBLIC_AID_CAP = "public_aid_cap"
    OWNER_FLOOR = "owner_floor"
    TRANSFER_CONTRIBUTION = "transfer_contribution"
    REGION_OR_DEPARTEMENT = "region_or_departement"
    DE_MINIMIS = "de_minimis"
    PARAMETER = "parameter"
    EXEMPTION = "exemption"


class Unit(StrEnum):
    """What the number of an entry counts. Shares and posts are exact fractions, amounts of money cents."""

    SHARE = "share"
    POINTS = "points"
    POSTS = "posts"
    EUR = "eur"
    EUR_PER_UNIT = "eur_per_unit"
    EUR_PER_YEAR = "eur_per_year"
    EUR_PER_DISTRICT = "eur_per_district"
    EUR_PER_THREE_YEARS = "eur_per_three_years"
    NONE = "none"


class EntryBase(StrEnum):
    """What a share is a share of. The first five are the bases of the rules of a scenario."""

    EXCL_VAT = "excl_vat"
    INCL_VAT = "incl_vat"
    COST = "cost"
    DEFICIT = "deficit"
    ELIGIBLE = "eligible"
    PUBLIC_FUNDING = "public_funding"
    COST_LESS_GRANTS = "cost_less_grants"
    GRANT = "grant"
    CONTRIBUTIONS = "contributions"
    ENTITLEMENT = "entitlement"
    EXPENSE_INCL_VAT = "expense_incl_vat"
    PLANNED_BASE = "planned_base"
    PRIORITY = "priority"
    NONE = "none"


class Caps(StrEnum):
    """Whether a ceiling limits the base of the aid or the aid itself; none for what is no ceiling."""

    BASE = "base"
    GRANT = "grant"
    NONE = "none"


class Holds(StrEnum):
    """How a value binds what it measures."""

    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    EXACTLY = "exactly"


class Force(StrEnum):
    """Whether the committee may decide otherwise."""

    HARD = "hard"
    NEGOTIABLE = "negotiable"


class SourceMark(StrEnum):
    """How far a value is established. What is only remembered has no mark: it is an empty entry to fill."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


APPLIED = frozenset(
    {
        EntryKind.RATE_CEILING, EntryKind.RATE_FLOOR, EntryKind.AMOUNT_CEILING, EntryKind.FLAT_AID,
        EntryKind.PUBLIC_AID_CAP, EntryKind.OWNER_FLOOR, EntryKind.REGION_OR_DEPARTEMENT, EntryKind.DE_MINIMIS,
        EntryKind.TRANSFER_CONTRIBUTION,
    }
)  # fmt: skip
"""Kinds that become rules of the scenario."""

COUNTING = frozenset(
    {EntryKind.PUBLIC_AID_CAP, EntryKind.OWNER_FLOOR, EntryKind.DE_MINIMIS, EntryKind.TRANSFER_CONTRIBUTION}
)
"""Kinds that add up what some families of partners bring."""

OF_PARTNER = APPLIED - {
    EntryKind.OWNER_FLOOR, EntryKind.REGION_OR_DEPARTEMENT, EntryKind.DE_MINIMIS, EntryKind.TRANSFER_CONTRIBUTION,
}  # fmt: skip
"""Kinds that limit one partner, named by the scenario."""

FRACTIONS = frozenset({Unit.SHARE, Unit.POINTS, Unit.POSTS})
"""Units whose values are exact fractions; the other units but ``none`` are amounts."""

_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    EntryKind: {
        EntryKind.RATE_CEILING: N_("taux maximal"),
        EntryKind.RATE_FLOOR: N_("taux minimal d'un partenaire qui participe"),
        EntryKind.AMOUNT_CEILING: N_("montant maximal"),
        EntryKind.FLAT_AID: N_("forfait par unité"),
        EntryKind.PUBLIC_AID_CAP: N_("plafond d'aides publiques"),
        EntryKind.OWNER_FLOOR: N_("part minimale du maître d'ouvrage"),
        EntryKind.TRANSFER_CONTRIBUTION: N_("plafond des fonds de concours"),
        EntryKind.REGION_OR_DEPARTEMENT: N_("région ou département, pas les deux"),
        EntryKind.DE_MINIMIS: N_("aides à une entreprise sur trois années glissantes"),
        EntryKind.PARAMETER: N_("valeur de référence, non appliquée par la répartition"),
        EntryKind.EXEMPTION: N_("règle levée par le texte"),
    },
    Unit: {
        Unit.SHARE: N_("part de l'assiette"),
        Unit.POINTS: N_("points ajoutés à un taux"),
        Unit.POSTS: N_("équivalent temps plein"),
        Unit.EUR: N_("€"),
        Unit.EUR_PER_UNIT: N_("€ par unité"),
        Unit.EUR_PER_YEAR: N_("€ par an"),
        Unit.EUR_PER_DISTRICT: N_("€ par quartier"),
        Unit.EUR_PER_THREE_YEARS: N_("€ sur trois ans"),
        Unit.NONE: N_("sans valeur"),
    },
    EntryBase: {
        EntryBase.EXCL_VAT: N_("coût hors taxes"),
        EntryBase.INCL_VAT: N_("coût toutes taxes comprises"),
        EntryBase.COST: N_("coût à financer, sur la base déclarée par l'opération"),
        EntryBase.DEFICIT: N_("déficit : coût moins recettes"),
        EntryBase.ELIGIBLE: N_("assiette propre au partenaire"),
        EntryBase.PUBLIC_FUNDING: N_("total apporté par les personnes publiques"),
        EntryBase.COST_LESS_GRANTS: N_("coût moins subventions"),
        EntryBase.GRANT: N_("subvention prévue"),
        EntryBase.CONTRIBUTIONS: N_("concours, subventions et prêts"),
        EntryBase.ENTITLEMENT: N_("montant à répartir"),
        EntryBase.EXPENSE_INCL_VAT: N_("dépense éligible toutes taxes comprises"),
        EntryBase.PLANNED_BASE: N_("assiette prévue par la décision de subvention"),
        EntryBase.PRIORITY: N_("total éligible d'une priorité du programme européen"),
        EntryBase.NONE: N_("sans assiette"),
    },
    Caps: {
        Caps.BASE: N_("plafonne l'assiette, puis l'aide"),
        Caps.GRANT: N_("plafonne l'aide"),
        Caps.NONE: N_("ne plafonne rien"),
    },
    Holds: {
        Holds.AT_MOST: N_("au plus"),
        Holds.AT_LEAST: N_("au moins"),
        Holds.EXACTLY: N_("exactement"),
    },
    Force: {
        Force.HARD: N_("s'impose au comité"),
        Force.NEGOTIABLE: N_("le comité peut en décider autrement"),
    },
    SourceMark: {
        SourceMark.PRIMARY: N_("lu dans le texte officiel"),
        SourceMark.SECONDARY: N_("lu dans une source publique, à confirmer"),
    },
}
"""By list: words of two lists may be spelt alike (``none``, ``grant``) and are then equal as keys."""


def word(member: StrEnum) -> str:
    """Say in French what a word of one of these lists means."""
    return _(_WORDS[type(member)][member])
