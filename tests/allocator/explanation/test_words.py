"""What is said of one more euro and of rules on an operation, in both languages."""

from fractions import Fraction
from typing import Any

import pytest

from allocator.explanation.change import Change
from allocator.explanation.next_euro import Gain
from allocator.explanation.requirement import Kind
from allocator.explanation.rule_value import value_on
from allocator.explanation.words import Words
from scenarios.document import AmountCeiling, GoalKind, Mark, RateCeiling, RateFloor, Scenario
from scenarios.document.rule_record import Base
from scenarios.language import speaking

COMMON: dict[str, Any] = {
    "code": "R", "label": "Règle", "reference": "essai", "mark": Mark.ILLUSTRATIVE, "negotiable": True,
    "partner": "ETAT",
}  # fmt: skip
HALF = RateCeiling(kind="rate_ceiling", rate=Fraction(1, 2), base=Base.EXCL_VAT, **COMMON)

GAIN = Gain(
    change=Change(Kind.COMMITMENT_BUDGET, ("VILLE", "2028"), 100),
    goals=((GoalKind.PRIORITY_VALUE, Fraction(3)),),
    operations=(("ECOLE", Fraction(-50)), ("PLACE", Fraction(150))),
    since=Fraction(-25_050),
    until=Fraction(99_999, 2),
)


def said(scenario: Scenario, gain: Gain, language: str) -> str:
    with speaking(language):
        return Words(scenario).gain(gain).replace("\u202f", " ")


def test_a_gain_says_the_total_and_its_range_on_both_sides(tutorial: Scenario) -> None:
    assert said(tutorial, GAIN, "fr") == (
        "1 € de plus dans le budget d'engagement 2028 de « Ville (maître d'ouvrage) » (500 000 €) : points de priorité "
        "financés : 3. « Réaménagement de la place du marché, par tranches » (PLACE) reçoit 1,50 € de plus. "
        "« Réhabilitation de l'école » (ECOLE) reçoit 0,50 € de moins. En tout, 1 € de plus pour les opérations. "
        "Cela vaut jusqu'à 499,99 € de plus. À la baisse, jusqu'à 250,50 € de moins."
    )
    assert said(tutorial, GAIN, "en").endswith(
        "In all, 1 € more for the operations. This holds up to 499.99 € more. Downwards, up to 250.50 € less."
    )


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        (HALF, "50 % de 2 400 000 €"),
        (HALF.model_copy(update={"base_max": 100_000}), "50 % de 1 000 €"),
        (
            RateFloor(kind="rate_floor", rate=Fraction(1, 5), base=Base.DEFICIT, **COMMON),
            "20 % de 2 400 000 €",
        ),
        (AmountCeiling(kind="amount_ceiling", amount=123_450, **COMMON), "1 234,50 €"),
    ],
)
def test_a_rule_of_one_partner_is_said_with_its_value(
    tutorial: Scenario, rule: RateCeiling | RateFloor | AmountCeiling, value: str
) -> None:
    found = value_on(Words(tutorial).scope, rule, "ECOLE")
    assert found is not None
    assert found.replace("\u202f", " ") == value
