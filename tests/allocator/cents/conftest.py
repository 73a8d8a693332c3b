"""A small committee with odd cents, whose tight budgets the cents stage has to respect."""

from collections.abc import Callable

import pytest

from scenarios.document import (
    Budget,
    Commune,
    CostBasis,
    Eligibility,
    Goal,
    GoalKind,
    Operation,
    Partner,
    PartnerKind,
    Presence,
    ProfileShare,
    Project,
    ReferenceLine,
    Rule,
    Scenario,
)


def partner(code: str, kind: PartnerKind, *, limited: bool, carry_over: bool = False) -> Partner:
    return Partner(
        code=code, label=code, kind=kind, commitment_limited=False, payment_limited=limited, carry_over=carry_over
    )


def operation(code: str, cents: int, *, divisible: bool = True) -> Operation:
    return Operation(
        code=code, label=code, nature="AME", project="PRJ", commune="COM", owner="VILLE",
        cost_basis=CostBasis.EXCL_VAT, cost_excl_vat=cents, receipts=0, value=1, mandatory=False,
        divisible=divisible, earliest_start=2026, latest_start=2026, profile="TIERS",
    )  # fmt: skip


Builder = Callable[..., Scenario]


@pytest.fixture
def build() -> Builder:
    """Return a builder: operations, payment budgets of REGION and VILLE by year (None: unlimited), rules.

    The reference is that REGION pays everything, so that it pays as much as the rules let it.
    """

    def scenario(
        operations: tuple[Operation, ...],
        region: tuple[int, ...] | None = None,
        ville: tuple[int, ...] | None = None,
        rules: tuple[Rule, ...] = (),
        carry_over: bool = False,
    ) -> Scenario:
        limits = {"REGION": region, "VILLE": ville}
        return Scenario(
            code="CENTS", title="Centimes", committee="Essai", currency="EUR", reference_date="2026-01-01",
            first_year=2026, last_year=2028,
            goals=(Goal(kind=GoalKind.FUNDED_COST), Goal(kind=GoalKind.REFERENCE_CLOSENESS)),
            partners=(
                partner("REGION", PartnerKind.REGION, limited=region is not None, carry_over=carry_over),
                partner("VILLE", PartnerKind.COMMUNE, limited=ville is not None, carry_over=carry_over),
            ),
            communes=(Commune(code="COM", label="Commune", territory="T"),),
            projects=(Project(code="PRJ", label="Projet", holder="VILLE", programme="AUCUN"),),
            profiles=tuple(ProfileShare(profile="TIERS", offset=t, share="1/3") for t in range(3)),
            operations=operations,
            eligibilities=tuple(
                Eligibility(operation=o.code, partner="REGION", presence=Presence.REQUIRED) for o in operations
            ),
            budgets=tuple(
                Budget(holder=holder, year=2026 + t, payment=amount)
                for holder, amounts in limits.items() if amounts is not None
                for t, amount in enumerate(amounts)
            ),
            rules=rules,
            references=tuple(ReferenceLine(operation=o.code, partner="REGION", share="1") for o in operations),
        )  # fmt: skip

    return scenario
