"""One small plan made by hand: three operations, four partners, a pool; every kind of line a reader may meet."""

from datetime import date
from fractions import Fraction

import pytest

from allocator.allocation import Allocation, Commitment, EngineRecord, GoalReached, Launch, Payment, RoundingStep
from scenarios.document import (
    Budget,
    Commune,
    CostBasis,
    Decommitment,
    Eligibility,
    Goal,
    GoalKind,
    Operation,
    Partner,
    PartnerKind,
    Pool,
    Presence,
    Project,
    Scenario,
)
from ui.plan import Plan


def partner(code: str, kind: PartnerKind, **values: object) -> Partner:
    purse = {"commitment_limited": False, "payment_limited": False, "carry_over": False}
    return Partner.model_validate({"code": code, "label": f"Nom de {code}", "kind": kind, **purse, **values})


def operation(code: str, project: str, cost: int, **values: object) -> Operation:
    fields = {
        "code": code, "label": f"Travaux [{code}]", "nature": "AME", "project": project, "commune": "C",
        "owner": "VILLE", "cost_basis": CostBasis.EXCL_VAT, "cost_excl_vat": cost, "receipts": 0, "value": 10,
        "mandatory": False, "divisible": True, "earliest_start": 2026, "latest_start": 2027,
    }  # fmt: skip
    return Operation.model_validate({**fields, **values})


@pytest.fixture
def scenario() -> Scenario:
    return Scenario(
        code="essai",
        title="Essai",
        committee="Comité d'essai",
        currency="EUR",
        reference_date=date(2026, 1, 1),
        first_year=2026,
        last_year=2027,
        goals=(Goal(kind=GoalKind.PRIORITY_VALUE), Goal(kind=GoalKind.REFERENCE_CLOSENESS)),
        pools=(Pool(code="FONDS", label="Fonds", commitment_limited=True, payment_limited=False, carry_over=True),),
        partners=(
            partner("ANRU", PartnerKind.ANRU, pool="FONDS"),
            partner("REGION", PartnerKind.REGION, commitment_limited=True),
            partner("DEP", PartnerKind.DEPARTEMENT, pool="FONDS"),
            partner("VILLE", PartnerKind.COMMUNE, payment_limited=True),
        ),
        communes=(Commune(code="C", label="Commune", territory="T"),),
        projects=(
            Project(code="P1", label="Premier projet", holder="VILLE", programme="NPNRU"),
            Project(code="P2", label="Second projet", holder="VILLE", programme="NPNRU"),
        ),
        operations=(
            operation("A-PLEINE", "P1", 100_000_00, receipts=10_000_00),
            operation("B-PARTIE", "P1", 60_000_01),
            operation("C-RIEN", "P2", 1_234_567_00),
        ),
        eligibilities=tuple(
            Eligibility(operation=code, partner=funder, presence=Presence.OPTIONAL)
            for code in ("A-PLEINE", "B-PARTIE", "C-RIEN")
            for funder in ("ANRU", "REGION", "DEP")
        ),
        budgets=(
            Budget(holder="FONDS", year=2026, commitment=50_000_00),
            Budget(holder="FONDS", year=2027, commitment=10_000_00),
            Budget(holder="REGION", year=2026, commitment=40_000_00),
            Budget(holder="REGION", year=2027, commitment=25_000_00),
            Budget(holder="VILLE", year=2026, payment=30_000_00),
            Budget(holder="VILLE", year=2027, payment=30_000_00),
        ),
        decommitments=(Decommitment(holder="FONDS", year=2027, amount=5_000_00, reason="Opération abandonnée"),),
    )


@pytest.fixture
def allocation(scenario: Scenario) -> Allocation:
    return Allocation(
        scenario=scenario.code,
        fingerprint="0123456789abcdef" * 4,
        launches=(Launch("A-PLEINE", 2026, 90_000_00), Launch("B-PARTIE", 2027, 30_000_00)),
        commitments=(
            Commitment("A-PLEINE", "ANRU", 2026, 40_000_00),
            Commitment("A-PLEINE", "REGION", 2026, 30_000_00),
            Commitment("A-PLEINE", "VILLE", 2026, 20_000_00),
            Commitment("B-PARTIE", "DEP", 2027, 9_999_99),
            Commitment("B-PARTIE", "VILLE", 2027, 20_000_01),
        ),
        payments=(
            Payment("A-PLEINE", "VILLE", 2026, 2026, 12_000_00),
            Payment("A-PLEINE", "VILLE", 2026, 2027, 8_000_00),
            Payment("B-PARTIE", "VILLE", 2027, 2027, 20_000_01),
        ),
        goals=(
            GoalReached(GoalKind.PRIORITY_VALUE, Fraction(15), Fraction(15)),
            GoalReached(GoalKind.REFERENCE_CLOSENESS, Fraction(1000, 3), None),
        ),
        tie_break="1.0",
        unique=True,
        engine=EngineRecord("highs", "1.16.0", (("threads", "1"),)),
        rounding=(RoundingStep("B-PARTIE", "DEP", 2027, Fraction(2_999_998, 3), 9_999_99),),
    )


@pytest.fixture
def plan(scenario: Scenario, allocation: Allocation) -> Plan:
    return Plan(scenario, allocation)
