"""Public aid under a cap when a partner is present."""

from fractions import Fraction

import pytest

from .builder import cells, conforms, eligibility, only, operation, plain, plan, rule, scenario

CAP = {"partner": "ANRU", "rate": Fraction(4, 5), "base": "excl_vat", "counts": ("anru", "region", "commune")}


def test_at_the_cap_and_one_cent_over() -> None:
    document = scenario(rules=(rule("public_aid_cap", **CAP),))
    assert conforms(document, plan(document, cells(ANRU=50_000, REGION=30_000, VILLE=20_000)))
    violation = only(document, plan(document, cells(ANRU=50_000, REGION=30_001, VILLE=19_999)))
    assert (violation.family, violation.subject) == ("public_aid_cap", ("R1", "OP", "ANRU", "2026"))
    assert (violation.found, violation.limit) == (80_001, 80_000)
    assert plain(violation.sentence) == (
        "Règle R1 : ANRU participe à l'opération OP lancée en 2026, et les aides publiques font 800,01 €, au lieu de "
        "800 € au plus (80 % d'une assiette de 1 000 €, au prorata de la part financée)."
    )


def test_the_owner_and_the_kinds_left_out_are_not_counted() -> None:
    document = scenario(rules=(rule("public_aid_cap", **CAP),))
    assert conforms(document, plan(document, cells(ANRU=80_000, PRIVE=20_000)))
    assert conforms(document, plan(document, cells(ANRU=1, VILLE=99_999)))


def test_the_cap_binds_only_when_its_partner_is_present() -> None:
    document = scenario(rules=(rule("public_aid_cap", **CAP),))
    assert conforms(document, plan(document, cells(REGION=100_000)))
    required = scenario(
        rules=(rule("public_aid_cap", **CAP),),
        eligibilities=(eligibility("ANRU", presence="required"), eligibility("REGION")),
    )
    assert only(required, plan(required, cells(REGION=80_001, VILLE=19_999))).found == 80_001


def test_the_cap_of_a_partner_that_cannot_take_part_never_binds() -> None:
    document = scenario(rules=(rule("public_aid_cap", **CAP),), eligibilities=(eligibility("REGION"),))
    assert conforms(document, plan(document, cells(REGION=100_000)))


@pytest.mark.parametrize(("region", "kept"), [(3_002, True), (3_003, False)])
def test_a_part_bears_its_part_of_the_cap(region: int, kept: bool) -> None:
    # Four fifths of 10 003 cents are 8 002.4.
    document = scenario(operations=(operation(divisible=True),), rules=(rule("public_aid_cap", **CAP),))
    committed = cells(ANRU=5_000, REGION=region, VILLE=5_003 - region)
    assert conforms(document, plan(document, committed)) == kept


def test_the_eligible_base_is_the_one_of_the_partner_that_sets_the_cap() -> None:
    document = scenario(
        rules=(rule("public_aid_cap", **{**CAP, "base": "eligible"}),),
        eligibilities=(eligibility("ANRU", eligible_base=50_000), eligibility("REGION", eligible_base=100_000)),
    )
    assert conforms(document, plan(document, cells(ANRU=1, REGION=39_999, VILLE=60_000)))
    assert only(document, plan(document, cells(ANRU=1, REGION=40_000, VILLE=59_999))).limit == 40_000


def test_a_missing_base_is_an_error() -> None:
    document = scenario(rules=(rule("public_aid_cap", **{**CAP, "base": "eligible"}),))
    with pytest.raises(ValueError, match="OP: no base eligible for partner ANRU"):
        conforms(document, plan(document, {}))
