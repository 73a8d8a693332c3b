"""X+X: points matched, within the base."""

from fractions import Fraction

import pytest

from .builder import cells, conforms, only, plain, plan, rule, scenario

TOP = {"partner": "ANRU", "rate": Fraction(1, 4), "base": "excl_vat", "counts": ("region", "commune")}


def test_at_what_is_matched_and_one_cent_above() -> None:
    document = scenario(rules=(rule("matching_top_up", **TOP),))
    assert conforms(document, plan(document, cells(ANRU=35_000, REGION=10_000, VILLE=55_000)))
    violation = only(document, plan(document, cells(ANRU=35_001, REGION=10_000, VILLE=54_999)))
    assert (violation.family, violation.subject) == ("matching_top_up", ("R1", "OP", "ANRU", "2026"))
    assert (violation.found, violation.limit) == (35_001, 35_000)
    assert plain(violation.sentence) == (
        "Règle R1 : ANRU apporte 350,01 € à l'opération OP lancée en 2026, au lieu de 350 € au plus (25 % d'une "
        "assiette de 1 000 € au prorata de la part financée, plus 100 € apportés par les partenaires locaux, dans la "
        "limite de l'assiette)."
    )


@pytest.mark.parametrize(("rate", "amount", "kept"), [("1/2", 75_000, True), ("1/2", 75_001, False)])
def test_the_rate_and_twice_the_points_stay_within_the_base(rate: str, amount: int, kept: bool) -> None:
    # PRIVE counts here: 24 999 would be matched, and the base leaves room for 25 000.
    fields = {**TOP, "rate": Fraction(rate), "counts": ("private",)}
    document = scenario(rules=(rule("matching_top_up", **fields),))
    committed = cells(ANRU=amount, PRIVE=25_000, VILLE=75_000 - amount) if kept else cells(ANRU=amount, PRIVE=24_999)
    assert conforms(document, plan(document, committed)) == kept
