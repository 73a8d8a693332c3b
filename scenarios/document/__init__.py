"""The scenario document: one frozen model per table, gathered in ``Scenario``."""

from scenarios.document.budget import Budget, Decommitment, Envelope
from scenarios.document.funding import Eligibility, Loan, Lock, LockSense, PlanLine, Presence, ReferenceLine
from scenarios.document.goal import Goal, GoalKind
from scenarios.document.operation import CostBasis, Operation, ProfileShare
from scenarios.document.partner import Partner, PartnerKind, Pool
from scenarios.document.rule import (
    AmountCeiling,
    Base,
    Derogation,
    FlatAid,
    Mark,
    OwnerFloor,
    PublicAidCap,
    RateCeiling,
    RateFloor,
    Rule,
    RuleRecord,
)
from scenarios.document.rulebook_use import RulebookUse
from scenarios.document.scenario import FORMAT_VERSION, Scenario
from scenarios.document.territory import Commune, Project

__all__ = [
    "FORMAT_VERSION", "AmountCeiling", "Base", "Budget", "Commune", "CostBasis", "Decommitment", "Derogation",
    "Eligibility", "Envelope", "FlatAid", "Goal", "GoalKind", "Loan", "Lock", "LockSense", "Mark", "Operation",
    "OwnerFloor", "Partner", "PartnerKind", "PlanLine", "Pool", "Presence", "ProfileShare", "Project", "PublicAidCap",
    "RateCeiling", "RateFloor", "ReferenceLine", "Rule", "RuleRecord", "RulebookUse", "Scenario",
]  # fmt: skip
