"""At most a rate of a base, itself capped; filters and derogations of every rule."""

from fractions import Fraction
from typing import Any

import pytest

from scenarios.document import Derogation

from .builder import cells, conforms, eligibility, only, operation, plain, plan, rule, scenario

QUARTER = {"partner": "ANRU", "rate": Fraction(1, 4), "base": "excl_vat"}


def test_at_the_ceiling_and_one_cent_over() -> None:
    document = scenario(rules=(rule("rate_ceiling", **QUARTER),))
    assert conforms(document, plan(document, cells(ANRU=25_000, VILLE=75_000)))
    violation = only(document, plan(document, cells(ANRU=25_001, VILLE=74_999)))
    assert (violation.family, violation.subject) == ("rate_ceiling", ("R1", "OP", "ANRU", "2026"))
    assert (violation.found, violation.limit) == (25_001, 25_000)
    assert plain(violation.sentence) == (
        "Règle R1 : ANRU apporte 250,01 € à l'opération OP lancée en 2026, au lieu de 250 € au plus "
        "(25 % d'une assiette de 1 000 €, au prorata de la part financée)."
    )


def test_a_ceiling_that_is_not_a_whole_number_of_cents_is_rounded_down() -> None:
    document = scenario(rules=(rule("rate_ceiling", **{**QUARTER, "rate": Fraction(1, 3)}),))
    assert conforms(document, plan(document, cells(ANRU=33_333, VILLE=66_667)))
    violation = only(document, plan(document, cells(ANRU=33_334, VILLE=66_666)))
    assert violation.limit == Fraction(100_000, 3)
    assert "au lieu de 333,33 € au plus (≈ 33,33 %" in plain(violation.sentence)


def test_a_rate_of_zero_keeps_the_partner_out() -> None:
    document = scenario(rules=(rule("rate_ceiling", **{**QUARTER, "rate": Fraction(0)}),))
    assert conforms(document, plan(document, cells(VILLE=100_000)))
    assert only(document, plan(document, cells(ANRU=1, VILLE=99_999))).limit == 0


def test_a_part_bears_its_part_of_the_ceiling() -> None:
    document = scenario(operations=(operation(divisible=True),), rules=(rule("rate_ceiling", **QUARTER),))
    # A quarter of 10 003 cents is 2 500.75: the whole operation would allow ten times more.
    assert conforms(document, plan(document, cells(ANRU=2_500, VILLE=7_503)))
    violation = only(document, plan(document, cells(ANRU=2_501, VILLE=7_502)))
    assert violation.limit == Fraction(10_003, 4)


def test_each_launch_bears_its_own_ceiling() -> None:
    document = scenario(operations=(operation(divisible=True),), rules=(rule("rate_ceiling", **QUARTER),))
    uneven = cells(ANRU=10_001, VILLE=29_999) | cells(start=2027, ANRU=14_999, VILLE=45_001)
    assert only(document, plan(document, uneven)).subject == ("R1", "OP", "ANRU", "2026")


@pytest.mark.parametrize(
    ("base", "limit"),
    [("excl_vat", 25_000), ("incl_vat", 30_000), ("cost", 30_000), ("deficit", 20_000), ("eligible", 15_000)],
)
def test_every_base(base: str, limit: int) -> None:
    both = operation(cost_basis="incl_vat", cost_incl_vat=120_000, receipts=40_000)
    document = scenario(
        operations=(both,),
        eligibilities=(eligibility("ANRU", eligible_base=60_000),),
        rules=(rule("rate_ceiling", **{**QUARTER, "base": base}),),
    )
    assert conforms(document, plan(document, cells(ANRU=limit, VILLE=80_000 - limit)))
    assert only(document, plan(document, cells(ANRU=limit + 1, VILLE=79_999 - limit))).limit == limit


@pytest.mark.parametrize(
    ("caps", "limit"),
    [
        ({"base_max": 80_000}, 20_000),
        ({"base_max": 200_000}, 25_000),
        ({"base_max_per_unit": 6_000}, 15_000),
        ({"base_max_per_building": 20_000}, 10_000),
        ({"base_max_per_unit": 6_000, "base_max_per_building": 10_000}, 20_000),
        ({"base_max": 70_000, "base_max_per_unit": 6_000, "base_max_per_building": 10_000}, 17_500),
    ],
)
def test_the_base_itself_is_capped(caps: dict[str, int], limit: int) -> None:
    document = scenario(
        operations=(operation(units=10, buildings=2),), rules=(rule("rate_ceiling", **QUARTER, **caps),)
    )
    assert conforms(document, plan(document, cells(ANRU=limit, VILLE=100_000 - limit)))
    assert only(document, plan(document, cells(ANRU=limit + 1, VILLE=99_999 - limit))).limit == limit


@pytest.mark.parametrize(
    "filters",
    [
        {"natures": ("AME", "EQP")},
        {"programmes": ("OPAH",)},
        {"projects": ("PR2",)},
        {"operations": ("OQ",)},
        {"owner_kinds": ("landlord",)},
        {"natures": ("DEM",), "projects": ("PR2",)},
        {"partner": "REGION"},
    ],
)
def test_a_rule_stops_at_its_filters(filters: dict[str, Any]) -> None:
    document = scenario(rules=(rule("rate_ceiling", **{**QUARTER, **filters}),))
    assert conforms(document, plan(document, cells(ANRU=25_001, VILLE=74_999)))


def test_a_rule_binds_when_every_filter_is_met() -> None:
    filters = {
        "natures": ("AME", "DEM"),
        "programmes": ("NPNRU",),
        "projects": ("PR1",),
        "operations": ("OP",),
        "owner_kinds": ("commune",),
    }
    document = scenario(rules=(rule("rate_ceiling", **QUARTER, **filters),))
    assert only(document, plan(document, cells(ANRU=25_001, VILLE=74_999))).family == "rate_ceiling"


@pytest.mark.parametrize(
    ("derogation", "lifted"),
    [
        ({"operation": "OP"}, True),
        ({"project": "PR1"}, True),
        ({"operation": "OQ"}, False),
        ({"project": "PR2"}, False),
        ({"operation": "OP", "rule": "R2"}, False),
    ],
)
def test_a_derogation_lifts_one_rule_for_one_operation_or_project(derogation: dict[str, str], lifted: bool) -> None:
    line = Derogation(**{"rule": "R1", "author": "Préfet", "reference": "Décision", **derogation})
    document = scenario(rules=(rule("rate_ceiling", **QUARTER),), derogations=(line,))
    assert conforms(document, plan(document, cells(ANRU=25_001, VILLE=74_999))) == lifted


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"base": "incl_vat"}, "OP: no base incl_vat for partner ANRU"),
        ({"base": "eligible"}, "OP: no base eligible for partner ANRU"),
        ({"base_max_per_unit": 1}, "OP: no number of units"),
        ({"base_max_per_building": 1}, "OP: no number of buildings"),
    ],
)
def test_missing_data_are_an_error(fields: dict[str, Any], message: str) -> None:
    document = scenario(rules=(rule("rate_ceiling", **{**QUARTER, **fields}),))
    with pytest.raises(ValueError, match=message):
        conforms(document, plan(document, {}))
