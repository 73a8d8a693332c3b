"""Yearly commitment budgets: carry-over, withdrawn credits, pools."""

from typing import Any

import pytest

from scenarios.document import Decommitment, Pool, Scenario

from .builder import budget, cells, conforms, only, operation, partner, plain, plan, scenario

YEARS = range(2026, 2030)


def limited(carry_over: bool = False, **tables: Any) -> Scenario:
    """Limit the commitments of ANRU to 30 000 cents a year."""
    anru = partner("ANRU", "anru", commitment_limited=True, carry_over=carry_over)
    others = (partner("REGION", "region"), partner("VILLE", "commune"))
    fields = {
        "partners": (anru, *others),
        "operations": (operation(), operation("OQ")),
        "eligibilities": tuple(
            line.model_copy(update={"operation": code})
            for code in ("OP", "OQ")
            for line in scenario().eligibilities
            if line.partner in {"ANRU", "REGION"}
        ),
        "budgets": tuple(budget("ANRU", year, commitment=30_000) for year in YEARS),
    }
    return scenario(**{**fields, **tables})


def test_within_the_budget_of_the_year_and_one_cent_over() -> None:
    document = limited()
    committed = cells("OP", ANRU=10_000, VILLE=90_000) | cells("OQ", ANRU=20_000, VILLE=80_000)
    assert conforms(document, plan(document, committed))
    violation = only(document, plan(document, committed | cells("OP", ANRU=10_001, VILLE=89_999)))
    assert (violation.family, violation.subject) == ("commitment_budget", ("ANRU", "2026"))
    assert (violation.found, violation.limit) == (30_001, 30_000)
    assert plain(violation.sentence) == (
        "ANRU engage 300,01 € en 2026, plus que son budget, crédits dégagés compris : 300 €."
    )


def test_a_commitment_counts_whole_in_its_start_year() -> None:
    document = limited()
    each_year = cells("OP", 2026, ANRU=30_000, VILLE=70_000) | cells("OQ", 2027, ANRU=30_000, VILLE=70_000)
    assert conforms(document, plan(document, each_year))


@pytest.mark.parametrize(("carry_over", "kept"), [(False, False), (True, True)])
def test_what_is_left_is_carried_over_when_allowed(carry_over: bool, kept: bool) -> None:
    document = limited(carry_over)
    assert conforms(document, plan(document, cells(start=2027, ANRU=60_000, VILLE=40_000))) == kept


def test_carry_over_goes_forward_only_and_to_the_cent() -> None:
    document = limited(carry_over=True)
    early = only(document, plan(document, cells(start=2026, ANRU=30_001, VILLE=69_999)))
    assert early.subject == ("ANRU", "2026")
    late = only(document, plan(document, cells(start=2027, ANRU=60_001, VILLE=39_999)))
    assert (late.subject, late.found, late.limit) == (("ANRU", "2027"), 60_001, 60_000)
    assert plain(late.sentence) == (
        "ANRU engage 600,01 € jusqu'en 2027, plus que ses budgets cumulés, crédits dégagés compris : 600 €."
    )


@pytest.mark.parametrize(("amount", "kept"), [(30_500, True), (30_501, False)])
def test_withdrawn_credits_are_added_to_their_year(amount: int, kept: bool) -> None:
    withdrawn = (
        Decommitment(holder="ANRU", year=2027, amount=300, reason="Opération abandonnée"),
        Decommitment(holder="ANRU", year=2027, amount=200, reason="Opération abandonnée"),
        Decommitment(holder="REGION", year=2027, amount=999, reason="Opération abandonnée"),
    )
    document = limited(decommitments=withdrawn)
    assert conforms(document, plan(document, cells(start=2027, ANRU=amount, VILLE=100_000 - amount))) == kept
    assert not conforms(document, plan(document, cells(start=2026, ANRU=30_001, VILLE=69_999)))


@pytest.mark.parametrize(("region", "kept"), [(20_000, True), (20_001, False)])
def test_a_pool_is_spent_by_all_its_partners(region: int, kept: bool) -> None:
    pool = Pool(code="FONDS", label="Fonds", commitment_limited=True, payment_limited=False, carry_over=False)
    document = limited(
        pools=(pool,),
        partners=(
            partner("ANRU", "anru", pool="FONDS"),
            partner("REGION", "region", pool="FONDS"),
            partner("VILLE", "commune"),
        ),
        budgets=tuple(budget("FONDS", year, commitment=30_000) for year in YEARS),
    )
    allocation = plan(document, cells(ANRU=10_000, REGION=region, VILLE=90_000 - region))
    assert conforms(document, allocation) == kept
    if not kept:
        assert only(document, allocation).subject == ("FONDS", "2026")


def test_a_partner_in_a_pool_keeps_its_own_limit() -> None:
    pool = Pool(code="FONDS", label="Fonds", commitment_limited=True, payment_limited=False, carry_over=False)
    document = limited(
        pools=(pool,),
        partners=(
            partner("ANRU", "anru", pool="FONDS", commitment_limited=True),
            partner("REGION", "region"),
            partner("VILLE", "commune"),
        ),
        budgets=tuple(budget("FONDS", year, commitment=90_000) for year in YEARS)
        + tuple(budget("ANRU", year, commitment=30_000) for year in YEARS),
    )
    assert only(document, plan(document, cells(ANRU=30_001, VILLE=69_999))).subject == ("ANRU", "2026")


def test_a_part_costs_only_its_part() -> None:
    document = limited(operations=(operation(divisible=True), operation("OQ")))
    assert conforms(document, plan(document, cells(ANRU=30_000, VILLE=3)))
    assert only(document, plan(document, cells(ANRU=30_001, VILLE=3))).found == 30_001


@pytest.mark.parametrize("budgets", [(), (budget("ANRU", 2026, payment=1),)])
def test_a_missing_budget_is_an_error(budgets: tuple[Any, ...]) -> None:
    document = limited(budgets=budgets)
    with pytest.raises(ValueError, match="ANRU: no budget for 2026"):
        conforms(document, plan(document, {}))
