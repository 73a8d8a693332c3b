"""Goals: what the committee wants first, second, and so on."""

from enum import StrEnum

from pydantic import Field

from scenarios.document.record import Record
from scenarios.language import N_


class GoalKind(StrEnum):
    """The goals a committee can put in order."""

    PRIORITY_VALUE = "priority_value"
    FUNDED_COST = "funded_cost"
    EARLIEST_START = "earliest_start"
    REFERENCE_CLOSENESS = "reference_closeness"


class Goal(Record):
    """One goal of the ordered list; what it reaches is kept exactly by the goals that follow."""

    kind: GoalKind = Field(description=N_("Objectif"))
