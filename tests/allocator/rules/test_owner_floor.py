"""K08: the owner bears at least a share of what public persons bring, itself included."""

from typing import Any

import pytest

from scenarios.document import Lock
from tests.allocator.rules.tiny import (
    VALUE,
    budgets,
    committed,
    derogation,
    eligibility,
    formulation,
    limited,
    operation,
    plan_line,
    rule,
    scenario,
    wanted,
)

FIFTH = {"rate": "1/5", "counts": ("region", "departement", "commune")}
OTHER = operation("B", nature="DEM", project="AUTRE", owner="LAND")


def test_formulation_leaves_private_money_out() -> None:
    document = scenario(
        operations=(operation(latest_start=2027),), eligibilities=(eligibility("REG"), eligibility("PRIV")),
        rules=(rule("owner_floor", **{**FIFTH, "rate": "3/10"}),),
    )  # fmt: skip
    assert formulation(document, "owner_floor") == [
        "owner_floor|R|OP|2026: -7 commit|OP|COM|2026 +3 commit|OP|REG|2026 <= 0",
        "owner_floor|R|OP|2027: -7 commit|OP|COM|2027 +3 commit|OP|REG|2027 <= 0",
    ]


def test_formulation_of_a_fixed_plan_without_the_owner() -> None:
    document = scenario(
        operations=(operation(profile=None),), eligibilities=(), plans=(plan_line("REG", 2026, 1200),),
        rules=(rule("owner_floor", **FIFTH),),
    )  # fmt: skip
    assert formulation(document, "owner_floor") == ["owner_floor|R|OP|2026: +1 commit|OP|REG|2026 <= 0"]


@pytest.mark.parametrize(("wish", "brought"), [(959, 959), (960, 960), (961, 960), (1200, 960)])
def test_below_at_and_above_the_floor(wish: int, brought: int) -> None:
    document = scenario(rules=(rule("owner_floor", **FIFTH),), references=wanted(REG=wish, COM=1200 - wish))
    assert committed(document) == {"OP|COM|2026": 1200 - brought, "OP|REG|2026": brought}


def test_a_floor_between_two_cents_is_rounded_up() -> None:
    # Three tenths of 1001 are 300.3.
    document = scenario(
        operations=(operation(cost_excl_vat=1001),), rules=(rule("owner_floor", **{**FIFTH, "rate": "3/10"}),),
        references=wanted(REG=1001),
    )  # fmt: skip
    assert committed(document) == {"OP|COM|2026": 301, "OP|REG|2026": 700}


def test_private_money_is_on_neither_side() -> None:
    # PRIV brings 200: the owner bears a fifth of the other 1000.
    lock = Lock(operation="OP", partner="PRIV", sense="exactly", amount=200, author="Comité", reason="illustratif")
    document = scenario(
        eligibilities=(eligibility("REG"), eligibility("PRIV")), rules=(rule("owner_floor", **FIFTH),), locks=(lock,),
        references=wanted(REG=1000, PRIV=200),
    )  # fmt: skip
    assert committed(document) == {"OP|COM|2026": 200, "OP|PRIV|2026": 200, "OP|REG|2026": 800}


def test_the_owner_counts_itself_whatever_its_kind() -> None:
    document = scenario(rules=(rule("owner_floor", rate="1/5", counts=("region",)),), references=wanted(REG=1200))
    assert committed(document) == {"OP|COM|2026": 240, "OP|REG|2026": 960}


@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        (99, {"OP|COM|2026": 99, "OP|REG|2026": 396}),
        (100, {"OP|COM|2026": 100, "OP|REG|2026": 400}),
        (101, {"OP|COM|2026": 101, "OP|REG|2026": 404}),
        (240, {"OP|COM|2026": 240, "OP|REG|2026": 960}),
    ],
)
def test_what_an_owner_can_bear_limits_what_is_launched(owner: int, expected: dict[str, int]) -> None:
    document = scenario(
        goals=(VALUE,), operations=(operation(divisible=True),), rules=(rule("owner_floor", **FIFTH),),
        partners=limited("COM"), budgets=budgets("COM", amounts=[owner, 0, 0]),
    )  # fmt: skip
    assert committed(document) == expected


def test_each_launch_has_its_own_floor() -> None:
    document = scenario(
        goals=(VALUE,), operations=(operation(divisible=True, latest_start=2027),),
        rules=(rule("owner_floor", **FIFTH),),
        partners=limited("COM"), budgets=budgets("COM", amounts=[100, 50, 0]),
    )  # fmt: skip
    assert committed(document) == {
        "OP|COM|2026": 100, "OP|COM|2027": 50, "OP|REG|2026": 400, "OP|REG|2027": 200,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("tables", "region"),
    [
        ({}, 960),
        ({"rules": (rule("owner_floor", **FIFTH, owner_kinds=("commune", "epci")),)}, 960),
        ({"rules": (rule("owner_floor", **FIFTH, owner_kinds=("landlord",)),)}, 1200),
        ({"rules": (rule("owner_floor", **FIFTH, programmes=("OPAH",)),)}, 1200),
        ({"derogations": (derogation(project="PRJ"),)}, 1200),
        ({"derogations": (derogation(operation="B"),)}, 960),
        ({"rules": (rule("owner_floor", **{**FIFTH, "rate": "0"}),)}, 1200),
    ],
)
def test_filters_and_derogations(tables: dict[str, Any], region: int) -> None:
    fields = {"rules": (rule("owner_floor", **FIFTH),), "references": wanted(REG=1200), **tables}
    assert committed(scenario(operations=(operation(), OTHER), **fields))["OP|REG|2026"] == region


@pytest.mark.parametrize(
    ("own", "expected"),
    [(239, {}), (240, {"OP|COM|2026": 240, "OP|REG|2026": 960}), (241, {"OP|COM|2026": 241, "OP|REG|2026": 959})],
)
def test_a_fixed_plan_that_leaves_the_owner_too_little_is_not_launched(own: int, expected: dict[str, int]) -> None:
    document = scenario(
        goals=(VALUE,), operations=(operation(profile=None, divisible=True),), eligibilities=(),
        plans=(plan_line("COM", 2026, own), plan_line("REG", 2026, 1200 - own)), rules=(rule("owner_floor", **FIFTH),),
    )  # fmt: skip
    assert committed(document) == expected
