"""Equal burden: the heaviest burden first, by inhabitant of average wealth."""

from fractions import Fraction
from typing import Any

import pytest

from allocator.allocation import Settled
from scenarios.checks import findings
from scenarios.document import Commune, Goal, GoalKind, Indicator, IndicatorWeight
from scenarios.equalisation import weighted_potentials
from tests.allocator.rules.tiny import COST, budgets, checked_allocation, eligibility, limited, operation, scenario

BURDEN = Goal(kind=GoalKind.EQUAL_BURDEN)


def commune(code: str, population: int, potential: int | None, **changes: Any) -> Commune:
    fields = {
        "code": code, "label": code, "territory": "T", "population": population,
        "financial_potential_per_capita": potential, "indicator_year": 2025,
    }  # fmt: skip
    return Commune.model_validate({**fields, **changes})


def weight(indicator: Indicator, share: str, year: int = 2025) -> IndicatorWeight:
    return IndicatorWeight(indicator=indicator, weight=Fraction(share), year=year)


def two_communes(**tables: Any) -> dict[str, Any]:
    """C1 has 20 inhabitants and C2 has 10, twice as wealthy; each owns an operation of 1 200; REG has 1 200 in all."""
    fields: dict[str, Any] = {
        "goals": (COST, BURDEN),
        "operations": (operation("A", divisible=True), operation("B", divisible=True, commune="C2")),
        "eligibilities": (eligibility("REG", "A"), eligibility("REG", "B")),
        "partners": limited("REG"),
        "budgets": budgets("REG", amounts=(1200, 0, 0)),
        "communes": (commune("C1", 20, 600), commune("C2", 10, 1200)),
        "equalisation": (weight(Indicator.FINANCIAL_POTENTIAL, "1"),),
    }
    return {**fields, **tables}


def test_equal_wealth_bears_equal_shares() -> None:
    """20 x 600 is 10 x 1 200: each commune keeps half of the 1 200 left, over 15 inhabitants of average wealth."""
    document = scenario(**two_communes())
    assert weighted_potentials(document) == {"C1": 15_000, "C2": 15_000}
    reached = checked_allocation(document).goals[1]
    assert reached.settled == (Settled("C1", Fraction(600, 15_000)), Settled("C2", Fraction(600, 15_000)))


def test_the_poorest_bears_the_least() -> None:
    """C1 has a third of the wealth of C2: of 1 200 left, it keeps 300."""
    document = scenario(**two_communes(communes=(commune("C1", 10, 600), commune("C2", 10, 1800))))
    assert weighted_potentials(document) == {"C1": 5_000, "C2": 15_000}
    reached = checked_allocation(document).goals[1]
    assert {line.member: line.rate for line in reached.settled} == {"C1": Fraction(3, 50), "C2": Fraction(3, 50)}


def test_a_heavy_burden_that_cannot_be_relieved_comes_first() -> None:
    """REG may only help B: A stays with C1 in whole, and B is funded by REG alone."""
    document = scenario(**two_communes(eligibilities=(eligibility("REG", "B"),)))
    reached = checked_allocation(document).goals[1]
    assert reached.settled == (Settled("C1", Fraction(1200, 15_000)), Settled("C2", Fraction(0)))
    assert reached.value == Fraction(1200, 15_000)


def test_tax_effort_counts_the_other_way_and_weights_add_up() -> None:
    """Average effort 1: C1, at 4/3, counts for 3/4; C2, at 2/3, for 3/2; half weight each with equal potentials."""
    both = (weight(Indicator.FINANCIAL_POTENTIAL, "1/2"), weight(Indicator.TAX_EFFORT, "1/2"))
    communes = commune("C1", 10, 600, tax_effort="4/3"), commune("C2", 10, 600, tax_effort="2/3")
    document = scenario(**two_communes(communes=communes, equalisation=both))
    assert weighted_potentials(document) == {"C1": 8_750, "C2": 12_500}


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"equalisation": ()}, ("goals", "kind")),
        ({"equalisation": (weight(Indicator.FINANCIAL_POTENTIAL, "1/2"),)}, ("equalisation", "weight")),
        ({"communes": (commune("C1", 0, 600), commune("C2", 10, 600))}, ("communes", "population")),
        (
            {"communes": (commune("C1", 20, None), commune("C2", 10, 600))},
            ("communes", "financial_potential_per_capita"),
        ),
        ({"equalisation": (weight(Indicator.INCOME, "1"),)}, ("communes", "income_per_capita")),
        (
            {"communes": (commune("C1", 20, 600), commune("C2", 10, 600, indicator_year=2024))},
            ("communes", "indicator_year"),
        ),
    ],
)
def test_what_is_missing_is_named(changes: dict[str, Any], place: tuple[str, str]) -> None:
    found = [(finding.table, finding.column) for finding in findings(scenario(**two_communes(**changes)))]
    assert place in found
    assert findings(scenario(**two_communes())) == []
