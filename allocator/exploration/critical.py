"""Which partner the plan depends on: what the complete withdrawal of each one alone would cost.

The committee decides again without that partner, nothing else going wrong: the criterion that networks call N - 1.
"""

from dataclasses import dataclass
from fractions import Fraction

from allocator.exploration.draws import Cut, Draw
from allocator.exploration.trial import NO_PLAN, WHOLE, Trial


@dataclass(frozen=True)
class PartnerLoss:
    """What the withdrawal of one partner costs: operations no longer entirely funded, and their points.

    ``no_plan``: without it the mandatory operations and the decided amounts cannot be met together.
    """

    partner: str
    lost: tuple[str, ...]
    value: int
    no_plan: bool


def critical_partners(trial: Trial, planned: str, partners: list[str]) -> tuple[PartnerLoss, ...]:
    """Return the loss of each partner, the costliest first: no plan, then points, then operations, then code."""
    losses = [_loss(trial, planned, partner) for partner in partners]
    return tuple(sorted(losses, key=lambda one: (not one.no_plan, -one.value, -len(one.lost), one.partner)))


def _loss(trial: Trial, planned: str, partner: str) -> PartnerLoss:
    states = trial.states(Draw({}, {}, (Cut(partner, Fraction(1)),)))
    operations = sorted(trial.scenario.operations, key=lambda operation: operation.code)
    after = states or " " * len(operations)
    lost = [
        operation
        for operation, before, now in zip(operations, planned, after, strict=True)
        if before == WHOLE and now != WHOLE
    ]
    return PartnerLoss(
        partner, tuple(one.code for one in lost), sum(one.value for one in lost), no_plan=states == NO_PLAN
    )
