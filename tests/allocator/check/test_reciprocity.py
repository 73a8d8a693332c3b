"""What one partner brings against what others bring."""

from fractions import Fraction
from typing import Any

import pytest

from .builder import cells, conforms, eligibility, only, operation, plain, plan, rule, scenario


def pair(sense: str, ratio: str = "1", **fields: Any) -> dict[str, Any]:
    return {"partner": "ANRU", "counterparts": ("REGION",), "sense": sense, "ratio": ratio, "together": False, **fields}


@pytest.mark.parametrize(
    ("sense", "amounts"),
    [
        ("at_most", {39_999: True, 40_000: True, 40_001: False}),
        ("at_least", {39_999: False, 40_000: True, 40_001: True}),
        ("exactly", {39_999: False, 40_000: True, 40_001: False}),
    ],
)
def test_below_at_and_above_as_much(sense: str, amounts: dict[int, bool]) -> None:
    document = scenario(rules=(rule("reciprocity", **pair(sense)),))
    for amount, kept in amounts.items():
        assert conforms(document, plan(document, cells(ANRU=amount, REGION=40_000, VILLE=60_000 - amount))) == kept


def test_what_is_said() -> None:
    document = scenario(rules=(rule("reciprocity", **pair("at_most", "3/2")),))
    violation = only(document, plan(document, cells(ANRU=46, REGION=30, VILLE=99_924)))
    assert (violation.family, violation.subject) == ("reciprocity", ("R1", "OP", "ANRU"))
    assert (violation.found, violation.limit) == (46, Fraction(45))
    assert plain(violation.sentence) == (
        "Règle R1 : ANRU apporte 0,46 € à l'opération OP, au lieu de 0,45 € au plus (1,5 fois ce qu'apportent REGION)."
    )


@pytest.mark.parametrize(("amount", "kept"), [(9, False), (10, True), (11, True), (12, False)])
def test_an_equality_that_does_not_divide_holds_to_less_than_a_cent(amount: int, kept: bool) -> None:
    # A third of 31 is 10.33.
    document = scenario(rules=(rule("reciprocity", **pair("exactly", "1/3")),))
    assert conforms(document, plan(document, cells(ANRU=amount, REGION=31, VILLE=99_969 - amount))) == kept


@pytest.mark.parametrize(("together", "kept"), [(True, True), (False, False)])
def test_together_an_operation_makes_up_for_another(together: bool, kept: bool) -> None:
    document = scenario(
        operations=(operation(), operation("B")), eligibilities=(eligibility("REGION"), eligibility("ANRU", "B")),
        rules=(rule("reciprocity", **pair("at_most", together=together)),),
    )  # fmt: skip
    committed = cells(REGION=300, VILLE=99_700) | cells("B", ANRU=300, VILLE=99_700)
    assert conforms(document, plan(document, committed)) == kept
    committed = cells(REGION=300, VILLE=99_700) | cells("B", ANRU=301, VILLE=99_699)
    assert not conforms(document, plan(document, committed))
