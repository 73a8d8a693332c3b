"""The capacity index: exact, from voted weights and indicators of one year with their source."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from scenarios.document import Commune
from scenarios.rulebooks.capacity import Indicators, Weights, capacity_index, indicators_of

AVERAGE = Indicators(100_000, Fraction(1), 1_500_000, 2025, "moyennes illustratives")
POOR = Indicators(50_000, Fraction(5, 4), 1_000_000, 2025, "indicateurs illustratifs")
WEIGHTS = Weights(Fraction(1, 2), Fraction(1, 5), Fraction(3, 10), "délibération illustrative")


def test_the_index_of_a_poor_commune() -> None:
    # 1/2 × 2 + 1/5 × 5/4 + 3/10 × 3/2
    assert capacity_index(POOR, AVERAGE, WEIGHTS) == Fraction(17, 10)


def test_the_average_commune_has_one() -> None:
    assert capacity_index(AVERAGE, AVERAGE, WEIGHTS) == 1


@pytest.mark.parametrize(
    ("part", "change", "message"),
    [
        ("weights", {"income": Fraction(29, 100)}, "les poids votés font 99/100"),
        ("weights", {"income": Fraction(31, 100)}, "les poids votés font 101/100"),
        ("weights", {"income": Fraction(-1, 5), "tax_effort": Fraction(7, 10)}, "sans poids négatif"),
        ("weights", {"decision": " "}, "pas de délibération"),
        ("indicators", {"financial_potential": 0}, "nul ou négatif"),
        ("indicators", {"tax_effort": Fraction(0)}, "nul ou négatif"),
        ("averages", {"income": -1}, "nul ou négatif"),
        ("averages", {"provenance": ""}, "sans source"),
        ("averages", {"year": 2024}, "indicateurs de 2025 et des moyennes de 2024"),
    ],
)
def test_what_cannot_be_weighed_is_refused(part: str, change: dict[str, Any], message: str) -> None:
    given: dict[str, Any] = {"indicators": POOR, "averages": AVERAGE, "weights": WEIGHTS}
    given[part] = replace(given[part], **change)
    with pytest.raises(ValueError, match=message):
        capacity_index(**given)


def test_indicators_are_read_from_the_commune_with_their_year_and_source() -> None:
    commune = Commune.model_validate(
        {
            "code": "C", "label": "C", "territory": "T", "financial_potential_per_capita": "900", "tax_effort": "1.25",
            "income_per_capita": "14000.50", "dsu_rank": "12", "indicator_year": "2025", "provenance": "illustratif",
        }
    )  # fmt: skip
    assert indicators_of(commune) == Indicators(90_000, Fraction(5, 4), 1_400_050, 2025, "illustratif")
    with pytest.raises(ValueError, match="il manque un indicateur"):
        indicators_of(commune.model_copy(update={"tax_effort": None}))


@pytest.mark.parametrize(("text", "valid"), [("10", True), ("10.000001", False), ("5/4", True), ("120 %", False)])
def test_a_ratio_goes_from_nought_to_ten(text: str, valid: bool) -> None:
    values = {"code": "C", "label": "C", "territory": "T", "tax_effort": text}
    if valid:
        assert Commune.model_validate(values).tax_effort is not None
    else:
        with pytest.raises(ValueError, match="un rapport de 0 à 10"):
            Commune.model_validate(values)
