"""A plan arranged for a reader gives the sums a person would make by hand."""

import pytest

from allocator.allocation import Allocation
from reports.layout.budget_lines import Flow
from scenarios.document import Scenario
from ui.plan import Plan, Totals


def test_unfunded_operations_come_first_then_partly_funded_ones(plan: Plan) -> None:
    assert [line.operation.code for line in plan.lines] == ["C-RIEN", "B-PARTIE", "A-PLEINE"]


def test_totals_count_receipts_apart_and_add_up(plan: Plan) -> None:
    assert plan.totals == Totals(
        cost=1_394_567_01, receipts=10_000_00, funded=120_000_00, missing=1_264_567_01, unfunded=1, partly_funded=1
    )
    assert plan.totals.cost - plan.totals.receipts == plan.totals.funded + plan.totals.missing


def test_the_share_of_the_owner_is_not_a_grant(plan: Plan) -> None:
    line = plan.lines[-1]
    assert line.owner_share == 20_000_00
    assert line.grants == {"ANRU": 40_000_00, "REGION": 30_000_00}
    assert line.starts == (2026,)


def test_partners_are_those_who_bring_a_grant_in_the_order_of_every_table(plan: Plan) -> None:
    assert [partner.code for partner in plan.partners(plan.lines)] == ["DEP", "REGION", "ANRU"]
    assert [partner.code for partner in plan.partners(plan.lines[:1])] == []


def test_a_pool_spends_what_its_partners_commit_and_carries_over(plan: Plan) -> None:
    pool = next(line for line in plan.budgets if line.holder.code == "FONDS")
    assert pool.flow is Flow.COMMITMENT
    assert [(year.used, year.limit, year.left) for year in pool.years] == [
        (40_000_00, 50_000_00, 10_000_00),
        (9_999_99, 15_000_00, 15_000_01),
    ]


def test_without_carry_over_each_year_stands_alone(plan: Plan) -> None:
    region = next(line for line in plan.budgets if line.holder.code == "REGION")
    assert [year.left for year in region.years] == [10_000_00, 25_000_00]


def test_payments_are_compared_with_payment_budgets(plan: Plan) -> None:
    city = next(line for line in plan.budgets if line.holder.code == "VILLE")
    assert city.flow is Flow.PAYMENT
    assert [year.used for year in city.years] == [12_000_00, 28_000_01]


def test_the_order_of_the_tables_of_the_scenario_does_not_show(scenario: Scenario, allocation: Allocation) -> None:
    turned = scenario.model_copy(
        update={name: getattr(scenario, name)[::-1] for name in ("operations", "partners", "projects", "budgets")}
    )
    plan, other = Plan(scenario, allocation), Plan(turned, allocation)
    assert plan.lines == other.lines
    assert plan.budgets == other.budgets


def test_a_missing_budget_is_an_error_not_a_zero(scenario: Scenario, allocation: Allocation) -> None:
    emptied = tuple(line.model_copy(update={"payment": None}) for line in scenario.budgets)
    plan = Plan(scenario.model_copy(update={"budgets": emptied}), allocation)
    with pytest.raises(ValueError, match="VILLE: no payment budget for 2026"):
        assert plan.budgets
