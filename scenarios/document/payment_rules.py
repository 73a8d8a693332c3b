"""Rules on when commitments are paid: what a partner may pay before an operation is completed.

An operation is completed in the last year that its profile pays. Rates are exact fractions in [0, 1]. The mathematics
of each kind stands in ``allocator.rules``.
"""

from typing import Literal

from pydantic import Field

from scenarios.document.quantities import Code, Rate
from scenarios.document.rule_record import RuleRecord
from scenarios.language import N_


class AdvanceCeiling(RuleRecord):
    """K12: a partner pays at most a rate of its commitment in the start year of an operation completed later."""

    kind: Literal["advance_ceiling"]
    partner: Code = Field(description=N_("Partenaire qui verse l'avance"))
    rate: Rate = Field(description=N_("Part maximale de l'engagement payée l'année de lancement"))


class InstalmentCeiling(RuleRecord):
    """K12: a partner pays at most a rate of its commitment before the year of completion, the rest after."""

    kind: Literal["instalment_ceiling"]
    partner: Code = Field(description=N_("Partenaire qui verse les acomptes"))
    rate: Rate = Field(description=N_("Part maximale de l'engagement payée avant l'année d'achèvement"))
