"""Capital budgeting as scenarios: operations with a fixed plan, worth points, under several budgets."""

from collections.abc import Sequence

from scenarios.document import (
    Budget,
    Commune,
    CostBasis,
    Goal,
    GoalKind,
    Operation,
    Partner,
    PartnerKind,
    PlanLine,
    Project,
    Scenario,
)

YEAR = 2026


def capital_budget(
    code: str, values: Sequence[int], uses: Sequence[Sequence[int]], budgets: Sequence[int], *, divisible: bool = False
) -> Scenario:
    """Return the scenario: ``uses[i][j]`` cents of budget i for operation j, worth ``values[j]`` points."""
    funders = [f"B{i:02d}" for i in range(len(budgets))]
    operations = [f"O{j:03d}" for j in range(len(values))]
    owner = Partner(
        code="VILLE", label="v", kind=PartnerKind.COMMUNE, commitment_limited=False, payment_limited=False,
        carry_over=False,
    )  # fmt: skip
    return Scenario(
        code=code, title=code, committee="c", currency="EUR", reference_date="2026-01-01", first_year=YEAR,
        last_year=YEAR, goals=(Goal(kind=GoalKind.PRIORITY_VALUE),),
        partners=(
            owner,
            *(
                Partner(
                    code=funder, label=funder, kind=PartnerKind.OTHER, commitment_limited=True, payment_limited=False,
                    carry_over=False,
                )
                for funder in funders
            ),
        ),
        communes=(Commune(code="C", label="c", territory="T"),),
        projects=(Project(code="P", label="p", holder="VILLE", programme="X"),),
        operations=tuple(
            Operation(
                code=operation, label=operation, nature="AME", project="P", commune="C", owner="VILLE",
                cost_basis=CostBasis.EXCL_VAT, cost_excl_vat=sum(use[j] for use in uses), receipts=0, value=values[j],
                mandatory=False, divisible=divisible, earliest_start=YEAR, latest_start=YEAR,
            )
            for j, operation in enumerate(operations)
        ),
        plans=tuple(
            PlanLine(operation=operation, partner=funder, year=YEAR, amount=use[j])
            for funder, use in zip(funders, uses, strict=True)
            for j, operation in enumerate(operations)
            if use[j]
        ),
        budgets=tuple(
            Budget(holder=funder, year=YEAR, commitment=amount)
            for funder, amount in zip(funders, budgets, strict=True)
        ),
    )  # fmt: skip
