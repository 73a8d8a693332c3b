"""Rates by class: the class and the bonus of each commune make the rate, and what is missing is told."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from scenarios.document import RateCeiling
from scenarios.formats import ScenarioError
from scenarios.rulebooks import in_force, listing

ANRU = {"rulebook": "anru-npnru", "partner": "ANRU"}
DAY = date(2016, 1, 1)


@pytest.mark.parametrize(
    ("number", "bonus", "rate", "code"),
    [
        (1, None, Fraction(1, 10), "ANRU-CLASS-1"),
        (6, None, Fraction(7, 10), "ANRU-CLASS-6"),
        (1, Fraction(15, 100), Fraction(1, 4), "ANRU-CLASS-1.B0.15"),
        (6, Fraction(1, 30), Fraction(11, 15), "ANRU-CLASS-6.B1-30"),
    ],
)
def test_the_rate_is_that_of_the_class_with_its_bonus(
    changed: Any, number: int, bonus: Fraction | None, rate: Fraction, code: str
) -> None:
    commune = {"anru_class": number, "anru_class_year": 2015, "anru_bonus": bonus}
    scenario = changed(DAY, [ANRU], communes={"VILLE-A": commune})
    (rule,) = in_force(scenario).rules
    assert isinstance(rule, RateCeiling)
    assert (rule.code, rule.rate, rule.operations, rule.base) == (code, rate, ("PLACE",), "eligible")
    line = next(line for line in listing(scenario) if line.entry == "ANRU-CLASS")
    assert line.value.startswith(rule.model_dump(mode="json")["rate"])


def test_communes_of_two_classes_have_two_rules(changed: Any) -> None:
    school = changed()
    poor = school.communes[0].model_copy(update={"anru_class": 6, "anru_class_year": 2015})
    rich = poor.model_copy(update={"code": "VILLE-B", "anru_class": 1})
    line = next(line for line in school.eligibilities if line.partner == "ANRU")
    scenario = changed(
        DAY, [ANRU], operations={"ECOLE": {"project": "QUARTIER", "commune": "VILLE-B"}},
        tables={
            "communes": (poor, rich),
            "eligibilities": (*school.eligibilities, line.model_copy(update={"operation": "ECOLE"})),
        },
    )  # fmt: skip
    assert [(rule.code, rule.operations) for rule in in_force(scenario).rules] == [
        ("ANRU-CLASS-1", ("ECOLE",)),
        ("ANRU-CLASS-6", ("PLACE",)),
    ]


REFUSED = [
    pytest.param({}, DAY, ["« ANRU-CLASS », alors que la commune « VILLE-A » n'a pas de classe"]),
    pytest.param(
        {"anru_class": 3, "anru_class_year": 2015}, DAY,
        ["« ANRU-CLASS (classe 3) », entrée à remplir : aucune source n'en donne la valeur (commune « VILLE-A »)"],
    ),
    pytest.param(
        {"anru_class": 6, "anru_class_year": 2015, "anru_bonus": Fraction(16, 100)}, DAY,
        ["un bonus de 0.16 pour la commune « VILLE-A »"],
    ),
    pytest.param(
        {"anru_class": 1, "anru_class_year": 2015}, date(2018, 7, 2),
        [
            "« ANRU-CLASS (classe 1) » le 2018-07-02, hors de son horizon de validité (commune « VILLE-A »)",
            "« ANRU-BONUS » le 2018-07-02, hors de son horizon de validité",
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("commune", "day", "found"), REFUSED)
def test_what_is_missing_is_told(changed: Any, commune: dict[str, Any], day: date, found: list[str]) -> None:
    with pytest.raises(ScenarioError) as refusal:
        changed(day, [ANRU], communes={"VILLE-A": commune})
    told = [f"{text} ; opérations : « PLACE »" for text in found]
    assert [problem.found for problem in refusal.value.problems] == told
    assert {(problem.table, problem.row) for problem in refusal.value.problems} == {("rulebooks", 1)}


COMMUNES = [
    ({"anru_class": 7, "anru_class_year": 2015}, ["anru_class"]),
    ({"anru_class": 0, "anru_class_year": 2015}, ["anru_class"]),
    ({"anru_class": 2}, ["anru_class_year"]),
    ({"anru_class_year": 2015}, ["anru_class_year"]),
    ({"anru_bonus": Fraction(1, 10)}, ["anru_bonus"]),
]


@pytest.mark.parametrize(("commune", "columns"), COMMUNES)
def test_a_class_is_complete(changed: Any, commune: dict[str, Any], columns: list[str]) -> None:
    with pytest.raises(ScenarioError) as refusal:
        changed(DAY, [], communes={"VILLE-A": commune})
    assert [(problem.table, problem.column) for problem in refusal.value.problems] == [
        ("communes", column) for column in columns
    ]
