"""K04: a partner brings at most an amount, per operation or per unit."""

from typing import Any

import pytest

from allocator.compilation import compile_scenario
from allocator.program.frame import MissingBaseError
from tests.allocator.rules.tiny import (
    VALUE,
    budgets,
    committed,
    derogation,
    eligibility,
    formulation,
    limited,
    operation,
    rule,
    scenario,
    wanted,
)

AMOUNT = {"partner": "REG", "amount": 400}
PER_UNIT = {"partner": "REG", "amount_per_unit": 100}
OTHER = operation("B", nature="DEM", project="AUTRE", owner="LAND")


def test_formulation_per_operation_sums_its_launches() -> None:
    document = scenario(
        operations=(operation("B"), operation(latest_start=2027)),
        eligibilities=(eligibility("REG"), eligibility("REG", "B")),
        rules=(rule("amount_ceiling", **AMOUNT),),
    )
    assert formulation(document, "amount_ceiling") == [
        "amount_ceiling|R|B: +1 commit|B|REG|2026 <= 400",
        "amount_ceiling|R|OP: +1 commit|OP|REG|2026 +1 commit|OP|REG|2027 <= 400",
    ]


def test_formulation_per_unit_follows_the_part_launched() -> None:
    document = scenario(
        operations=(operation(units=3, latest_start=2027),), rules=(rule("amount_ceiling", **PER_UNIT),)
    )
    assert formulation(document, "amount_ceiling") == [
        "amount_ceiling|R|OP|REG|2026: -300 share|OP|2026 +1 commit|OP|REG|2026 <= 0",
        "amount_ceiling|R|OP|REG|2027: -300 share|OP|2027 +1 commit|OP|REG|2027 <= 0",
    ]


@pytest.mark.parametrize("fields", [AMOUNT, {"partner": "REG", "amount_per_unit": 80}])
@pytest.mark.parametrize(("wish", "brought"), [(399, 399), (400, 400), (401, 400)])
def test_below_at_and_above_the_amount(fields: dict[str, Any], wish: int, brought: int) -> None:
    document = scenario(
        operations=(operation(units=5),), rules=(rule("amount_ceiling", **fields),),
        references=wanted(REG=wish, COM=1200 - wish),
    )  # fmt: skip
    assert committed(document) == {"OP|COM|2026": 1200 - brought, "OP|REG|2026": brought}


@pytest.mark.parametrize("fields", [{"amount": 0}, {"amount_per_unit": 0}])
def test_an_amount_of_zero_forbids(fields: dict[str, int]) -> None:
    document = scenario(
        operations=(operation(units=5),), rules=(rule("amount_ceiling", partner="REG", **fields),),
        references=wanted(REG=1200),
    )  # fmt: skip
    assert committed(document) == {"OP|COM|2026": 1200}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        # Per operation, the whole 400 even for a part. Per unit, 400 for the whole: 300 of COM carry 150.
        (AMOUNT, {"OP|COM|2026": 300, "OP|REG|2026": 400}),
        ({"partner": "REG", "amount_per_unit": 80}, {"OP|COM|2026": 300, "OP|REG|2026": 150}),
    ],
)
def test_a_part_under_an_amount_per_operation_or_per_unit(fields: dict[str, Any], expected: dict[str, int]) -> None:
    document = scenario(
        goals=(VALUE,), operations=(operation(units=5, divisible=True),), rules=(rule("amount_ceiling", **fields),),
        partners=limited("COM"), budgets=budgets("COM", amounts=[300, 0, 0]),
    )  # fmt: skip
    assert committed(document) == expected


def test_an_amount_per_operation_is_shared_by_its_launches() -> None:
    # COM bears 300 each year, REG 400 in all.
    document = scenario(
        goals=(VALUE,), operations=(operation(divisible=True, latest_start=2027),),
        rules=(rule("amount_ceiling", **AMOUNT),), partners=limited("COM"),
        budgets=budgets("COM", amounts=[300, 300, 0]),
    )  # fmt: skip
    found = committed(document)
    assert (found["OP|COM|2026"], found["OP|COM|2027"]) == (300, 300)
    assert sum(amount for cell, amount in found.items() if "REG" in cell) == 400


@pytest.mark.parametrize(
    ("tables", "region"),
    [
        ({}, 400),
        ({"rules": (rule("amount_ceiling", **AMOUNT, projects=("AUTRE",)),)}, 1200),
        ({"rules": (rule("amount_ceiling", **AMOUNT, owner_kinds=("commune",)),)}, 400),
        ({"derogations": (derogation(project="PRJ"),)}, 1200),
        ({"derogations": (derogation(operation="B"),)}, 400),
    ],
)
def test_filters_and_derogations(tables: dict[str, Any], region: int) -> None:
    fields = {"rules": (rule("amount_ceiling", **AMOUNT),), "references": wanted(REG=1200), **tables}
    assert committed(scenario(operations=(operation(), OTHER), **fields))["OP|REG|2026"] == region


def test_missing_units_are_an_error_that_names_the_operation() -> None:
    document = scenario(rules=(rule("amount_ceiling", **PER_UNIT),))
    with pytest.raises(MissingBaseError, match=r"^R: operation OP has no units$"):
        compile_scenario(document)


def test_an_amount_per_unit_beyond_64_bits_does_not_wrap() -> None:
    # 46 billion euros per unit, four million units: no limit; modulo 2^64 it would be 24 483.84 euros.
    document = scenario(
        operations=(operation(cost_excl_vat=10_000_000, units=4_000_000),),
        rules=(rule("amount_ceiling", partner="REG", amount_per_unit=4_611_686_018_428),),
        references=wanted(REG=10_000_000),
    )
    assert committed(document) == {"OP|REG|2026": 10_000_000}
