"""Loans within the owner's share."""

from fractions import Fraction

import pytest

from scenarios.document import Loan

from .builder import cells, conforms, only, operation, plain, plan, scenario

LOANS = (
    Loan(operation="OP", partner="PRIVE", amount=20_000, label="Prêt"),
    Loan(operation="OP", partner="ANRU", amount=13_333, label="Prêt"),
)


def test_loans_are_within_the_share_of_the_owner() -> None:
    document = scenario(loans=LOANS)
    assert conforms(document, plan(document, cells(REGION=66_667, VILLE=33_333)))
    violation = only(document, plan(document, cells(REGION=66_668, VILLE=33_332)))
    assert (violation.family, violation.subject) == ("loan", ("OP", "VILLE", "2026"))
    assert (violation.found, violation.limit) == (33_332, 33_333)
    assert plain(violation.sentence) == (
        "VILLE, maître d'ouvrage de l'opération OP lancée en 2026, apporte 333,32 €, moins que la part des prêts "
        "qui lui reviennent : 333,33 €."
    )


def test_a_lender_needs_no_eligibility_and_its_grant_is_not_its_loan() -> None:
    document = scenario(loans=LOANS, eligibilities=())
    assert conforms(document, plan(document, cells(VILLE=100_000)))


@pytest.mark.parametrize(("own", "kept"), [(3_334, True), (3_333, False)])
def test_a_part_bears_its_part_of_the_loans(own: int, kept: bool) -> None:
    # 33 333 / 100 000 of 10 001 cents are 3 333.63.
    document = scenario(operations=(operation(divisible=True),), loans=LOANS)
    allocation = plan(document, cells(ANRU=10_001 - own, VILLE=own))
    assert conforms(document, allocation) == kept
    if not kept:
        assert only(document, allocation).limit == Fraction(33_333 * 10_001, 100_000)


@pytest.mark.parametrize(("lent", "kept"), [(0, True), (1, False)])
def test_an_owner_that_brings_nothing_can_repay_nothing(lent: int, kept: bool) -> None:
    document = scenario(loans=(LOANS[0].model_copy(update={"amount": lent}),))
    assert conforms(document, plan(document, cells(REGION=100_000))) == kept


def test_loans_of_another_operation_do_not_count() -> None:
    document = scenario(operations=(operation(), operation("OQ")), loans=LOANS)
    assert conforms(document, plan(document, cells("OP", VILLE=100_000) | cells("OQ", VILLE=100_000)))
