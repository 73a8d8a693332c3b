"""Rules that bear on several partners, or on several operations at once: shares, reciprocity, capacities, provisions.

Amounts are in cents, rates exact fractions in [0, 1]. The mathematics of each kind stands in ``allocator.rules``.
"""

from typing import Literal

from pydantic import Field

from scenarios.document.funding import LockSense
from scenarios.document.quantities import Cents, Code, Codes, Flag, Rate, Ratio, Year
from scenarios.document.rule_record import Base, Kinds, RuleRecord
from scenarios.language import N_


class TransferContribution(RuleRecord):
    """K10: transfer contributions stay under a share of what the other grants leave to fund (one half: own share).

    The transfer contributions (*fonds de concours*) are what partners of the listed families bring to the owner.
    """

    kind: Literal["transfer_contribution"]
    rate: Rate = Field(
        description=N_("Part maximale des fonds de concours dans ce que les subventions laissent à financer")
    )
    counts: Kinds = Field(description=N_("Familles de partenaires dont l'apport est un fonds de concours"))


class Reciprocity(RuleRecord):
    """P8: what a partner brings depends on what others bring: at most, at least or exactly so many times as much."""

    kind: Literal["reciprocity"]
    partner: Code = Field(description=N_("Partenaire dont l'apport dépend de celui des autres"))
    sense: LockSense = Field(description=N_("exactement, au moins ou au plus"))
    ratio: Ratio = Field(description=N_("Nombre de fois l'apport des autres (1 : autant qu'eux)"))
    counterparts: Codes = Field(description=N_("Partenaires dont l'apport, en tout, sert de mesure"))
    together: Flag = Field(description=N_("« oui » : toutes opérations ensemble ; « non » : opération par opération"))


class ReservedShare(RuleRecord):
    """K13: at least a share of what a partner brings goes to operations of some natures or territories."""

    kind: Literal["reserved_share"]
    partner: Code = Field(description=N_("Partenaire dont une part des apports est réservée"))
    rate: Rate = Field(description=N_("Part minimale de ses apports"))
    reserved_natures: Codes = Field(default=(), description=N_("Natures auxquelles la part est réservée"))
    reserved_territories: Codes = Field(default=(), description=N_("Territoires auxquels la part est réservée"))
    counts: Kinds = Field(
        default=(), description=N_("Familles de prêteurs dont les prêts comptent avec les apports du partenaire")
    )


class PriorityShare(RuleRecord):
    """K15: over a whole priority, a partner brings at most a rate of the sum of the bases of what is launched."""

    kind: Literal["priority_share"]
    partner: Code = Field(description=N_("Partenaire limité sur l'ensemble de la priorité"))
    rate: Rate = Field(description=N_("Part maximale dans l'ensemble de la priorité"))
    base: Base = Field(description=N_("Assiette du taux"))


class GrantEquivalent(RuleRecord):
    """K16: grants and the grant-equivalents of loans, added up, stay under an amount."""

    kind: Literal["grant_equivalent"]
    partners: Codes = Field(description=N_("Partenaires dont les subventions et les prêts comptent"))
    amount: Cents = Field(description=N_("Montant à ne pas dépasser, en équivalent-subvention"))


class MatchingTopUp(RuleRecord):
    """K17: a partner raises its rate by what local partners bring, point for point (*X+X*), within the whole base."""

    kind: Literal["matching_top_up"]
    partner: Code = Field(description=N_("Partenaire qui abonde"))
    rate: Rate = Field(description=N_("Taux du partenaire avant abondement"))
    base: Base = Field(description=N_("Assiette du taux"))
    counts: Kinds = Field(description=N_("Familles de partenaires dont l'apport appelle l'abondement"))


class OwnerCapacity(RuleRecord):
    """K20: what an owner bears of its own operations stays under what it can bear, in all or in the given year."""

    kind: Literal["owner_capacity"]
    partner: Code = Field(description=N_("Maître d'ouvrage"))
    amount: Cents = Field(description=N_("Ce qu'il peut porter de ses propres opérations"))
    year: Year | None = Field(
        default=None, description=N_("Année de paiement ; vide : toutes les années ensemble, en engagements")
    )


class Contingency(RuleRecord):
    """A share of the commitment budgets of a purse is kept back for overruns, and is not shared out."""

    kind: Literal["contingency"]
    holder: Code = Field(description=N_("Partenaire ou fonds commun qui garde une provision"))
    rate: Rate = Field(description=N_("Part de ses budgets d'engagement gardée en provision"))
