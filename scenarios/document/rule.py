"""Rules: the limits that texts, funders and the committee put on each contribution.

Every rule names its base, its source and its confidence mark, and says where it applies by filters (see
``rule_record``). Amounts are in cents, rates exact fractions in [0, 1]. The mathematics of each kind stands in
``allocator.rules``. Rules that bear on several partners or several operations at once are in ``shared_rules``.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from scenarios.document.payment_rules import AdvanceCeiling, InstalmentCeiling
from scenarios.document.quantities import Cents, Code, Day, Flag, Label, Rate, Text, Whole
from scenarios.document.record import Record
from scenarios.document.rule_record import Base, Kinds, RuleRecord
from scenarios.document.shared_rules import (
    Contingency,
    GrantEquivalent,
    MatchingTopUp,
    OwnerCapacity,
    PriorityShare,
    Reciprocity,
    ReservedShare,
    TransferContribution,
)
from scenarios.language import N_


class RateCeiling(RuleRecord):
    """K02, K04: a partner brings at most a rate of its base, the base being itself possibly capped."""

    kind: Literal["rate_ceiling"]
    partner: Code = Field(description=N_("Partenaire limité"))
    rate: Rate = Field(description=N_("Taux maximal"))
    base: Base = Field(description=N_("Assiette du taux"))
    base_max: Cents | None = Field(default=None, description=N_("Plafond de l'assiette, pour l'opération"))
    base_max_per_unit: Cents | None = Field(default=None, description=N_("Plafond de l'assiette, par unité"))
    base_max_per_building: Cents | None = Field(default=None, description=N_("Plafond ajouté par bâtiment"))


class RateFloor(RuleRecord):
    """K03: when present, a partner brings at least a rate of its base."""

    kind: Literal["rate_floor"]
    partner: Code = Field(description=N_("Partenaire concerné"))
    rate: Rate = Field(description=N_("Taux minimal quand il participe"))
    base: Base = Field(description=N_("Assiette du taux"))


class AmountCeiling(RuleRecord):
    """K04: a partner brings at most an amount per operation, or an amount per unit. Exactly one is given."""

    kind: Literal["amount_ceiling"]
    partner: Code = Field(description=N_("Partenaire limité"))
    amount: Cents | None = Field(default=None, description=N_("Montant maximal pour l'opération"))
    amount_per_unit: Cents | None = Field(default=None, description=N_("Montant maximal par unité"))


class FlatAid(RuleRecord):
    """K05: when present, a partner brings a flat amount per unit, neither more nor less."""

    kind: Literal["flat_aid"]
    partner: Code = Field(description=N_("Partenaire concerné"))
    amount_per_unit: Cents = Field(description=N_("Forfait par unité"))


class PublicAidCap(RuleRecord):
    """K07: when a partner is present, the grants of the partners its text counts as public stay under a rate of a base.

    The owner's own contribution is never counted.
    """

    kind: Literal["public_aid_cap"]
    partner: Code = Field(description=N_("Partenaire dont le texte pose le plafond"))
    rate: Rate = Field(description=N_("Part maximale des aides publiques"))
    base: Base = Field(description=N_("Assiette du plafond"))
    counts: Kinds = Field(description=N_("Familles de partenaires que ce texte compte comme publiques"))


class OwnerFloor(RuleRecord):
    """K08: the owner bears at least a share of the total brought by public persons, itself included."""

    kind: Literal["owner_floor"]
    rate: Rate = Field(description=N_("Part minimale du maître d'ouvrage"))
    counts: Kinds = Field(description=N_("Familles de partenaires comptées comme personnes publiques"))


class RegionOrDepartement(RuleRecord):
    """K09: an operation receives grants from the région or from one département, not from both.

    Operations under a State-région contract or a concerted-exercise agreement (``concerted``) are not concerned.
    """

    kind: Literal["region_or_departement"]


class MinimumTicket(RuleRecord):
    """A partner brings to an operation, all years together, either nothing or at least an amount."""

    kind: Literal["minimum_ticket"]
    partner: Code = Field(description=N_("Partenaire concerné"))
    amount: Cents = Field(description=N_("Montant minimal quand il participe à l'opération"))


class PartnerLimit(RuleRecord):
    """At most a number of partners bring money to an operation, all years together."""

    kind: Literal["partner_limit"]
    most: Whole = Field(description=N_("Nombre maximal de partenaires"))
    counts: Kinds = Field(default=(), description=N_("Familles de partenaires comptées ; vide : toutes"))
    owner_counted: Flag = Field(description=N_("Le maître d'ouvrage est-il compté ?"))


class Timing(StrEnum):
    """When the operation that another one needs must be launched."""

    ANY_YEAR = "any_year"
    NOT_LATER = "not_later"


class OperationNeed(RuleRecord):
    """The operations concerned are launched only if another one is: no larger part of them than of it."""

    kind: Literal["needs"]
    needed: Code = Field(description=N_("Opération dont elles ont besoin"))
    timing: Timing = Field(description=N_("Quand l'opération nécessaire doit être lancée"))


class OperationExclusion(RuleRecord):
    """At most one of the operations concerned is launched, even in part."""

    kind: Literal["excludes"]


class MixedAid(RuleRecord):
    """K18: the aids to the syndicate and to the owners of one condominium stay together under a maximum.

    The operations concerned are those of the condominium; each owner's own contribution is not an aid.
    """

    kind: Literal["mixed_aid"]
    amount: Cents = Field(description=N_("Maximum que le syndicat recevrait seul"))
    counts: Kinds = Field(description=N_("Familles de partenaires dont les aides s'ajoutent"))


class DeMinimis(RuleRecord):
    """K19: the owner of the operations concerned receives at most an amount of public aid over three rolling years."""

    kind: Literal["de_minimis"]
    amount: Cents = Field(description=N_("Aides maximales à une entreprise sur trois années glissantes"))
    counts: Kinds = Field(description=N_("Familles de partenaires dont les aides comptent"))


class StartBeforeDecision(RuleRecord):
    """K21: a partner brings nothing to an operation that starts before the day the partner allows it to."""

    kind: Literal["start_before_decision"]
    partner: Code = Field(description=N_("Partenaire dont le texte interdit de commencer trop tôt"))


class CommitmentDeadline(RuleRecord):
    """K22: a partner commits nothing after the last day of its programme."""

    kind: Literal["commitment_deadline"]
    partner: Code = Field(description=N_("Partenaire concerné"))
    last_day: Day = Field(description=N_("Dernier jour où il peut engager"))


class Sanction(RuleRecord):
    """K23: from a day on, a partner brings at most a reduced rate of its base, or a reduced amount.

    Either the rate and its base are given, or the amount.
    """

    kind: Literal["sanction"]
    partner: Code = Field(description=N_("Partenaire dont l'aide est réduite"))
    since: Day = Field(description=N_("Premier jour de la sanction"))
    rate: Rate | None = Field(default=None, description=N_("Taux maximal réduit"))
    base: Base | None = Field(default=None, description=N_("Assiette du taux réduit"))
    amount: Cents | None = Field(default=None, description=N_("Montant maximal réduit, pour l'opération"))


Rule = Annotated[
    RateCeiling
    | RateFloor
    | AmountCeiling
    | FlatAid
    | PublicAidCap
    | OwnerFloor
    | RegionOrDepartement
    | MinimumTicket
    | PartnerLimit
    | OperationNeed
    | OperationExclusion
    | MixedAid
    | DeMinimis
    | StartBeforeDecision
    | CommitmentDeadline
    | Sanction
    | TransferContribution
    | Reciprocity
    | ReservedShare
    | PriorityShare
    | GrantEquivalent
    | MatchingTopUp
    | OwnerCapacity
    | Contingency
    | AdvanceCeiling
    | InstalmentCeiling,
    Field(discriminator="kind"),
]


class Derogation(Record):
    """One rule lifted for one operation or one whole project. Exactly one of the two is named."""

    rule: Code = Field(description=N_("Règle levée"))
    operation: Code | None = Field(default=None, description=N_("Opération concernée"))
    project: Code | None = Field(default=None, description=N_("Projet concerné"))
    author: Label = Field(description=N_("Autorité qui déroge"))
    reference: Label = Field(description=N_("Article ou décision"))
    reason: Text = Field(default="", description=N_("Motif"))
