"""Priorities: REG over OP and B, 1200 cents each; the whole is bounded, never one operation."""

from typing import Any

import pytest

from allocator.compilation import compile_scenario
from allocator.program.frame import MissingBaseError
from scenarios.document import Scenario

from .tiny import budgets, committed, derogation, eligibility, formulation, limited, operation, rule, scenario, wanted

QUARTER = {"partner": "REG", "rate": "1/4", "base": "excl_vat"}


def two(wish: int, **tables: Any) -> Scenario:
    fields = {
        "operations": (operation(), operation("B", owner="LAND")),
        "eligibilities": (eligibility("REG"), eligibility("REG", "B")),
        "rules": (rule("priority_share", **QUARTER),),
        "references": (*wanted(REG=wish, COM=1200 - wish), *wanted("B", LAND=1200)),
    }  # fmt: skip
    return scenario(**{**fields, **tables})


def test_formulation() -> None:
    assert formulation(two(0), "priority_share") == [
        "priority_share|R: -1200 share|B|2026 -1200 share|OP|2026 +4 commit|B|REG|2026 +4 commit|OP|REG|2026 <= 0",
    ]


@pytest.mark.parametrize(("wish", "brought"), [(599, 599), (600, 600), (601, 600)])
def test_one_operation_may_take_what_another_leaves(wish: int, brought: int) -> None:
    # A quarter of 2400 cents, half of the first operation.
    assert committed(two(wish))["OP|REG|2026"] == brought


@pytest.mark.parametrize(("wish", "brought"), [(299, 299), (300, 300), (301, 300)])
def test_an_operation_that_is_not_launched_does_not_count(wish: int, brought: int) -> None:
    document = two(
        wish, partners=limited("LAND"), budgets=budgets("LAND", amounts=[0, 0, 0]),
        rules=(rule("priority_share", **QUARTER), rule("amount_ceiling", code="S", partner="REG", amount=1199)),
    )  # fmt: skip
    assert committed(document) == {"OP|COM|2026": 1200 - brought, "OP|REG|2026": brought}


def test_a_part_counts_for_a_part() -> None:
    document = two(
        900, operations=(operation(), operation("B", divisible=True)), partners=limited("COM"),
        budgets=budgets("COM", amounts=[1500, 0, 0]), goals=two(0).goals[:1], references=(),
    )  # fmt: skip
    # A quarter of what is launched comes from REG and three quarters from COM: 2000 cents are launched.
    plan = committed(document)
    assert sum(plan.values()) == 2000
    assert sum(amount for name, amount in plan.items() if "|REG|" in name) == 500


def test_filters_and_derogations() -> None:
    assert committed(two(900, derogations=(derogation(operation="B"),)))["OP|REG|2026"] == 300
    other = rule("priority_share", **QUARTER, owner_kinds=("landlord",))
    assert committed(two(900, rules=(other,)))["OP|REG|2026"] == 900


def test_a_missing_base_is_an_error() -> None:
    document = two(0, rules=(rule("priority_share", **{**QUARTER, "base": "incl_vat"}),))
    with pytest.raises(MissingBaseError, match="R: operation"):
        compile_scenario(document)
