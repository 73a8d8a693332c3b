"""Who may fund what, and what is already fixed: eligibilities, plans, locks, references, loans."""

from enum import StrEnum

from pydantic import Field

from scenarios.document.quantities import Cents, Code, Day, Label, Rate, Text, Year
from scenarios.document.record import Record
from scenarios.language import N_


class Presence(StrEnum):
    """Whether a partner's presence in the round of funding is decided beforehand or by the allocation."""

    REQUIRED = "required"
    OPTIONAL = "optional"


class Eligibility(Record):
    """A partner may bring a grant to an operation. The owner is always eligible and needs no line."""

    operation: Code = Field(description=N_("Opération"))
    partner: Code = Field(description=N_("Partenaire qui peut la financer"))
    presence: Presence = Field(
        description=N_(
            "Participation : « required », planchers et plafonds valent toujours ; « optional », s'il participe"
        )
    )
    eligible_base: Cents | None = Field(default=None, description=N_("Assiette propre à ce partenaire"))
    start_allowed_from: Day | None = Field(
        default=None,
        description=N_("Premier jour où l'opération peut commencer sans perdre son aide (dossier complet ou décision)"),
    )
    provenance: Text = Field(default="", description=N_("D'où viennent ces données"))


class PlanLine(Record):
    """One payment of a fixed financing plan. When an operation has such lines, only its selection is decided."""

    operation: Code = Field(description=N_("Opération"))
    partner: Code = Field(description=N_("Partenaire"))
    year: Year = Field(description=N_("Année du paiement"))
    amount: Cents = Field(description=N_("Montant payé cette année-là"))
    provenance: Text = Field(default="", description=N_("D'où viennent ces données"))


class LockSense(StrEnum):
    """How a lock binds the total a partner brings to an operation."""

    EXACTLY = "exactly"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Lock(Record):
    """A decision already taken by a partner on an operation (signed commitment, refusal, upper limit)."""

    operation: Code = Field(description=N_("Opération"))
    partner: Code = Field(description=N_("Partenaire"))
    sense: LockSense = Field(description=N_("Sens : exactement, au moins ou au plus"))
    amount: Cents = Field(description=N_("Montant"))
    author: Label = Field(description=N_("Qui a décidé"))
    reason: Label = Field(description=N_("Pourquoi"))


class ReferenceLine(Record):
    """What a partner would bring to an operation in the reference plan (amount) or by the reference key (share)."""

    operation: Code = Field(description=N_("Opération"))
    partner: Code = Field(description=N_("Partenaire"))
    share: Rate | None = Field(default=None, description=N_("Part du coût à financer selon la clé de référence"))
    amount: Cents | None = Field(default=None, description=N_("Montant selon le plan de référence"))
    provenance: Text = Field(default="", description=N_("D'où viennent ces données"))


class Loan(Record):
    """A loan already offered: it finances the owner's share, and is never added to the grants (K01)."""

    operation: Code = Field(description=N_("Opération"))
    partner: Code = Field(description=N_("Prêteur"))
    amount: Cents = Field(description=N_("Montant prêté au maître d'ouvrage"))
    label: Label = Field(description=N_("Nature du prêt"))
    grant_equivalent: Rate | None = Field(
        default=None, description=N_("Équivalent-subvention d'un euro prêté, où une règle en dépend")
    )
    provenance: Text = Field(default="", description=N_("D'où viennent ces données"))


class PastAid(Record):
    """A public aid that an undertaking already received: it counts in the de minimis ceiling for three years (K19)."""

    partner: Code = Field(description=N_("Entreprise aidée, maître d'ouvrage"))
    day: Day = Field(description=N_("Jour où l'aide a été accordée"))
    amount: Cents = Field(description=N_("Montant de l'aide"))
    funder: Label = Field(description=N_("Qui l'a accordée"))
    provenance: Text = Field(default="", description=N_("D'où viennent ces données"))
