"""Grants and grant-equivalents of loans against an envelope."""

from fractions import Fraction

import pytest

from allocator.check import verify
from scenarios.document import Loan, Scenario

from .builder import cells, conforms, only, operation, plain, plan, rule, scenario


def lent(amount: int = 20_000, rate: str | None = "1/10", *, divisible: bool = False) -> Scenario:
    loan = Loan(operation="OP", partner="PRIVE", amount=amount, label="illustratif", grant_equivalent=rate)
    return scenario(
        operations=(operation(divisible=divisible),), loans=(loan,),
        rules=(rule("grant_equivalent", partners=("ANRU", "PRIVE"), amount=50_000),),
    )  # fmt: skip


def test_at_the_amount_and_one_cent_above() -> None:
    document = lent()
    assert conforms(document, plan(document, cells(ANRU=48_000, VILLE=52_000)))
    violation = only(document, plan(document, cells(ANRU=48_001, VILLE=51_999)))
    assert (violation.family, violation.subject) == ("grant_equivalent", ("R1", "ANRU", "PRIVE"))
    assert (violation.found, violation.limit) == (50_001, 50_000)
    assert plain(violation.sentence) == (
        "Règle R1 : subventions et équivalents-subvention de ANRU, PRIVE font 500,01 €, au lieu de 500 € au plus."
    )


@pytest.mark.parametrize(("amount", "kept"), [(47_999, True), (48_000, False)])
def test_an_equivalent_is_rounded_up(amount: int, kept: bool) -> None:
    # A tenth of 20 001 is 2 000.1, counted as 2 001.
    document = lent(20_001)
    assert conforms(document, plan(document, cells(ANRU=amount, VILLE=100_000 - amount))) == kept


def test_a_loan_counts_for_the_part_that_is_launched() -> None:
    document = lent(divisible=True)
    assert conforms(document, plan(document, cells(ANRU=48_780, VILLE=12_220)))
    violation = only(document, plan(document, cells(ANRU=48_781, VILLE=12_219)))
    assert violation.found == 48_781 + 2_000 * Fraction(61_000, 100_000)


def test_a_loan_without_equivalent_is_named() -> None:
    document = lent(rate=None)
    with pytest.raises(ValueError, match="OP: a loan of PRIVE has no grant-equivalent"):
        verify(document, plan(document, cells(VILLE=100_000)))
