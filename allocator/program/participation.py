"""Who takes part in an operation, and which operations are launched, where a rule counts them.

A partner takes part in an operation when it brings money to it, whatever the year; an operation is launched when a
part of it is. Both are decisions in {0, 1} only for the pairs and the operations that some rule counts.
"""

import numpy as np

from allocator.program.frame import Flags, Frame, Ints
from scenarios.document import (
    GoalKind,
    MinimumTicket,
    OperationExclusion,
    PartnerKind,
    PartnerLimit,
    RegionOrDepartement,
)

AUTHORITIES = (PartnerKind.REGION, PartnerKind.DEPARTEMENT)
"""The two levels of local authorities of which an operation may receive grants from one only (K09)."""


def counted_pairs(frame: Frame, rule: RegionOrDepartement | MinimumTicket | PartnerLimit) -> Ints:
    """Return the pairs (operation, partner) that a rule counts.

    A rule that limits their number counts none in an operation that has no more of them than it allows.
    """
    counted = frame.concerned(rule)[frame.pair_operation]
    owner = frame.pair_partner == frame.owner[frame.pair_operation]
    if isinstance(rule, MinimumTicket):
        return np.flatnonzero(counted & (frame.pair_partner == frame.partner_index[rule.partner]))
    if isinstance(rule, RegionOrDepartement):
        concerted = np.array([operation.concerted for operation in frame.operations], dtype=np.bool_)
        counted &= ~concerted[frame.pair_operation] & frame.of_kinds(AUTHORITIES)[frame.pair_partner] & ~owner
        most = 1
    else:
        if rule.counts:
            counted &= frame.of_kinds(rule.counts)[frame.pair_partner]
        if not rule.owner_counted:
            counted &= ~owner
        most = rule.most
    by_operation = np.bincount(frame.pair_operation[counted], minlength=len(frame.operations))
    return np.flatnonzero(counted & (by_operation > most)[frame.pair_operation])


def participations(frame: Frame) -> Ints:
    """Return the pairs (operation, partner) that at least one rule, or the goal of fewest partners, counts."""
    counted: Flags = np.zeros(len(frame.pair_operation), dtype=np.bool_)
    for rule in frame.scenario.rules:
        if isinstance(rule, RegionOrDepartement | MinimumTicket | PartnerLimit):
            counted[counted_pairs(frame, rule)] = True
    if any(goal.kind is GoalKind.FEWEST_PARTNERS for goal in frame.scenario.goals):
        counted |= frame.pair_partner != frame.owner[frame.pair_operation]
    return np.flatnonzero(counted)


def divided(frame: Frame) -> Ints:
    """Return the divisible operations that exclude others, whose launch in part is a decision of its own."""
    excluding: Flags = np.zeros(len(frame.operations), dtype=np.bool_)
    for rule in frame.scenario.rules:
        if isinstance(rule, OperationExclusion):
            excluding |= frame.concerned(rule)
    divisible = np.array([operation.divisible for operation in frame.operations], dtype=np.bool_)
    return np.flatnonzero(excluding & divisible)
