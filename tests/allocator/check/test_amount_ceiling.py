"""At most an amount per operation, or per unit."""

import pytest

from .builder import cells, conforms, only, operation, plain, plan, rule, scenario


def test_amount_for_the_operation() -> None:
    document = scenario(rules=(rule("amount_ceiling", partner="ANRU", amount=12_345),))
    assert conforms(document, plan(document, cells(ANRU=12_345, VILLE=87_655)))
    violation = only(document, plan(document, cells(ANRU=12_346, VILLE=87_654)))
    assert (violation.family, violation.subject) == ("amount_ceiling", ("R1", "OP", "ANRU"))
    assert (violation.found, violation.limit) == (12_346, 12_345)
    assert plain(violation.sentence) == (
        "Règle R1 : ANRU apporte 123,46 € à l'opération OP, au lieu de 123,45 € au plus."
    )


@pytest.mark.parametrize(("second", "kept"), [(6_000, True), (6_001, False)])
def test_amount_for_the_operation_adds_up_launches_and_does_not_shrink(second: int, kept: bool) -> None:
    document = scenario(
        operations=(operation(divisible=True),), rules=(rule("amount_ceiling", partner="ANRU", amount=10_000),)
    )
    committed = cells(ANRU=4_000, VILLE=1_000) | cells(start=2027, ANRU=second, VILLE=1_000)
    assert conforms(document, plan(document, committed)) == kept


def test_amount_per_unit() -> None:
    document = scenario(
        operations=(operation(units=3),), rules=(rule("amount_ceiling", partner="ANRU", amount_per_unit=5_001),)
    )
    assert conforms(document, plan(document, cells(ANRU=15_003, VILLE=84_997)))
    violation = only(document, plan(document, cells(ANRU=15_004, VILLE=84_996)))
    assert violation.limit == 15_003
    assert plain(violation.sentence) == (
        "Règle R1 : ANRU apporte 150,04 € à l'opération OP lancée en 2026, au lieu de 150,03 € au plus "
        "(150,03 € pour 3 unités, au prorata de la part financée)."
    )


@pytest.mark.parametrize(("amount", "kept"), [(4_950, True), (4_951, False)])
def test_amount_per_unit_of_a_part(amount: int, kept: bool) -> None:
    # 15 003 cents for the whole; 33 % of it is 4 950.99.
    document = scenario(
        operations=(operation(units=3, divisible=True),),
        rules=(rule("amount_ceiling", partner="ANRU", amount_per_unit=5_001),),
    )
    assert conforms(document, plan(document, cells(ANRU=amount, VILLE=33_000 - amount))) == kept


@pytest.mark.parametrize("nothing", [{"amount": 0}, {"amount_per_unit": 0}])
def test_a_ceiling_of_zero_keeps_the_partner_out(nothing: dict[str, int]) -> None:
    document = scenario(operations=(operation(units=3),), rules=(rule("amount_ceiling", partner="ANRU", **nothing),))
    assert conforms(document, plan(document, cells(VILLE=100_000)))
    assert only(document, plan(document, cells(ANRU=1, VILLE=99_999))).limit == 0


@pytest.mark.parametrize(
    ("fields", "message"), [({"amount_per_unit": 1}, "OP: no number of units"), ({}, "R1: no amount")]
)
def test_missing_data_are_an_error(fields: dict[str, int], message: str) -> None:
    document = scenario(rules=(rule("amount_ceiling", partner="ANRU", **fields),))
    with pytest.raises(ValueError, match=message):
        conforms(document, plan(document, {}))
