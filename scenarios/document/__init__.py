"""The scenario document: one frozen model per table, gathered in ``Scenario``."""

from scenarios.document.budget import Budget, Decommitment, Envelope
from scenarios.document.funding import (
    Eligibility,
    Loan,
    Lock,
    LockSense,
    PastAid,
    PlanLine,
    Presence,
    ReferenceLine,
)
from scenarios.document.goal import EQUALITIES, IN_EUROS, MAXIMISED, Goal, GoalKind
from scenarios.document.operation import CostBasis, Operation, ProfileShare
from scenarios.document.partner import Partner, PartnerKind, Pool
from scenarios.document.rule import (
    AmountCeiling,
    Base,
    CommitmentDeadline,
    DeMinimis,
    Derogation,
    FlatAid,
    Mark,
    MinimumTicket,
    MixedAid,
    OperationExclusion,
    OperationNeed,
    OwnerFloor,
    PartnerLimit,
    PublicAidCap,
    RateCeiling,
    RateFloor,
    RegionOrDepartement,
    Rule,
    RuleRecord,
    Sanction,
    StartBeforeDecision,
    Timing,
)
from scenarios.document.rulebook_use import RulebookUse
from scenarios.document.scenario import FORMAT_VERSION, Scenario
from scenarios.document.territory import Commune, Project

__all__ = [
    "EQUALITIES", "FORMAT_VERSION", "IN_EUROS", "MAXIMISED",
    "AmountCeiling", "Base", "Budget", "CommitmentDeadline", "Commune", "CostBasis", "DeMinimis",
    "Decommitment", "Derogation", "Eligibility", "Envelope", "FlatAid", "Goal", "GoalKind", "Loan", "Lock",
    "LockSense", "Mark", "MinimumTicket", "MixedAid", "Operation", "OperationExclusion", "OperationNeed",
    "OwnerFloor", "Partner", "PartnerKind", "PartnerLimit", "PastAid", "PlanLine", "Pool", "Presence", "ProfileShare",
    "Project", "PublicAidCap", "RateCeiling", "RateFloor", "ReferenceLine", "RegionOrDepartement", "Rule",
    "RuleRecord", "RulebookUse", "Sanction", "Scenario", "StartBeforeDecision", "Timing",
]  # fmt: skip
