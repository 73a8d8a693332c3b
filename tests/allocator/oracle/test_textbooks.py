"""Capital budgeting, knapsacks, fixed charges and transportation of the literature, with their published optima."""

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from allocator.allocation import Allocation
from allocator.check import verify
from allocator.solve.allocate import allocate
from scenarios.checks import findings
from scenarios.document import Scenario
from tests.allocator.oracle.knapsack import capital_budget
from tests.allocator.rules.tiny import rule

ENGINES = ("highs", "ortools", "pulp")

LORIE_SAVAGE = (
    (14, 17, 17, 15, 40, 12, 14, 10, 12),
    ((12, 54, 6, 6, 30, 6, 48, 36, 18), (3, 7, 6, 2, 35, 6, 4, 3, 3)),
    (50, 20),
)
"""Net present values, outlays of two periods, budgets: Lorie and Savage, "Three problems in rationing capital", The
Journal of Business 28 (1955); optimum in whole projects: Weingartner, "Mathematical programming and the analysis of
capital budgeting problems" (1963)."""

PETERSEN_1 = (
    (100, 600, 1200, 2400, 500, 2000),
    (
        (8, 12, 13, 64, 22, 41), (8, 12, 13, 75, 22, 41), (3, 6, 4, 18, 6, 4), (5, 10, 8, 32, 6, 12),
        (5, 13, 8, 42, 6, 20), (5, 13, 8, 48, 6, 20), (0, 0, 0, 0, 8, 0), (3, 0, 4, 0, 8, 0), (3, 2, 4, 0, 8, 4),
        (3, 2, 4, 8, 8, 4),
    ),
    (80, 96, 20, 36, 44, 48, 10, 18, 22, 24),
)  # fmt: skip
"""Petersen, "Computational experience with variants of the Balas algorithm applied to the selection of R&D projects",
Management Science 13 (1967), problem 1; also problem 1 of mknap1 in the OR-Library."""

WEINGARTNER_NESS_1 = (
    (1898, 440, 22507, 270, 14148, 3100, 4650, 30800, 615, 4975, 1160, 4225, 510, 11880, 479, 440, 490, 330, 110, 560,
     24355, 2885, 11748, 4550, 750, 3720, 1950, 10500),
    (
        (45, 0, 85, 150, 65, 95, 30, 0, 170, 0, 40, 25, 20, 0, 0, 25, 0, 0, 25, 0, 165, 0, 85, 0, 0, 0, 0, 100),
        (30, 20, 125, 5, 80, 25, 35, 73, 12, 15, 15, 40, 5, 10, 10, 12, 10, 9, 0, 20, 60, 40, 50, 36, 49, 40, 19, 150),
    ),
    (600, 600),
)  # fmt: skip
"""Weingartner and Ness, "Methods for the solution of the multidimensional 0/1 knapsack problem", Operations Research 15
(1967), problem 1 (WEING1 of the OR-Library)."""


STOCKCO = ((16, 22, 12, 8), ((5, 7, 4, 3),), (14,))
"""Thousands of dollars: net present values, cash needed, cash at hand. W. L. Winston, "Operations Research:
Applications and Algorithms", section 9.2, example 1 (a capital budgeting problem)."""

RENT, MOST = (200, 150, 100), (40, 53, 25)
PROFIT, LABOR, CLOTH = (6, 4, 7), (3, 2, 6), (4, 3, 4)
"""Gandhi Cloth Company, the same, example 3 (a fixed-charge problem): rent of each machine, most pieces it makes;
profit of a shirt, of shorts, of pants, hours of labour (150 a week) and yards of cloth (160 a week)."""


def solved(scenario: Scenario, engine: str = "highs") -> Allocation:
    assert findings(scenario) == []
    allocation = allocate(scenario, engine)
    assert verify(scenario, allocation) == ()
    return allocation


@pytest.mark.parametrize("engine", ENGINES)
def test_lorie_and_savage_fund_projects_1_3_4_6_9(engine: str) -> None:
    allocation = solved(capital_budget("LORIE-SAVAGE", *LORIE_SAVAGE), engine)
    (goal,) = allocation.goals
    assert goal.value == goal.proven == 70
    assert allocation.unique
    assert [launch.operation for launch in allocation.launches] == ["O000", "O002", "O003", "O005", "O008"]


def test_lorie_and_savage_split_two_projects_when_they_may() -> None:
    # Weingartner's linear programme: projects 6 at 0.969697 and 7 at 0.045455, 70.27 in all.
    (goal,) = solved(capital_budget("LORIE-SAVAGE", *LORIE_SAVAGE, divisible=True)).goals
    assert float(goal.value) == pytest.approx(70.27, abs=0.005)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_first_problem_of_petersen_is_worth_3800(engine: str) -> None:
    (goal,) = solved(capital_budget("PETERSEN-1", *PETERSEN_1), engine).goals
    assert goal.value == goal.proven == 3800


@pytest.mark.parametrize("engine", ENGINES)
def test_the_first_problem_of_weingartner_and_ness_is_worth_141278(engine: str) -> None:
    (goal,) = solved(capital_budget("WEING1", *WEINGARTNER_NESS_1), engine).goals
    assert goal.value == goal.proven == 141_278


@pytest.mark.parametrize("engine", ENGINES)
def test_stockco_leaves_its_best_investment_out_for_42_000_dollars(engine: str) -> None:
    allocation = solved(capital_budget("STOCKCO", *STOCKCO), engine)
    (goal,) = allocation.goals
    assert goal.value == goal.proven == 42
    assert [launch.operation for launch in allocation.launches] == ["O001", "O002", "O003"]


@pytest.mark.parametrize(
    ("added", "allowed"),
    [
        ({"kind": "needs", "needed": "O000", "operations": ("O001",), "timing": "any_year"}, lambda x: x[1] <= x[0]),
        ({"kind": "excludes", "operations": ("O001", "O003")}, lambda x: x[1] + x[3] <= 1),
    ],
)
def test_stockco_with_investments_that_call_for_or_exclude_one_another(
    added: dict[str, Any], allowed: Callable[[tuple[int, ...]], bool]
) -> None:
    """Modifications 2 and 3 of the example; their optima, not printed there, are found by enumeration."""
    values, (cash,), (limit,) = STOCKCO
    scenario = capital_budget("STOCKCO", *STOCKCO).model_copy(update={"rules": (rule(**added),)})
    (goal,) = solved(scenario).goals
    worth = [
        sum(value * taken for value, taken in zip(values, chosen, strict=True))
        for chosen in product((0, 1), repeat=4)
        if sum(need * taken for need, taken in zip(cash, chosen, strict=True)) <= limit and allowed(chosen)
    ]
    assert goal.value == goal.proven == max(worth)


@pytest.mark.parametrize("engine", ENGINES)
def test_gandhi_rents_the_pants_machine_alone_for_75_dollars_a_week(engine: str) -> None:
    """Making is divisible and needs its machine; not renting it, which excludes it, is worth the rent kept."""
    values = [profit * most for profit, most in zip(PROFIT, MOST, strict=True)] + [0, 0, 0, *RENT]
    pieces = [[use * most for use, most in zip(uses, MOST, strict=True)] + [0] * 6 for uses in (LABOR, CLOTH)]
    scenario = capital_budget("GANDHI", values, [*pieces, [0] * 3 + [1] * 6], (150, 160, 6))
    making = [f"O{i:03d}" for i in range(3)]
    machines, kept = [f"O{i:03d}" for i in range(3, 6)], [f"O{i:03d}" for i in range(6, 9)]
    rules = [
        *(
            rule("needs", code=f"N{i}", needed=machines[i], operations=(making[i],), timing="any_year")
            for i in range(3)
        ),
        *(rule("excludes", code=f"X{i}", operations=(machines[i], kept[i])) for i in range(3)),
    ]
    operations = [line.model_copy(update={"divisible": line.code in making}) for line in scenario.operations]
    changed = scenario.model_copy(update={"rules": tuple(rules), "operations": tuple(operations)})
    allocation = solved(changed, engine)
    (goal,) = allocation.goals
    assert goal.value - sum(RENT) == goal.proven - sum(RENT) == 75
    assert [line.operation for line in allocation.launches if line.operation not in kept] == ["O002", "O005"]


@pytest.mark.parametrize(("values", "uses", "budgets"), [LORIE_SAVAGE, PETERSEN_1])
def test_these_data_have_these_optima_by_enumeration(
    values: tuple[int, ...], uses: tuple[tuple[int, ...], ...], budgets: tuple[int, ...]
) -> None:
    best = max(
        sum(value for value, taken in zip(values, chosen, strict=True) if taken)
        for chosen in product((0, 1), repeat=len(values))
        if all(
            sum(amount for amount, taken in zip(use, chosen, strict=True) if taken) <= budget
            for use, budget in zip(uses, budgets, strict=True)
        )
    )
    assert best == {9: 70, 6: 3800}[len(values)]


def test_the_canneries_of_dantzig_ship_for_153_675() -> None:
    """Dantzig, "Linear programming and extensions" (1963), chapter 3.3: two canneries, three markets, $K per case.

    A route is a divisible operation that draws as many cases from a cannery as it brings to a market; each case is
    worth $1 000 less its freight, so that all 900 cases asked for are shipped.
    """
    supply, demand = (350, 600), (325, 300, 275)
    freight = ((225, 153, 162), (225, 162, 126))
    routes = list(product(range(2), range(3)))
    sizes = [min(supply[i], demand[j]) for i, j in routes]
    uses = [
        *([size if i == plant else 0 for size, (i, _) in zip(sizes, routes, strict=True)] for plant in range(2)),
        *([size if j == market else 0 for size, (_, j) in zip(sizes, routes, strict=True)] for market in range(3)),
    ]
    values = [size * (1000 - freight[i][j]) for size, (i, j) in zip(sizes, routes, strict=True)]
    (goal,) = solved(capital_budget("DANTZIG", values, uses, (*supply, *demand), divisible=True)).goals
    assert 1000 * sum(demand) - goal.value == Fraction(153_675)
