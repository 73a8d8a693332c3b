"""Scenarios of a few cents, and the program and the plan they give, written as text a test can quote.

One operation, OP, costs 1 200 cents, is owned by COM, starts in 2026 and is paid at once. Money is in cents.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from pydantic import TypeAdapter

from allocator.allocation import Allocation
from allocator.compilation import compile_scenario
from allocator.solve.allocate import allocate
from scenarios.checks import findings
from scenarios.document import (
    Budget,
    Commune,
    Derogation,
    Eligibility,
    Goal,
    GoalKind,
    Operation,
    Partner,
    PartnerKind,
    PlanLine,
    ProfileShare,
    Project,
    ReferenceLine,
    Rule,
    Scenario,
)

_RULES: TypeAdapter[Rule] = TypeAdapter(Rule)

SUMS = (
    GoalKind.PRIORITY_VALUE, GoalKind.FUNDED_COST, GoalKind.EARLIEST_START, GoalKind.REFERENCE_CLOSENESS,
)  # fmt: skip
"""Goals that need no other data than the operations, and references for the last."""

VALUE, COST, EARLY, CLOSE = (Goal(kind=kind) for kind in SUMS)


def partner(code: str, kind: str, **changes: Any) -> Partner:
    limits = {"commitment_limited": False, "payment_limited": False, "carry_over": False, "capacity": 1000}
    return Partner(**{"code": code, "label": code, "kind": PartnerKind(kind), **limits, **changes})


KINDS = {"ANRU": "anru", "COM": "commune", "DEP": "departement", "LAND": "landlord", "PRIV": "private", "REG": "region"}


def partners(**changes: dict[str, Any]) -> tuple[Partner, ...]:
    """List the six partners, some of them changed: ``partners(REG={"commitment_limited": True})``."""
    return tuple(partner(code, kind, **changes.get(code, {})) for code, kind in KINDS.items())


def limited(*codes: str, **flags: bool) -> tuple[Partner, ...]:
    """List the six partners, the named ones with limited commitments or with the flags given instead."""
    return partners(**{code: flags or {"commitment_limited": True} for code in codes})


def operation(code: str = "OP", **changes: Any) -> Operation:
    fields = {
        "code": code,
        "label": code,
        "nature": "AME",
        "project": "PRJ",
        "commune": "C1",
        "owner": "COM",
        "cost_basis": "excl_vat",
        "cost_excl_vat": 1200,
        "receipts": 0,
        "value": 10,
        "mandatory": False,
        "divisible": False,
        "earliest_start": 2026,
        "latest_start": 2026,
        "profile": "ONCE",
    }
    return Operation(**{**fields, **changes})


def eligibility(partner: str, code: str = "OP", **changes: Any) -> Eligibility:
    return Eligibility(**{"operation": code, "partner": partner, "presence": "required", **changes})


def rule(kind: str, **fields: Any) -> Rule:
    common = {"code": "R", "label": "R", "negotiable": False, "reference": "illustratif", "mark": "illustrative"}
    return _RULES.validate_python({"kind": kind, **common, **fields})


def derogation(**fields: Any) -> Derogation:
    return Derogation(**{"rule": "R", "author": "Comité", "reference": "illustratif", **fields})


def budgets(holder: str, column: str = "commitment", first: int = 2026, *, amounts: Sequence[int]) -> list[Budget]:
    """List the budgets of consecutive years, all in one column."""
    years = enumerate(amounts, first)
    return [Budget.model_validate({"holder": holder, "year": year, column: amount}) for year, amount in years]


def plan_line(partner: str, year: int, amount: int, code: str = "OP") -> PlanLine:
    return PlanLine(operation=code, partner=partner, year=year, amount=amount)


def wanted(code: str = "OP", **amounts: int) -> tuple[ReferenceLine, ...]:
    """List what the committee would like each partner to bring to the whole operation."""
    return tuple(ReferenceLine(operation=code, partner=name, amount=cents) for name, cents in amounts.items())


def scenario(**tables: Any) -> Scenario:
    """Build a scenario from 2026 to 2028 where REG may fund OP; the goals are priority, then closeness."""
    fields: dict[str, Any] = {
        "code": "essai",
        "title": "Essai",
        "committee": "Comité",
        "currency": "EUR",
        "reference_date": "2026-01-01",
        "first_year": 2026,
        "last_year": 2028,
        "goals": (VALUE, CLOSE),
        "partners": partners(),
        "communes": (
            Commune(code="C1", label="C1", territory="NORD"),
            Commune(code="C2", label="C2", territory="SUD"),
        ),
        "projects": (
            Project(code="PRJ", label="PRJ", holder="COM", programme="NPNRU"),
            Project(code="AUTRE", label="AUTRE", holder="COM", programme="OPAH"),
        ),
        "profiles": (
            ProfileShare(profile="ONCE", offset=0, share=Fraction(1)),
            ProfileShare(profile="HALVES", offset=0, share=Fraction(1, 2)),
            ProfileShare(profile="HALVES", offset=1, share=Fraction(1, 2)),
            ProfileShare(profile="THIRDS", offset=0, share=Fraction(1, 3)),
            ProfileShare(profile="THIRDS", offset=1, share=Fraction(2, 3)),
        ),
        "operations": (operation(),),
        "eligibilities": (eligibility("REG"),),
    }
    return Scenario(**{**fields, **tables})


def formulation(document: Scenario, *families: str) -> list[str]:
    """Write the rows of some families, one line each: ``id: coefficient column ... <= limit``."""
    program = compile_scenario(document).program
    columns = program.column_ids()
    lines = []
    for row, name in enumerate(program.row_ids()):
        if name.split("|")[0] in families:
            terms = " ".join(f"{weight:+d} {columns[column]}" for column, weight in sorted(program.terms(row)))
            sense = "=" if program.equality[row] else "<="
            lines.append(f"{name}: {terms} {sense} {program.limit[row]}")
    return lines


def columns(document: Scenario) -> list[str]:
    """Write the columns, one line each: id, upper bound, and whether the column is whole."""
    program = compile_scenario(document).program
    described = zip(program.column_ids(), program.upper.tolist(), program.integer.tolist(), strict=True)
    return [f"{name} <= {upper}{' whole' * whole}" for name, upper, whole in described]


def objective(document: Scenario, rank: int = 0) -> str:
    """Write a goal: ``maximise coefficient column ...``."""
    compilation = compile_scenario(document)
    goal = compilation.objectives[rank]
    names = compilation.program.column_ids()
    weights = sorted(zip(goal.column.tolist(), goal.coefficient.tolist(), strict=True))
    terms = " ".join(f"{weight:+d} {names[column]}" for column, weight in weights)
    return f"{'maximise' if goal.maximise else 'minimise'} {terms}"


def checked_allocation(document: Scenario) -> Allocation:
    """Allocate a scenario that the checks made when it is read would accept."""
    assert findings(document) == []
    return allocate(document)


def launched(allocation: Allocation) -> dict[str, int]:
    """Give the cents funded by ``operation|start year``."""
    return {f"{line.operation}|{line.start}": line.funded for line in allocation.launches}


def committed(document: Scenario) -> dict[str, int]:
    """Allocate, and give the cents committed by ``operation|partner|start year``."""
    lines = checked_allocation(document).commitments
    return {f"{line.operation}|{line.partner}|{line.start}": line.amount for line in lines}


def paid(document: Scenario) -> dict[str, int]:
    """Allocate, and give the cents paid by ``operation|partner|year of payment``."""
    lines = checked_allocation(document).payments
    return {f"{line.operation}|{line.partner}|{line.year}": line.amount for line in lines}
