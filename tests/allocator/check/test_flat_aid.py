"""Flat amounts per unit, neither more nor less."""

from fractions import Fraction

import pytest

from .builder import cells, conforms, eligibility, only, operation, plain, plan, rule, scenario

FLAT = rule("flat_aid", partner="ANRU", amount_per_unit=5_001)


@pytest.mark.parametrize("cent", [-1, 1])
def test_the_flat_amount_neither_more_nor_less(cent: int) -> None:
    document = scenario(operations=(operation(units=3),), rules=(FLAT,))
    assert conforms(document, plan(document, cells(ANRU=15_003, VILLE=84_997)))
    violation = only(document, plan(document, cells(ANRU=15_003 + cent, VILLE=84_997 - cent)))
    assert (violation.family, violation.subject) == ("flat_aid", ("R1", "OP", "ANRU", "2026"))
    assert (violation.found, violation.limit) == (15_003 + cent, 15_003)
    amount = "150,04" if cent > 0 else "150,02"
    assert plain(violation.sentence) == (
        f"Règle R1 : ANRU apporte {amount} € à l'opération OP lancée en 2026, au lieu du forfait de 150,03 € "
        "(50,01 € pour 3 unités, au prorata de la part financée)."
    )


def test_an_optional_partner_may_stay_away_but_not_a_required_one() -> None:
    fields = {"operations": (operation(units=3),), "rules": (FLAT,)}
    optional = scenario(**fields)
    required = scenario(**fields, eligibilities=(eligibility("ANRU", presence="required"),))
    assert conforms(optional, plan(optional, cells(VILLE=100_000)))
    assert only(required, plan(required, cells(VILLE=100_000))).found == 0


@pytest.mark.parametrize(("amount", "kept"), [(4_949, False), (4_950, True), (4_951, True), (4_952, False)])
def test_a_part_bears_its_part_within_a_cent(amount: int, kept: bool) -> None:
    # 15 003 cents for the whole; 33 % of it is 4 950.99.
    document = scenario(operations=(operation(units=3, divisible=True),), rules=(FLAT,))
    allocation = plan(document, cells(ANRU=amount, VILLE=33_000 - amount))
    assert conforms(document, allocation) == kept
    if not kept:
        violation = only(document, allocation)
        assert violation.limit == Fraction(495_099, 100)
        assert "au lieu du forfait de 49,50 € ou 49,51 €" in plain(violation.sentence)


@pytest.mark.parametrize(("amount", "kept"), [(7_499, False), (7_500, True), (7_501, False)])
def test_a_part_worth_whole_cents_is_exact(amount: int, kept: bool) -> None:
    document = scenario(
        operations=(operation(units=3, divisible=True),),
        rules=(rule("flat_aid", partner="ANRU", amount_per_unit=5_000),),
    )
    assert conforms(document, plan(document, cells(ANRU=amount, VILLE=50_000 - amount))) == kept


def test_missing_units_are_an_error() -> None:
    document = scenario(rules=(FLAT,))
    with pytest.raises(ValueError, match="OP: no number of units"):
        conforms(document, plan(document, {}))
