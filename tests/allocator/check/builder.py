"""Small scenarios and plans made by hand. Amounts are cents; one operation, OP, owned by VILLE, costs 100 000."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from math import floor
from typing import Any

from pydantic import TypeAdapter

from allocator.allocation import Allocation, Commitment, EngineRecord, GoalReached, Launch, Payment, RoundingStep
from allocator.check import Violation, verify
from scenarios.document import (
    Budget,
    Commune,
    Derogation,
    Eligibility,
    Operation,
    Partner,
    PartnerKind,
    PlanLine,
    ProfileShare,
    Project,
    Rule,
    Scenario,
)
from scenarios.fingerprint import fingerprint

Cells = dict[tuple[str, str, int], int]
"""Cents by operation, partner and start year."""

_RULES: TypeAdapter[Rule] = TypeAdapter(Rule)


def partner(code: str, kind: str, **changes: Any) -> Partner:
    limits = {"commitment_limited": False, "payment_limited": False, "carry_over": False}
    return Partner(**{"code": code, "label": code, "kind": PartnerKind(kind), **limits, **changes})


PARTNERS = (
    partner("ANRU", "anru"),
    partner("REGION", "region"),
    partner("PRIVE", "private"),
    partner("VILLE", "commune"),
    partner("BAILLEUR", "landlord"),
)


def operation(code: str = "OP", **changes: Any) -> Operation:
    fields = {
        "code": code,
        "label": code,
        "nature": "DEM",
        "project": "PR1",
        "commune": "C1",
        "owner": "VILLE",
        "cost_basis": "excl_vat",
        "cost_excl_vat": 100_000,
        "receipts": 0,
        "value": 7,
        "mandatory": False,
        "divisible": False,
        "earliest_start": 2026,
        "latest_start": 2027,
        "profile": "P",
    }
    return Operation(**{**fields, **changes})


def eligibility(partner: str, code: str = "OP", **changes: Any) -> Eligibility:
    return Eligibility(**{"operation": code, "partner": partner, "presence": "optional", **changes})


def rule(kind: str, **fields: Any) -> Rule:
    common = {"code": "R1", "label": "R1", "negotiable": False, "reference": "Texte", "mark": "illustrative"}
    return _RULES.validate_python({"kind": kind, **common, **fields})


def derogation(**fields: Any) -> Derogation:
    return Derogation(**{"rule": "R1", "author": "Comité", "reference": "illustratif", **fields})


def plan_line(partner: str, year: int, amount: int, code: str = "OP") -> PlanLine:
    return PlanLine(operation=code, partner=partner, year=year, amount=amount)


def budget(holder: str, year: int, **amounts: int) -> Budget:
    return Budget(holder=holder, year=year, **amounts)


def scenario(**tables: Any) -> Scenario:
    """Build a scenario from 2026 to 2029; commitments are paid one third the first year, two thirds the next."""
    fields: dict[str, Any] = {
        "code": "essai",
        "title": "Essai",
        "committee": "Comité",
        "currency": "EUR",
        "reference_date": "2026-01-01",
        "first_year": 2026,
        "last_year": 2029,
        "goals": (),
        "partners": PARTNERS,
        "communes": (
            Commune(code="C1", label="C1", territory="T1"),
            Commune(code="C2", label="C2", territory="T2"),
        ),
        "projects": (
            Project(code="PR1", label="PR1", holder="VILLE", programme="NPNRU"),
            Project(code="PR2", label="PR2", holder="VILLE", programme="OPAH"),
        ),
        "profiles": (
            ProfileShare(profile="P", offset=0, share=Fraction(1, 3)),
            ProfileShare(profile="P", offset=1, share=Fraction(2, 3)),
        ),
        "operations": (operation(),),
        "eligibilities": (eligibility("ANRU"), eligibility("REGION"), eligibility("PRIVE"), eligibility("BAILLEUR")),
    }
    return Scenario(**{**fields, **tables})


def cells(code: str = "OP", start: int = 2026, **amounts: int) -> Cells:
    return {(code, partner, start): amount for partner, amount in amounts.items()}


def paid(scenario: Scenario, committed: Cells) -> dict[tuple[str, str, int, int], int]:
    """Pay commitments by the profile P (running totals rounded down), or by the whole fixed plan."""
    planned = {line.operation for line in scenario.plans}
    payments: dict[tuple[str, str, int, int], int] = {
        (line.operation, line.partner, start, line.year): line.amount
        for line in scenario.plans
        for start in sorted({start for code, _partner, start in committed if code == line.operation})
    }
    for (code, partner, start), amount in committed.items():
        if code not in planned:
            first = floor(Fraction(amount, 3))
            payments[code, partner, start, start] = first
            payments[code, partner, start, start + 1] = amount - first
    return payments


def plan(
    scenario: Scenario,
    committed: Cells,
    *,
    funded: Mapping[tuple[str, int], int] | None = None,
    payments: Mapping[tuple[str, str, int, int], int] | None = None,
    goals: tuple[GoalReached, ...] = (),
    rounding: tuple[RoundingStep, ...] = (),
) -> Allocation:
    """Build an allocation; launches are the sums of commitments and payments follow ``paid`` unless they are given."""
    sums: dict[tuple[str, int], int] = {}
    for (code, _partner, start), amount in committed.items():
        sums[code, start] = sums.get((code, start), 0) + amount
    launches = sums if funded is None else funded
    lines = paid(scenario, committed) if payments is None else payments
    return Allocation(
        scenario=scenario.code,
        fingerprint=fingerprint(scenario),
        launches=tuple(sorted(Launch(*key, amount) for key, amount in launches.items() if amount)),
        commitments=tuple(sorted(Commitment(*key, amount) for key, amount in committed.items() if amount)),
        payments=tuple(sorted(Payment(*key, amount) for key, amount in lines.items() if amount)),
        goals=goals,
        tie_break="essai",
        unique=True,
        engine=EngineRecord("essai", "1"),
        rounding=rounding,
    )


def changed(allocation: Allocation, **fields: Any) -> Allocation:
    """Replace whole lists of an allocation, or what it says of itself."""
    return replace(allocation, **fields)


def only(scenario: Scenario, allocation: Allocation) -> Violation:
    """Give the single violation of an allocation that breaks one requirement and nothing else."""
    violations = verify(scenario, allocation)
    assert len(violations) == 1, violations
    return violations[0]


def conforms(scenario: Scenario, allocation: Allocation) -> bool:
    return verify(scenario, allocation) == ()


def families(scenario: Scenario, allocation: Allocation) -> set[str]:
    return {violation.family for violation in verify(scenario, allocation)}


def plain(sentence: str) -> str:
    """Write a sentence with ordinary spaces, to compare it with what a test says."""
    return sentence.replace("\u202f", " ")
