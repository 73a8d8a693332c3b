"""Fonds de concours against what is left to the owner."""

from fractions import Fraction

from .builder import cells, conforms, only, plain, plan, rule, scenario

HALF = {"rate": Fraction(1, 2), "counts": ("region",)}


def test_at_half_of_what_is_left_and_one_cent_above() -> None:
    document = scenario(rules=(rule("transfer_contribution", **HALF),))
    assert conforms(document, plan(document, cells(ANRU=20_000, REGION=40_000, VILLE=40_000)))
    assert conforms(document, plan(document, cells(ANRU=20_000, REGION=39_999, VILLE=40_001)))
    violation = only(document, plan(document, cells(ANRU=20_000, REGION=40_001, VILLE=39_999)))
    assert (violation.family, violation.subject) == ("transfer_contribution", ("R1", "OP", "VILLE", "2026"))
    assert (violation.found, violation.limit) == (40_001, 40_000)
    assert plain(violation.sentence) == (
        "Règle R1 : les fonds de concours à l'opération OP lancée en 2026 font 400,01 €, au lieu de 400 € au plus "
        "(50 % de ce que laissent les subventions, VILLE portant 399,99 €)."
    )


def test_the_owner_transfers_nothing_to_itself() -> None:
    document = scenario(rules=(rule("transfer_contribution", rate=Fraction(1, 2), counts=("commune",)),))
    assert conforms(document, plan(document, cells(VILLE=100_000)))
