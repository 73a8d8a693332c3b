"""At least a rate of a base when present."""

from fractions import Fraction

import pytest

from .builder import cells, conforms, eligibility, only, operation, plain, plan, rule, scenario

FIFTH = rule("rate_floor", partner="REGION", rate=Fraction(1, 5), base="excl_vat")


def test_at_the_floor_and_one_cent_below() -> None:
    document = scenario(rules=(FIFTH,))
    assert conforms(document, plan(document, cells(REGION=20_000, VILLE=80_000)))
    violation = only(document, plan(document, cells(REGION=19_999, VILLE=80_001)))
    assert (violation.family, violation.subject) == ("rate_floor", ("R1", "OP", "REGION", "2026"))
    assert (violation.found, violation.limit) == (19_999, 20_000)
    assert plain(violation.sentence) == (
        "Règle R1 : REGION apporte 199,99 € à l'opération OP lancée en 2026, au lieu de 200 € au moins "
        "(20 % d'une assiette de 1 000 €, au prorata de la part financée)."
    )


def test_an_optional_partner_may_stay_away() -> None:
    document = scenario(rules=(FIFTH,))
    assert conforms(document, plan(document, cells(VILLE=100_000)))


def test_a_required_partner_may_not_stay_away() -> None:
    document = scenario(rules=(FIFTH,), eligibilities=(eligibility("REGION", presence="required"),))
    assert only(document, plan(document, cells(VILLE=100_000))).found == 0
    assert conforms(document, plan(document, {}))


def test_one_cent_makes_a_partner_present() -> None:
    document = scenario(rules=(FIFTH,))
    assert only(document, plan(document, cells(REGION=1, VILLE=99_999))).found == 1


def test_one_cent_funded_makes_a_required_partner_present() -> None:
    document = scenario(
        operations=(operation(divisible=True),),
        rules=(FIFTH,),
        eligibilities=(eligibility("REGION", presence="required"),),
    )
    assert only(document, plan(document, cells(VILLE=1))).limit == Fraction(1, 5)


def test_the_owner_is_present_in_every_launch() -> None:
    floor = rule("rate_floor", partner="VILLE", rate=Fraction(1, 5), base="excl_vat")
    document = scenario(rules=(floor,))
    assert only(document, plan(document, cells(ANRU=100_000))).subject == ("R1", "OP", "VILLE", "2026")


@pytest.mark.parametrize(("amount", "kept"), [(2_001, True), (2_000, False)])
def test_a_part_bears_its_part_of_the_floor_rounded_up(amount: int, kept: bool) -> None:
    # A fifth of 10 003 cents is 2 000.6.
    document = scenario(operations=(operation(divisible=True),), rules=(FIFTH,))
    assert conforms(document, plan(document, cells(REGION=amount, VILLE=10_003 - amount))) == kept


def test_presence_is_decided_launch_by_launch() -> None:
    document = scenario(operations=(operation(divisible=True),), rules=(FIFTH,))
    one_launch_only = cells(VILLE=50_000) | cells(start=2027, REGION=10_000, VILLE=40_000)
    assert conforms(document, plan(document, one_launch_only))


def test_a_missing_base_is_an_error() -> None:
    document = scenario(rules=(rule("rate_floor", partner="REGION", rate=Fraction(1, 5), base="eligible"),))
    with pytest.raises(ValueError, match="OP: no base eligible for partner REGION"):
        conforms(document, plan(document, {}))
