"""The share of a partner's money that goes to reserved operations."""

from fractions import Fraction
from typing import Any

import pytest

from scenarios.document import Loan, Scenario

from .builder import cells, conforms, eligibility, only, operation, plain, plan, rule, scenario

HALF = {"partner": "ANRU", "rate": Fraction(1, 2), "reserved_natures": ("REC",)}


def two(**fields: Any) -> Scenario:
    return scenario(
        operations=(operation(), operation("B", nature="REC", commune="C2", divisible=True)),
        eligibilities=(eligibility("ANRU"), eligibility("ANRU", "B")),
        rules=(rule("reserved_share", **{**HALF, **fields}),),
        loans=(Loan(operation="B", partner="PRIVE", amount=1000, label="illustratif"),),
    )


def test_at_half_and_one_cent_below() -> None:
    document = two()
    other = cells(ANRU=30_000, VILLE=70_000)
    assert conforms(document, plan(document, other | cells("B", ANRU=30_000, VILLE=70_000)))
    violation = only(document, plan(document, other | cells("B", ANRU=29_999, VILLE=70_001)))
    assert (violation.family, violation.subject) == ("reserved_share", ("R1", "ANRU"))
    assert (violation.found, violation.limit) == (29_999, Fraction(59_999, 2))
    assert plain(violation.sentence) == (
        "Règle R1 : les opérations réservées reçoivent 299,99 € de ANRU, au lieu de 300 € au moins "
        "(50 % d'un total de 599,99 €)."
    )


@pytest.mark.parametrize(("amount", "kept"), [(29_499, False), (29_500, True)])
def test_loans_count_for_the_part_that_is_launched(amount: int, kept: bool) -> None:
    document = two(counts=("private",))
    committed = cells(ANRU=30_000, VILLE=70_000) | cells("B", ANRU=amount, VILLE=50_000 - amount)
    assert conforms(document, plan(document, committed)) == kept


def test_territories_are_those_of_communes() -> None:
    document = two(reserved_natures=(), reserved_territories=("T1",))
    assert conforms(document, plan(document, cells(ANRU=100, VILLE=99_900) | cells("B", ANRU=100, VILLE=99_900)))
    assert only(document, plan(document, cells("B", ANRU=1, VILLE=99_999))).family == "reserved_share"
