"""Partners (*financeurs*) and the purses several of them share."""

from enum import StrEnum

from pydantic import Field

from scenarios.document.quantities import Cents, Code, Flag, Label, Text
from scenarios.document.record import Record
from scenarios.language import N_


class PartnerKind(StrEnum):
    """Families of partners; the rules say which families they count as public money."""

    ANRU = "anru"
    ANAH = "anah"
    STATE = "state"
    REGION = "region"
    DEPARTEMENT = "departement"
    EPCI = "epci"
    COMMUNE = "commune"
    LANDLORD = "landlord"
    ACTION_LOGEMENT = "action_logement"
    CDC = "cdc"
    EUROPE = "europe"
    PRIVATE = "private"
    OTHER = "other"


class Pool(Record):
    """A purse shared by several partners (a fund group, a pooled envelope), with its own budgets."""

    code: Code = Field(description=N_("Code du fonds commun, distinct de ceux des partenaires"))
    label: Label = Field(description=N_("Nom du fonds commun"))
    commitment_limited: Flag = Field(description=N_("Les engagements annuels sont-ils limités (AE/AP) ?"))
    payment_limited: Flag = Field(description=N_("Les paiements annuels sont-ils limités (CP) ?"))
    carry_over: Flag = Field(description=N_("Le budget non employé d'une année est-il reporté sur la suivante ?"))
    provenance: Text = Field(default="", description=N_("D'où viennent ces données"))


class PaymentRhythm(StrEnum):
    """How a partner pays its commitments: at the rhythm of each operation, or in the years the allocation decides."""

    PROFILE = "profile"
    FREE = "free"


class Partner(Record):
    """A body that brings money, the owners of operations included."""

    code: Code = Field(description=N_("Code du partenaire"))
    label: Label = Field(description=N_("Nom du partenaire"))
    kind: PartnerKind = Field(description=N_("Famille du partenaire"))
    pool: Code | None = Field(default=None, description=N_("Fonds commun dans lequel il puise, s'il y en a un"))
    capacity: Cents | None = Field(
        default=None, description=N_("Capacité à laquelle son effort est rapporté, sur toutes les années")
    )
    commitment_limited: Flag = Field(description=N_("Ses engagements annuels sont-ils limités (AE/AP) ?"))
    payment_limited: Flag = Field(description=N_("Ses paiements annuels sont-ils limités (CP) ?"))
    carry_over: Flag = Field(description=N_("Son budget non employé d'une année est-il reporté sur la suivante ?"))
    payments: PaymentRhythm = Field(
        default=PaymentRhythm.PROFILE,
        description=N_("Rythme de ses paiements : « profile », celui de l'opération ; « free », la répartition décide"),
    )
    siret: Code | None = Field(default=None, description=N_("SIRET, pour les conventions"))
    received_account: Code | None = Field(
        default=None,
        description=N_("Compte 13 où un bénéficiaire inscrit ses subventions, comme 1322 pour une région"),
    )
    paid_account: Code | None = Field(
        default=None,
        description=N_("Compte 204 où l'on inscrit les subventions qu'il reçoit, comme 20414 pour une commune"),
    )
    provenance: Text = Field(default="", description=N_("D'où viennent ces données"))
