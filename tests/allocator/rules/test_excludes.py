"""Of operations that exclude one another, at most one is launched, even in part."""

from typing import Any

import pytest

from tests.allocator.rules.tiny import (
    COST,
    VALUE,
    budgets,
    checked_allocation,
    columns,
    derogation,
    formulation,
    launched,
    limited,
    operation,
    rule,
    scenario,
)

RULE = rule("excludes", operations=("A", "B"))


def two(first: dict[str, Any], second: dict[str, Any], **tables: Any) -> Any:
    operations = (operation("A", **{"value": 3, **first}), operation("B", **{"value": 4, **second}))
    return scenario(**{"goals": (VALUE,), "operations": operations, "eligibilities": (), "rules": (RULE,), **tables})


def test_formulation() -> None:
    document = two({"latest_start": 2027}, {"divisible": True})
    assert formulation(document, "launched", "excludes") == [
        "launched|B: +1 share|B|2026 -1 launched|B <= 0",
        "excludes|R: +1 share|A|2026 +1 share|A|2027 +1 launched|B <= 1",
    ]
    assert columns(document)[-1] == "launched|B <= 1 whole"


@pytest.mark.parametrize(("value", "kept"), [(3, "B"), (5, "A")])
def test_the_most_valuable_of_two(value: int, kept: str) -> None:
    assert launched(checked_allocation(two({"value": value}, {}))) == {f"{kept}|2026": 1200}
    assert set(launched(checked_allocation(two({"value": value}, {}, rules=())))) == {"A|2026", "B|2026"}


@pytest.mark.parametrize(
    ("budget", "expected"), [(899, {"B|2026": 899}), (900, {"A|2026": 900}), (901, {"A|2026": 900})]
)
def test_a_part_excludes_the_other_parts(budget: int, expected: dict[str, int]) -> None:
    # A is whole, worth 3; B is worth 4 for 1 200 cents, so 3 for 900: below what A costs, a part of B is all there is.
    document = two(
        {"cost_excl_vat": 900, "value": 4}, {"divisible": True}, goals=(COST,), partners=limited("COM"),
        budgets=budgets("COM", amounts=[budget, 0, 0]),
        rules=(RULE, rule("amount_ceiling", code="T", partner="COM", amount=899, operations=("B",))),
    )  # fmt: skip
    assert launched(checked_allocation(document)) == expected


def test_two_parts_are_not_launched_together() -> None:
    document = two(
        {"divisible": True}, {"divisible": True}, partners=limited("COM"), budgets=budgets("COM", amounts=[1300, 0, 0])
    )
    assert launched(checked_allocation(document)) == {"B|2026": 1200}


def test_three_operations_exclude_one_another() -> None:
    operations = tuple(operation(code, value=value) for code, value in (("A", 3), ("B", 4), ("C", 5)))
    document = scenario(
        goals=(VALUE,), operations=operations, eligibilities=(), rules=(rule("excludes", natures=("AME",)),)
    )
    assert launched(checked_allocation(document)) == {"C|2026": 1200}


def test_several_years_of_one_operation_exclude_nothing() -> None:
    document = two(
        {"divisible": True, "latest_start": 2027, "value": 9}, {}, partners=limited("COM"),
        budgets=budgets("COM", amounts=[600, 600, 0]),
    )  # fmt: skip
    assert launched(checked_allocation(document)) == {"A|2026": 600, "A|2027": 600}


def test_a_derogation_takes_an_operation_out_of_the_group() -> None:
    operations = tuple(operation(code, value=value) for code, value in (("A", 3), ("B", 4), ("C", 5)))
    document = scenario(
        goals=(VALUE,), operations=operations, eligibilities=(), rules=(rule("excludes", natures=("AME",)),),
        derogations=(derogation(operation="C"),),
    )  # fmt: skip
    assert launched(checked_allocation(document)) == {"B|2026": 1200, "C|2026": 1200}
