"""Rules: the limits that texts, funders and the committee put on each contribution.

Every rule names its base, its source and its confidence mark, and says where it applies by filters: an
empty filter does not restrict, and an operation is concerned when it meets every filter. Amounts are in
cents, rates exact fractions in [0, 1]. The mathematics of each kind stands in ``allocator.rules``.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from scenarios.document.partner import PartnerKind
from scenarios.document.quantities import Cents, Code, Codes, Day, Flag, Label, Rate, Text, split_cell
from scenarios.document.record import Record
from scenarios.language import N_


class Base(StrEnum):
    """What a rate applies to."""

    EXCL_VAT = "excl_vat"
    INCL_VAT = "incl_vat"
    COST = "cost"
    DEFICIT = "deficit"
    ELIGIBLE = "eligible"


class Mark(StrEnum):
    """How far the value is established: read in the text, in a public page, agreed by the committee, or an example."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    AGREED = "agreed"
    ILLUSTRATIVE = "illustrative"


Kinds = Annotated[tuple[PartnerKind, ...], BeforeValidator(split_cell)]


class RuleRecord(Record):
    """What every rule carries: name, scope, dates, source."""

    code: Code = Field(description=N_("Code de la règle"))
    label: Label = Field(description=N_("La règle en une phrase"))
    natures: Codes = Field(default=(), description=N_("Natures concernées"))
    programmes: Codes = Field(default=(), description=N_("Programmes concernés"))
    projects: Codes = Field(default=(), description=N_("Projets concernés"))
    operations: Codes = Field(default=(), description=N_("Opérations concernées"))
    owner_kinds: Kinds = Field(default=(), description=N_("Familles de maîtres d'ouvrage concernées"))
    negotiable: Flag = Field(description=N_("Le comité peut-il décider de la changer ?"))
    valid_from: Day | None = Field(default=None, description=N_("Premier jour où la règle est en vigueur"))
    valid_to: Day | None = Field(default=None, description=N_("Dernier jour où la règle est en vigueur"))
    reference: Label = Field(description=N_("Texte, article, ou décision qui la fonde"))
    mark: Mark = Field(description=N_("Degré de certitude de la valeur"))


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


Rule = Annotated[
    RateCeiling | RateFloor | AmountCeiling | FlatAid | PublicAidCap | OwnerFloor,
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
