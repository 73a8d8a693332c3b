"""What the committee and each partner said of an operation, session after session."""

from enum import StrEnum

from pydantic import Field

from scenarios.document.quantities import Code, Day, Label, Text
from scenarios.document.record import Record
from scenarios.language import N_


class DecisionStatus(StrEnum):
    """How far a line of the plan has gone. Only a partner's own assembly votes."""

    PROPOSED = "proposed"
    IN_PRINCIPLE = "in_principle"
    VOTED = "voted"
    REFUSED = "refused"
    POSTPONED = "postponed"


class Decision(Record):
    """A decision of one day on an operation, by one partner or on the whole line.

    It is written in the minutes and the agreements and changes no amount: an amount already decided is a lock.
    """

    operation: Code = Field(description=N_("Opération"))
    partner: Code | None = Field(default=None, description=N_("Partenaire concerné ; vide : toute la ligne"))
    status: DecisionStatus = Field(description=N_("Où en est la décision"))
    day: Day = Field(description=N_("Date de la séance ou de la délibération"))
    author: Label = Field(description=N_("Qui a décidé"))
    reference: Text = Field(default="", description=N_("Numéro de la délibération ou de la décision"))
    reason: Text = Field(default="", description=N_("Motif, obligatoire pour un refus ou un report"))
    recusal: Text = Field(default="", description=N_("Qui s'est retiré pour cause d'intérêt (déport)"))
