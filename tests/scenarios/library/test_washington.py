"""The capital plan of Washington: what is shipped equals what is published, and what a 10 % cut costs.

The published figures are read here again from the source table, without the code that builds the scenario.
"""

import csv
import time
from collections import defaultdict
from pathlib import Path

import pytest

from allocator.check import verify
from allocator.solve.allocate import allocate
from scenarios.document import Scenario
from scenarios.formats import read, write
from scenarios.library import find
from scenarios.library.build import washington

SOURCE = Path(__file__).parents[3] / "scenarios" / "library" / "sources" / "dc_fy2014_cip.csv"


def published_amounts() -> dict[tuple[str, str, int], int]:
    """Project code, source of money, year -> dollars, for the six years."""
    with SOURCE.open(encoding="utf-8", newline="") as file:
        return {
            (row["operation"].split()[0], "F" + row["funder"][-5:-1], int(row["year"])): int(row["amount_eur"])
            for row in csv.DictReader(file)
            if row["year"] != "anterieur"
        }


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return read(find("dc-2014"))


def test_folder_is_what_the_script_writes(scenario: Scenario, tmp_path: Path) -> None:
    write(washington.build(), tmp_path / "again")
    shipped = {file.name: file.read_bytes() for file in find("dc-2014").iterdir()}
    assert shipped == {file.name: file.read_bytes() for file in (tmp_path / "again").iterdir()}
    assert scenario == washington.build()


def test_plans_are_the_published_lines(scenario: Scenario) -> None:
    plans = {(plan.operation, plan.partner, plan.year): plan.amount for plan in scenario.plans}
    assert len(plans) == len(scenario.plans) == 907
    assert plans == {key: dollars * 100 for key, dollars in published_amounts().items()}
    assert sum(plans.values()) == 624_089_300_000


def test_operations_cost_what_their_plan_pays(scenario: Scenario) -> None:
    costs: dict[str, int] = defaultdict(int)
    for (project, _, _), dollars in published_amounts().items():
        costs[project] += dollars * 100
    assert len(scenario.operations) == 273
    assert {operation.code: operation.to_fund for operation in scenario.operations} == costs


def test_budgets_are_the_sums_of_the_lines_and_say_so(scenario: Scenario) -> None:
    paid: dict[tuple[str, int], int] = defaultdict(int)
    for (_, fund, year), dollars in published_amounts().items():
        paid[fund, year] += dollars * 100
    budgets = {(budget.holder, budget.year): budget.payment for budget in scenario.budgets}
    assert len(budgets) == 9 * 6
    assert {key: cents for key, cents in budgets.items() if cents} == paid
    assert {budget.provenance for budget in scenario.budgets} == {"somme des lignes publiées, pas un plafond publié"}


def test_the_published_plan_is_entirely_funded(scenario: Scenario) -> None:
    started = time.perf_counter()
    allocation = allocate(scenario)
    print(f"dc-2014, 273 opérations : {time.perf_counter() - started:.2f} s")
    assert verify(scenario, allocation) == ()
    assert {launch.operation: launch.funded for launch in allocation.launches} == {
        operation.code: operation.to_fund for operation in scenario.operations
    }


def test_bonds_cut_by_a_tenth_lose_exactly_the_cut(scenario: Scenario) -> None:
    """No plan can lose less: each dollar withheld from a source in a year is withheld from a project."""
    cents_cut = 0
    budgets = []
    for budget in scenario.budgets:
        payment = budget.payment or 0
        if budget.holder == "F0300":
            assert payment % 10 == 0
            cents_cut += payment // 10
            payment = payment // 10 * 9
        budgets.append(budget.model_copy(update={"payment": payment}))
    reduced = scenario.model_copy(update={"budgets": tuple(budgets)})
    allocation = allocate(reduced)
    assert verify(reduced, allocation) == ()
    assert cents_cut == 41_428_050_000
    goal = allocation.goals[0]
    assert goal.value == 624_089_300_000 - cents_cut
    assert goal.proven is not None
    assert 0 <= goal.proven - goal.value < 1
