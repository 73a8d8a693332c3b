"""Only as far as the operation needed."""

from fractions import Fraction
from typing import Any

import pytest

from .builder import cells, conforms, only, operation, plain, plan, rule, scenario


def document(timing: str, **fields: Any) -> Any:
    return scenario(
        operations=(operation("A", divisible=True, **fields), operation("B", divisible=True, cost_excl_vat=30_000)),
        eligibilities=(), rules=(rule("needs", needed="B", timing=timing, operations=("A",)),),
    )  # fmt: skip


@pytest.mark.parametrize(("part", "kept"), [(49_999, True), (50_000, True), (50_001, False)])
def test_no_larger_part(part: int, kept: bool) -> None:
    base = document("any_year")
    committed = cells("A", VILLE=part) | cells("B", 2027, VILLE=15_000)
    assert conforms(base, plan(base, committed)) == kept


def test_the_violation_says_both_parts() -> None:
    base = document("any_year")
    violation = only(base, plan(base, cells("A", VILLE=75_000) | cells("B", VILLE=15_000)))
    assert (violation.family, violation.subject) == ("needs", ("R1", "A", "B", "2029"))
    assert (violation.found, violation.limit) == (Fraction(3, 4), Fraction(1, 2))
    assert plain(violation.sentence).replace("\u00a0", " ") == (
        "Règle R1 : jusqu'en 2029, l'opération A est lancée à 75 %, alors que l'opération B, dont elle a besoin, ne "
        "l'est qu'à 50 %."
    )


@pytest.mark.parametrize(("timing", "kept"), [("any_year", True), ("not_later", False)])
def test_whether_the_order_matters(timing: str, kept: bool) -> None:
    base = document(timing)
    late = cells("A", VILLE=100_000) | cells("B", 2027, VILLE=30_000)
    assert conforms(base, plan(base, late)) == kept
    if not kept:
        assert only(base, plan(base, late)).subject == ("R1", "A", "B", "2026")
    early = cells("A", 2027, VILLE=100_000) | cells("B", VILLE=30_000)
    assert conforms(base, plan(base, early))


def test_nothing_is_needed_by_what_is_not_launched() -> None:
    base = document("not_later")
    assert conforms(base, plan(base, cells("B", VILLE=30_000)))
    assert not conforms(base, plan(base, cells("A", VILLE=1)))
