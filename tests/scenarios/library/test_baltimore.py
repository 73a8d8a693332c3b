"""The capital programme of Baltimore: what is shipped equals what is published, and what a 10 % cut costs.

The published figures are read here again from the source tables, without the code that builds the scenario.
"""

import csv
import time
from collections import defaultdict
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog

from allocator.allocation import Allocation
from allocator.check import verify
from allocator.solve.allocate import allocate
from scenarios.document import Budget, GoalKind, Scenario
from scenarios.formats import read, write
from scenarios.library import find
from scenarios.library.build import baltimore

ROOT = Path(__file__).parents[3]
SOURCES = ROOT / "scenarios" / "library" / "sources"
PAGE = ROOT / "docs" / "baltimore.md"
PUBLISHED_TOTALS = {
    2018: 1_118_011_000,
    2019: 429_436_000,
    2020: 502_066_000,
    2021: 561_123_000,
    2022: 939_084_000,
    2023: 436_380_000,
}
GROUPS = {
    "1": "CITY-BONDS",
    "2": "CITY-GENERAL",
    "3": "REVENUE-LOANS",
    "4": "UTILITY",
    "5": "FEDERAL",
    "6": "STATE",
    "7": "COUNTY",
    "8": "GENERAL-HUR",
    "9": "OTHER",
}
CUTS_IN_DOLLARS = {
    "CITY-BONDS": 39_000_000,
    "CITY-GENERAL": 3_478_000,
    "COUNTY": 77_177_900,
    "FEDERAL": 25_836_700,
    "GENERAL-HUR": 7_162_000,
    "OTHER": 18_351_500,
    "REVENUE-LOANS": 168_475_700,
    "STATE": 38_881_700,
    "UTILITY": 20_246_500,
}
"""A tenth of the six published budgets of each group."""
WHOLE_COST = 398_776_800_000

Cut = tuple[Scenario, Allocation]


def published(name: str) -> list[dict[str, str]]:
    with (SOURCES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def published_amounts() -> dict[tuple[str, str, int], int]:
    """Project code, fund code, year -> dollars, for the six years."""
    return {
        (row["operation"][:7], f"F{row['funder'][:3]}", int(row["year"])): int(row["amount_eur"])
        for row in published("baltimore_fy18_23_program.csv")
        if row["year"] != "anterieur"
    }


def group_of(fund: str) -> str:
    return "REVENUE-LOANS" if fund == "F657" else GROUPS[fund[1]]


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return read(find("baltimore-2018"))


def test_folder_is_what_the_script_writes(scenario: Scenario, tmp_path: Path) -> None:
    write(baltimore.build(), tmp_path / "again")
    shipped = {file.name: file.read_bytes() for file in find("baltimore-2018").iterdir()}
    assert shipped == {file.name: file.read_bytes() for file in (tmp_path / "again").iterdir()}
    assert scenario == baltimore.build()


def test_317_projects_are_316_operations_and_one_source_of_withdrawn_credits(scenario: Scenario) -> None:
    amounts = published_amounts()
    projects = {code for code, _, _ in amounts}
    asking = {code for (code, _, _), amount in amounts.items() if amount > 0}
    assert len(projects) == 317
    assert projects - asking == {"474-019"}
    assert {operation.code for operation in scenario.operations} == asking
    assert len(scenario.operations) == 316


def test_31_funds_and_the_city(scenario: Scenario) -> None:
    funds = {fund for _, fund, _ in published_amounts()}
    assert len(funds) == 31
    assert {partner.code: partner.pool for partner in scenario.partners} == {
        "CITY": None,
        **{fund: group_of(fund) for fund in funds},
    }
    assert len(scenario.pools) == 9


def test_plans_are_the_positive_lines(scenario: Scenario) -> None:
    plans = {(plan.operation, plan.partner, plan.year): plan.amount for plan in scenario.plans}
    assert len(plans) == len(scenario.plans) == 1212
    assert plans == {key: amount * 100 for key, amount in published_amounts().items() if amount > 0}


def test_costs_are_the_sums_of_the_plans(scenario: Scenario) -> None:
    costs: dict[str, int] = defaultdict(int)
    for plan in scenario.plans:
        costs[plan.operation] += plan.amount
    assert {operation.code: operation.to_fund for operation in scenario.operations} == costs
    assert {operation.code: operation.value for operation in scenario.operations} == {
        code: cost // 100_000 for code, cost in costs.items()
    }
    assert sum(costs.values()) == WHOLE_COST


def test_withdrawn_credits(scenario: Scenario) -> None:
    assert {(given.holder, given.year, given.amount) for given in scenario.decommitments} == {
        ("CITY-BONDS", 2018, 91_800_000),
        ("STATE", 2018, 75_000_000),
    }
    assert sum(published_amounts().values()) == 3_986_100_000 == 3_987_768_000 - 1_668_000


def test_yearly_totals_equal_the_published_ones(scenario: Scenario) -> None:
    budgets: dict[int, int] = defaultdict(int)
    for budget in scenario.budgets:
        assert budget.payment is not None
        budgets[budget.year] += budget.payment
    summary = {
        int(row["fiscal_year"]): int(row["amount_usd"])
        for row in published("baltimore_fy18_23_fund_budgets.csv")
        if row["fund_group"] == "Totals" and row["agency_code"] == "TOTAL"
    }
    assert summary == PUBLISHED_TOTALS
    assert budgets == {year: dollars * 100 for year, dollars in PUBLISHED_TOTALS.items()}


def test_each_budget_with_the_withdrawn_credits_is_exactly_the_plan_lines(scenario: Scenario) -> None:
    pool_of = {partner.code: partner.pool for partner in scenario.partners}
    needs: dict[tuple[str | None, int], int] = defaultdict(int)
    for plan in scenario.plans:
        needs[pool_of[plan.partner], plan.year] += plan.amount
    assert len(needs) == 54
    assert resources(scenario) == needs


def resources(scenario: Scenario) -> dict[tuple[str, int], int]:
    """Pool, year -> cents that can be paid."""
    cents = {(budget.holder, budget.year): budget.payment or 0 for budget in scenario.budgets}
    for given in scenario.decommitments:
        cents[given.holder, given.year] += given.amount
    return cents


def cut_by_a_tenth(scenario: Scenario, pool: str) -> Scenario:
    """Leave nine tenths of the payment budgets of one pool, to the cent."""
    budgets = tuple(nine_tenths(budget) if budget.holder == pool else budget for budget in scenario.budgets)
    return scenario.model_copy(update={"budgets": budgets})


def nine_tenths(budget: Budget) -> Budget:
    assert budget.payment is not None
    assert budget.payment % 10 == 0
    return budget.model_copy(update={"payment": budget.payment // 10 * 9})


def funded(allocation: Allocation) -> dict[str, int]:
    return {launch.operation: launch.funded for launch in allocation.launches}


def test_the_published_programme_is_entirely_funded(scenario: Scenario) -> None:
    started = time.perf_counter()
    allocation = allocate(scenario)
    print(f"baltimore-2018, 316 opérations : {time.perf_counter() - started:.2f} s")
    assert verify(scenario, allocation) == ()
    assert funded(allocation) == {operation.code: operation.to_fund for operation in scenario.operations}
    paid = {(payment.operation, payment.partner, payment.year): payment.amount for payment in allocation.payments}
    assert paid == {(plan.operation, plan.partner, plan.year): plan.amount for plan in scenario.plans}


def second_opinion(scenario: Scenario) -> tuple[Fraction, Fraction]:
    """Most cost that can be funded, in cents: found by another solver, and proven from its prices by weak duality.

    The proof needs no trust in the solver: for any prices not below zero, no selection of projects can be worth
    more than the resources at these prices plus, project by project, what its cost exceeds its plan at these
    prices. It is computed in exact fractions.
    """
    limits = resources(scenario)
    rows = {key: row for row, key in enumerate(sorted(limits))}
    columns = {operation.code: column for column, operation in enumerate(scenario.operations)}
    costs = [operation.to_fund for operation in scenario.operations]
    pool_of = {partner.code: str(partner.pool) for partner in scenario.partners}
    uses: dict[tuple[int, int], int] = defaultdict(int)
    for plan in scenario.plans:
        uses[rows[pool_of[plan.partner], plan.year], columns[plan.operation]] += plan.amount
    matrix = np.zeros((len(rows), len(columns)))
    for place, cents in uses.items():
        matrix[place] = cents / 1e5
    right = np.array([limits[key] for key in rows]) / 1e5
    result = linprog(-np.array(costs) / 1e5, A_ub=matrix, b_ub=right, bounds=(0, 1), method="highs-ipm")
    assert result.status == 0
    prices = [max(Fraction(0), Fraction(-float(price))) for price in result.ineqlin.marginals]
    at_prices = [Fraction(0)] * len(columns)
    for (row, column), cents in uses.items():
        at_prices[column] += prices[row] * cents
    bound = sum((prices[row] * limits[key] for key, row in rows.items()), Fraction(0))
    bound += sum((max(Fraction(0), cost - priced) for cost, priced in zip(costs, at_prices, strict=True)), Fraction(0))
    return Fraction(-float(result.fun)) * 100_000, bound


@pytest.fixture(scope="module")
def cuts(scenario: Scenario) -> dict[str, Cut]:
    """Each group of funds cut by a tenth in each year, the others left as published, and the plan found."""
    reduced = {pool: cut_by_a_tenth(scenario, pool) for pool in CUTS_IN_DOLLARS}
    return {pool: (cut, allocate(cut)) for pool, cut in reduced.items()}


def losses(scenario: Scenario, allocation: Allocation) -> dict[str, int]:
    """Operation code -> cents that are no longer funded."""
    kept = funded(allocation)
    missing = {operation.code: operation.to_fund - kept.get(operation.code, 0) for operation in scenario.operations}
    return {code: cents for code, cents in missing.items() if cents}


def drawing_on(scenario: Scenario, *pools: str) -> set[str]:
    """Operations with at least one line paid by these pools."""
    pool_of = {partner.code: partner.pool for partner in scenario.partners}
    return {plan.operation for plan in scenario.plans if pool_of[plan.partner] in pools}


@pytest.mark.parametrize("pool", CUTS_IN_DOLLARS)
def test_the_plan_after_a_cut_respects_every_rule(cuts: dict[str, Cut], pool: str) -> None:
    assert verify(*cuts[pool]) == ()


@pytest.mark.parametrize("pool", CUTS_IN_DOLLARS)
def test_the_loss_after_a_cut_is_the_least_possible(cuts: dict[str, Cut], pool: str) -> None:
    reduced, allocation = cuts[pool]
    goal = allocation.goals[0]
    assert goal.kind is GoalKind.FUNDED_COST
    assert goal.proven is not None
    assert 0 <= goal.proven - goal.value < 1
    found, bound = second_opinion(reduced)
    assert float(WHOLE_COST - found) == pytest.approx(float(WHOLE_COST - goal.value), rel=1e-6)
    assert 0 <= bound - goal.value < 1


@pytest.mark.parametrize("pool", CUTS_IN_DOLLARS)
def test_each_dollar_cut_loses_at_least_a_dollar(cuts: dict[str, Cut], pool: str) -> None:
    reduced, allocation = cuts[pool]
    lost = losses(reduced, allocation)
    loss = WHOLE_COST - allocation.goals[0].value
    assert set(lost) <= drawing_on(reduced, pool)
    assert loss >= CUTS_IN_DOLLARS[pool] * 100
    assert 0 <= sum(lost.values()) - loss < len(lost), "rounding costs less than a cent per project"


def test_the_bonds_alone_lose_no_more_than_the_cut(cuts: dict[str, Cut]) -> None:
    """Enough projects live on bonds alone; every project paid by the county or by the utilities needs others too."""
    pools = set(CUTS_IN_DOLLARS)
    losing = {pool: WHOLE_COST - allocation.goals[0].value for pool, (_, allocation) in cuts.items()}
    assert {pool for pool in pools if losing[pool] == CUTS_IN_DOLLARS[pool] * 100} == {"CITY-BONDS"}
    reduced, allocation = cuts["CITY-BONDS"]
    assert not set(losses(reduced, allocation)) & drawing_on(reduced, *(pools - {"CITY-BONDS"}))
    drawing = {pool: drawing_on(reduced, pool) for pool in pools}
    mixed = {pool: drawing[pool] & drawing_on(reduced, *(pools - {pool})) for pool in pools}
    assert [len(mixed[pool]) for pool in ("COUNTY", "UTILITY", "CITY-BONDS")] == [51, 8, 33]
    assert [len(drawing[pool]) for pool in ("COUNTY", "UTILITY", "CITY-BONDS")] == [51, 8, 148]


def test_page_gives_the_least_loss_of_each_group(scenario: Scenario, cuts: dict[str, Cut]) -> None:
    labels = {pool.code: pool.label for pool in scenario.pools}
    rows = []
    for pool, (reduced, allocation) in cuts.items():
        lost = losses(reduced, allocation)
        least = sum(lost.values())
        ratio = f"{least / 100 / CUTS_IN_DOLLARS[pool]:.2f}".replace(".", ",")
        cells = (labels[pool], in_dollars(CUTS_IN_DOLLARS[pool] * 100), in_dollars(least), ratio, str(len(lost)))
        rows.append("| " + " | ".join(cells) + " |")
    assert "\n".join(rows) in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("pool", ["CITY-BONDS", "COUNTY", "UTILITY"])
def test_page_lists_what_is_no_longer_funded(cuts: dict[str, Cut], pool: str) -> None:
    assert listed(*cuts[pool]) in PAGE.read_text(encoding="utf-8")


def listed(scenario: Scenario, allocation: Allocation) -> str:
    lost = losses(scenario, allocation)
    rows = [
        f"| {operation.code} | {operation.label} | {in_dollars(operation.cost)} | {in_dollars(lost[operation.code])} |"
        for operation in scenario.operations
        if operation.code in lost
    ]
    return "\n".join([*rows, f"| | **Total** | | **{in_dollars(sum(lost.values()))}** |"])


@pytest.mark.parametrize("pool", ["CITY-BONDS", "UTILITY"])
def test_projects_kept_or_dropped_in_whole(scenario: Scenario, pool: str) -> None:
    whole = tuple(operation.model_copy(update={"divisible": False}) for operation in scenario.operations)
    reduced = cut_by_a_tenth(scenario, pool).model_copy(update={"operations": whole})
    allocation = allocate(reduced)
    assert verify(reduced, allocation) == ()
    assert allocation.unique
    assert [goal.proven for goal in allocation.goals] == [goal.value for goal in allocation.goals]
    lost = losses(reduced, allocation)
    costs = {operation.code: operation.to_fund for operation in whole}
    assert lost == {code: costs[code] for code in lost}
    least = CUTS_IN_DOLLARS[pool] * 100 if pool == "CITY-BONDS" else least_whole_loss(reduced, pool)
    assert sum(lost.values()) == least
    assert listed(reduced, allocation) in PAGE.read_text(encoding="utf-8")


def least_whole_loss(scenario: Scenario, pool: str) -> int:
    """Try every set of projects that draw on the only pool that is short; dropping any other project is of no use."""
    drawing = sorted(drawing_on(scenario, pool))
    costs = {operation.code: operation.to_fund for operation in scenario.operations}
    members = {partner.code for partner in scenario.partners if partner.pool == pool}
    needs = {(code, year): 0 for code in drawing for year in scenario.years}
    for plan in scenario.plans:
        if plan.partner in members:
            needs[plan.operation, plan.year] += plan.amount
    limits = resources(scenario)
    return min(
        sum(costs[code] for code in drawing if code not in kept)
        for size in range(len(drawing) + 1)
        for kept in combinations(drawing, size)
        if all(sum(needs[code, year] for code in kept) <= limits[pool, year] for year in scenario.years)
    )


def in_dollars(cents: int) -> str:
    """Write cents as French readers do: spaces between thousands, a comma before the cents."""
    return f"{cents // 100:,}".replace(",", " ") + (f",{cents % 100:02d}" if cents % 100 else "")
