"""A partner's money over a whole priority."""

from fractions import Fraction

import pytest

from allocator.check import verify
from scenarios.document import Scenario

from .builder import cells, conforms, eligibility, only, operation, plain, plan, rule, scenario

QUARTER = {"partner": "ANRU", "rate": Fraction(1, 4), "base": "excl_vat"}


def two(base: str = "excl_vat") -> Scenario:
    return scenario(
        operations=(operation(), operation("B", divisible=True)),
        eligibilities=(eligibility("ANRU", presence="required"), eligibility("ANRU", "B", presence="required")),
        rules=(rule("priority_share", **{**QUARTER, "base": base}),),
    )


def test_at_a_quarter_of_the_whole_and_one_cent_above() -> None:
    document = two()
    other = cells("B", VILLE=100_000)
    assert conforms(document, plan(document, cells(ANRU=50_000, VILLE=50_000) | other))
    violation = only(document, plan(document, cells(ANRU=50_001, VILLE=49_999) | other))
    assert (violation.family, violation.subject) == ("priority_share", ("R1", "ANRU"))
    assert (violation.found, violation.limit) == (50_001, 50_000)
    assert plain(violation.sentence) == (
        "Règle R1 : ANRU apporte 500,01 € à l'ensemble de la priorité, au lieu de 500 € au plus "
        "(25 % d'assiettes qui font 2 000 €)."
    )


@pytest.mark.parametrize(("amount", "kept"), [(37_500, True), (37_501, False)])
def test_a_part_counts_for_a_part(amount: int, kept: bool) -> None:
    document = two()
    committed = cells(ANRU=amount, VILLE=100_000 - amount) | cells("B", VILLE=50_000)
    assert conforms(document, plan(document, committed)) == kept


def test_a_missing_base_is_named() -> None:
    document = two("incl_vat")
    with pytest.raises(ValueError, match="B: no base incl_vat for partner ANRU"):
        verify(document, plan(document, cells(VILLE=100_000)))
