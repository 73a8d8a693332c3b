"""The owner's share of public money."""

from fractions import Fraction

import pytest

from .builder import cells, conforms, eligibility, only, operation, plain, plan, rule, scenario

FLOOR = {"rate": Fraction(1, 5), "counts": ("anru", "region", "commune", "landlord"), "owner_kinds": ("commune",)}


def test_at_the_floor_and_one_cent_below() -> None:
    document = scenario(rules=(rule("owner_floor", **FLOOR),))
    assert conforms(document, plan(document, cells(ANRU=80_000, VILLE=20_000)))
    violation = only(document, plan(document, cells(ANRU=80_001, VILLE=19_999)))
    assert (violation.family, violation.subject) == ("owner_floor", ("R1", "OP", "VILLE", "2026"))
    assert (violation.found, violation.limit) == (19_999, Fraction(80_001, 4))
    assert plain(violation.sentence) == (
        "Règle R1 : VILLE, maître d'ouvrage de l'opération OP lancée en 2026, apporte 199,99 €, au lieu de 200,01 € au "
        "moins (20 % du total public, les autres personnes publiques apportant 800,01 €)."
    )


@pytest.mark.parametrize(("own", "kept"), [(12_000, True), (11_999, False)])
def test_private_money_is_outside_the_total(own: int, kept: bool) -> None:
    # 48 000 of public grants call for 12 000 of the owner: a fifth of 60 000, not of 100 000.
    document = scenario(rules=(rule("owner_floor", **FLOOR),))
    committed = cells(ANRU=40_000, REGION=8_000, PRIVE=52_000 - own, VILLE=own)
    assert conforms(document, plan(document, committed)) == kept


def test_the_floor_binds_the_owners_it_names() -> None:
    landlord = operation(owner="BAILLEUR")
    document = scenario(operations=(landlord,), rules=(rule("owner_floor", **FLOOR),))
    assert conforms(document, plan(document, cells(ANRU=100_000)))


def test_a_part_is_judged_on_its_own_amounts() -> None:
    document = scenario(operations=(operation(divisible=True),), rules=(rule("owner_floor", **FLOOR),))
    assert conforms(document, plan(document, cells(ANRU=8_000, VILLE=2_000)))
    assert only(document, plan(document, cells(ANRU=8_001, VILLE=1_999))).family == "owner_floor"


@pytest.mark.parametrize(("grants", "least"), [(4, 1), (3, 1), (5, 2)])
def test_an_owner_that_brings_nothing(grants: int, least: int) -> None:
    document = scenario(operations=(operation(divisible=True),), rules=(rule("owner_floor", **FLOOR),))
    violation = only(document, plan(document, cells(ANRU=grants)))
    assert (violation.found, violation.limit) == (0, Fraction(grants, 4))
    assert f"au lieu de 0,0{least} € au moins" in plain(violation.sentence)


def test_a_launch_does_not_make_up_for_another() -> None:
    document = scenario(operations=(operation(divisible=True),), rules=(rule("owner_floor", **FLOOR),))
    committed = cells(VILLE=50_000) | cells(start=2027, ANRU=40_001, VILLE=9_999)
    assert only(document, plan(document, committed)).subject == ("R1", "OP", "VILLE", "2027")


def test_an_owner_that_bears_all_public_money() -> None:
    document = scenario(
        rules=(rule("owner_floor", **{**FLOOR, "rate": Fraction(1)}),), eligibilities=(eligibility("ANRU"),)
    )
    assert conforms(document, plan(document, cells(VILLE=100_000)))
    violation = only(document, plan(document, cells(ANRU=1, VILLE=99_999)))
    assert (violation.found, violation.limit) == (1, 0)
    assert plain(violation.sentence) == (
        "Règle R1 : VILLE doit porter seul l'opération OP lancée en 2026, "
        "où d'autres personnes publiques apportent 0,01 €."
    )
