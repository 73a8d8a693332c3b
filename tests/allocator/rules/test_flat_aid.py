"""K05: a partner that takes part brings its flat amount per unit, neither more nor less."""

from typing import Any

import pytest

from allocator.compilation import compile_scenario
from allocator.program.frame import MissingBaseError
from allocator.solve.allocate import allocate
from tests.allocator.rules.tiny import (
    VALUE,
    budgets,
    committed,
    derogation,
    eligibility,
    formulation,
    launched,
    limited,
    operation,
    rule,
    scenario,
    wanted,
)

FLAT = {"partner": "REG", "amount_per_unit": 100}
OTHER = operation("B", nature="DEM", project="AUTRE", owner="LAND", units=1)


def test_formulation_when_presence_is_given() -> None:
    document = scenario(operations=(operation(units=3, latest_start=2027),), rules=(rule("flat_aid", **FLAT),))
    assert formulation(document, "flat_aid") == [
        "flat_aid|R|OP|REG|2026: -300 share|OP|2026 +1 commit|OP|REG|2026 = 0",
        "flat_aid|R|OP|REG|2027: -300 share|OP|2027 +1 commit|OP|REG|2027 = 0",
    ]


def test_formulation_when_presence_is_a_decision() -> None:
    document = scenario(
        operations=(operation(units=3),), eligibilities=(eligibility("REG", presence="optional"),),
        rules=(rule("flat_aid", **FLAT),),
    )  # fmt: skip
    assert formulation(document, "flat_aid", "flat_aid_of_share", "flat_aid_of_presence", "flat_aid_at_least") == [
        "flat_aid_of_share|R|OP|REG|2026: -300 share|OP|2026 +1 commit|OP|REG|2026 <= 0",
        "flat_aid_of_presence|R|OP|REG|2026: +1 commit|OP|REG|2026 -300 present|OP|REG|2026 <= 0",
        "flat_aid_at_least|R|OP|REG|2026: +300 share|OP|2026 -1 commit|OP|REG|2026 +300 present|OP|REG|2026 <= 300",
    ]


@pytest.mark.parametrize("wish", [0, 299, 300, 301, 1200])
def test_neither_more_nor_less_whatever_is_wished(wish: int) -> None:
    document = scenario(
        operations=(operation(units=3),),
        rules=(rule("flat_aid", **FLAT),),
        references=wanted(REG=wish, COM=1200 - wish),
    )
    assert committed(document) == {"OP|COM|2026": 900, "OP|REG|2026": 300}


@pytest.mark.parametrize(("wish", "brought"), [(0, 0), (149, 0), (151, 300), (300, 300), (1200, 300)])
def test_a_free_partner_brings_all_of_it_or_nothing(wish: int, brought: int) -> None:
    document = scenario(
        operations=(operation(units=3),), eligibilities=(eligibility("REG", presence="optional"),),
        rules=(rule("flat_aid", **FLAT),), references=wanted(REG=wish, COM=1200 - wish),
    )  # fmt: skip
    expected = {"OP|COM|2026": 1200 - brought, "OP|REG|2026": brought}
    assert committed(document) == {cell: amount for cell, amount in expected.items() if amount}


@pytest.mark.parametrize(
    ("per_unit", "presence", "expected"),
    [
        (1199, "required", {"OP|COM|2026": 1, "OP|REG|2026": 1199}),
        (1200, "required", {"OP|REG|2026": 1200}),
        (1201, "required", {}),
        (1200, "optional", {"OP|REG|2026": 1200}),
        (1201, "optional", {"OP|COM|2026": 1200}),
        (0, "required", {"OP|COM|2026": 1200}),
    ],
)
def test_a_flat_amount_around_the_whole_cost(per_unit: int, presence: str, expected: dict[str, int]) -> None:
    document = scenario(
        operations=(operation(units=1),), eligibilities=(eligibility("REG", presence=presence),),
        rules=(rule("flat_aid", partner="REG", amount_per_unit=per_unit),), references=wanted(REG=1200),
    )  # fmt: skip
    assert committed(document) == expected


@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        (450, {"OP|COM|2026": 450, "OP|REG|2026": 150}),
        # 451 of COM are three quarters of 601.33: 601 is launched, of which REG owes 150.25, to the cent.
        (451, {"OP|COM|2026": 451, "OP|REG|2026": 150}),
        (900, {"OP|COM|2026": 900, "OP|REG|2026": 300}),
    ],
)
@pytest.mark.parametrize("presence", ["required", "optional"])
def test_a_part_receives_its_part_of_the_flat_amount(owner: int, expected: dict[str, int], presence: str) -> None:
    document = scenario(
        goals=(VALUE,), operations=(operation(units=3, divisible=True),),
        eligibilities=(eligibility("REG", presence=presence),), rules=(rule("flat_aid", **FLAT),),
        partners=limited("COM"), budgets=budgets("COM", amounts=[owner, 0, 0]),
    )  # fmt: skip
    assert committed(document) == expected
    assert launched(allocate(document)) == {"OP|2026": sum(expected.values())}


def test_each_launch_receives_its_own_part() -> None:
    document = scenario(
        goals=(VALUE,), operations=(operation(units=3, divisible=True, latest_start=2027),),
        rules=(rule("flat_aid", **FLAT),), partners=limited("COM"), budgets=budgets("COM", amounts=[450, 300, 0]),
    )  # fmt: skip
    assert committed(document) == {
        "OP|COM|2026": 450, "OP|COM|2027": 300, "OP|REG|2026": 150, "OP|REG|2027": 100,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("tables", "region"),
    [
        ({}, 300),
        ({"rules": (rule("flat_aid", **FLAT, natures=("DEM",)),)}, 1200),
        ({"rules": (rule("flat_aid", **FLAT, owner_kinds=("commune",)),)}, 300),
        ({"derogations": (derogation(operation="OP"),)}, 1200),
        ({"derogations": (derogation(operation="B"),)}, 300),
    ],
)
def test_filters_and_derogations(tables: dict[str, Any], region: int) -> None:
    fields = {"rules": (rule("flat_aid", **FLAT),), "references": wanted(REG=1200), **tables}
    assert committed(scenario(operations=(operation(units=3), OTHER), **fields))["OP|REG|2026"] == region


def test_missing_units_are_an_error_that_names_the_operation() -> None:
    document = scenario(rules=(rule("flat_aid", **FLAT),))
    with pytest.raises(MissingBaseError, match=r"^R: operation OP has no units$"):
        compile_scenario(document)


def test_a_flat_amount_beyond_64_bits_does_not_wrap() -> None:
    # It exceeds any cost: the operation cannot be launched. Modulo 2^64 it would be 24 483.84 euros.
    document = scenario(
        operations=(operation(cost_excl_vat=10_000_000, units=4_000_000),),
        rules=(rule("flat_aid", partner="REG", amount_per_unit=4_611_686_018_428),),
        references=wanted(REG=10_000_000),
    )
    assert committed(document) == {}
