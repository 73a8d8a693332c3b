"""Goals: what the committee wants first, second, and so on."""

from enum import StrEnum

from pydantic import Field

from scenarios.document.quantities import Cents, Codes, Rate
from scenarios.document.record import Record
from scenarios.language import N_


class GoalKind(StrEnum):
    """The goals a committee can put in order."""

    PRIORITY_VALUE = "priority_value"
    FUNDED_COST = "funded_cost"
    EARLIEST_START = "earliest_start"
    REFERENCE_CLOSENESS = "reference_closeness"
    EQUAL_EFFORT = "equal_effort"
    EQUAL_COVERAGE = "equal_coverage"
    EQUAL_BURDEN = "equal_burden"
    FEWEST_PARTNERS = "fewest_partners"
    SPARE_PARTNER = "spare_partner"
    SMOOTH_PAYMENTS = "smooth_payments"


MAXIMISED = frozenset({GoalKind.PRIORITY_VALUE, GoalKind.FUNDED_COST, GoalKind.EQUAL_EFFORT, GoalKind.EQUAL_COVERAGE})
"""Goals of which more is better; less is better for the others."""

EQUALITIES = frozenset({GoalKind.EQUAL_EFFORT, GoalKind.EQUAL_COVERAGE, GoalKind.EQUAL_BURDEN})
"""Goals that compare the rates of several members (leximin)."""

IN_EUROS = frozenset(
    {
        GoalKind.FUNDED_COST,
        GoalKind.EARLIEST_START,
        GoalKind.REFERENCE_CLOSENESS,
        GoalKind.SPARE_PARTNER,
        GoalKind.SMOOTH_PAYMENTS,
    }
)
"""Goals measured in amounts, or in amounts times years."""


class Goal(Record):
    """One goal of the ordered list; the goals that follow cause it no loss, unless it declares one."""

    kind: GoalKind = Field(description=N_("Objectif"))
    partners: Codes = Field(
        default=(),
        description=N_(
            "Partenaires à ménager ; ou ceux dont l'effort est comparé, vide : tous ceux qui peuvent financer"
        ),
    )
    tolerance_rate: Rate | None = Field(
        default=None, description=N_("Part de ce qu'il a atteint que les objectifs suivants peuvent lui faire perdre")
    )
    tolerance_amount: Cents | None = Field(
        default=None, description=N_("Montant que les objectifs suivants peuvent lui faire perdre, s'il est en euros")
    )
