"""The page on Baltimore's arbitration quotes what the bench computes, and the published figures are read again here."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from allocator.solve.allocate import allocate
from benchmarks.arbitration import outcome, projects, totals, whole_totals
from scenarios.formats import read, write
from scenarios.library import find
from scenarios.library.build.baltimore_arbitration import YEARS, build

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "arbitrage.md").read_text(encoding="utf-8")


def published(year: int) -> list[dict[str, str]]:
    path = ROOT / "scenarios" / "library" / "sources" / f"baltimore_fy{year}_requested_vs_adopted.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("substitution", [False, True])
def test_folder_is_what_the_script_writes(year: int, substitution: bool, tmp_path: Path) -> None:
    scenario = build(year, substitution=substitution)
    write(scenario, tmp_path / "again")
    shipped = {file.name: file.read_bytes() for file in find(scenario.code).iterdir()}
    assert shipped == {file.name: file.read_bytes() for file in (tmp_path / "again").iterdir()}
    assert read(find(scenario.code)) == scenario


@pytest.mark.parametrize(("year", "requested", "adopted"), [(2018, 1_140_665_000, 1_118_011_000),
                                                            (2021, 859_268_000, 823_212_000)])  # fmt: skip
def test_published_totals(year: int, requested: int, adopted: int) -> None:
    rows = published(year)
    assert sum(int(row["requested_usd"]) for row in rows) == requested
    assert sum(int(row["adopted_usd"]) for row in rows) == adopted


@pytest.mark.parametrize("year", YEARS)
def test_costs_are_the_requests_and_budgets_what_was_adopted(year: int) -> None:
    costs: dict[str, int] = defaultdict(int)
    budgets: dict[str, int] = defaultdict(int)
    for row in published(year):
        costs[row["project_id"]] += max(0, int(row["requested_usd"])) * 100
        budgets[f"F{row['fund_code']}"] += max(0, int(row["adopted_usd"])) * 100
    scenario = build(year, substitution=True)
    assert {operation.code: operation.to_fund for operation in scenario.operations} == {
        code: cost for code, cost in costs.items() if cost
    }
    assert {budget.holder: budget.payment for budget in scenario.budgets} == {**budgets, "CITY": 0}


@pytest.mark.parametrize("year", YEARS)
def test_the_page_quotes_the_totals(year: int) -> None:
    for line in totals(year):
        assert line in PAGE


@pytest.mark.long
@pytest.mark.parametrize("year", YEARS)
def test_the_page_quotes_the_totals_of_whole_projects(year: int) -> None:
    for line in whole_totals(year):
        assert line in PAGE


@pytest.mark.parametrize("year", YEARS)
def test_the_page_quotes_the_projects(year: int) -> None:
    for line in projects(outcome(year, substitution=True, whole=False)):
        assert line in PAGE


@pytest.mark.parametrize("year", YEARS)
def test_with_the_funds_asked_for_the_city_did_better_than_any_plan(year: int) -> None:
    found = outcome(year, substitution=False, whole=False)
    allocation = allocate(build(year, substitution=False))
    bound = allocation.goals[0].proven
    assert bound is not None
    assert bound - sum(found.funded.values()) < 300
    assert sum(found.adopted.values()) > bound
