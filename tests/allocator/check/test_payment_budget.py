"""Yearly payment budgets: carry-over and withdrawn credits."""

from typing import Any

import pytest

from scenarios.document import Decommitment, Scenario

from .builder import budget, cells, conforms, only, partner, plain, plan, scenario


def limited(carry_over: bool = False, **tables: Any) -> Scenario:
    """Limit the payments of ANRU to 10 000 cents in 2026 and 20 000 a year later on."""
    anru = partner("ANRU", "anru", payment_limited=True, carry_over=carry_over)
    fields = {
        "partners": (anru, *(line for line in scenario().partners if line.code != "ANRU")),
        "budgets": (
            budget("ANRU", 2026, payment=10_000),
            *(budget("ANRU", year, payment=20_000) for year in range(2027, 2030)),
        ),
    }
    return scenario(**{**fields, **tables})


def test_within_the_credits_of_each_year_and_one_cent_over() -> None:
    document = limited()
    # 30 000 cents are paid 10 000 then 20 000; 30 001 are paid 10 000 (rounded down) then 20 001.
    assert conforms(document, plan(document, cells(ANRU=30_000, VILLE=70_000)))
    violation = only(document, plan(document, cells(ANRU=30_001, VILLE=69_999)))
    assert (violation.family, violation.subject) == ("payment_budget", ("ANRU", "2027"))
    assert (violation.found, violation.limit) == (20_001, 20_000)
    assert plain(violation.sentence) == (
        "ANRU paie 200,01 € en 2027, plus que ses crédits, crédits dégagés compris : 200 €."
    )


@pytest.mark.parametrize(("carry_over", "kept"), [(False, False), (True, True)])
def test_what_is_left_is_carried_over_when_allowed(carry_over: bool, kept: bool) -> None:
    # Started in 2027, 60 000 cents are paid 20 000 then 40 000.
    document = limited(carry_over)
    assert conforms(document, plan(document, cells(start=2027, ANRU=45_000, VILLE=55_000))) == kept


def test_carry_over_to_the_cent() -> None:
    document = limited(carry_over=True)
    # Credits run 10 000, 30 000, 50 000: 50 000 are paid by 2028 and not a cent more.
    assert conforms(document, plan(document, cells(start=2027, ANRU=50_000, VILLE=50_000)))
    violation = only(document, plan(document, cells(start=2027, ANRU=50_001, VILLE=49_999)))
    assert (violation.subject, violation.found, violation.limit) == (("ANRU", "2028"), 50_001, 50_000)
    assert plain(violation.sentence) == (
        "ANRU paie 500,01 € jusqu'en 2028, plus que ses crédits cumulés, crédits dégagés compris : 500 €."
    )


def test_withdrawn_credits_are_added_to_their_year() -> None:
    withdrawn = Decommitment(holder="ANRU", year=2027, amount=1, reason="Opération abandonnée")
    document = limited(decommitments=(withdrawn,))
    assert conforms(document, plan(document, cells(ANRU=30_001, VILLE=69_999)))


def test_a_missing_budget_is_an_error() -> None:
    document = limited(budgets=(budget("ANRU", 2026, payment=1),))
    with pytest.raises(ValueError, match="ANRU: no budget for 2027"):
        conforms(document, plan(document, {}))
