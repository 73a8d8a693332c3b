"""K03: a partner that takes part brings at least its rate of its base."""

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

THIRD = {"partner": "REG", "rate": "1/3", "base": "cost"}
OTHER = operation("B", nature="DEM", project="AUTRE", owner="LAND")


def test_formulation_when_presence_is_given() -> None:
    document = scenario(operations=(operation(latest_start=2027),), rules=(rule("rate_floor", **THIRD),))
    assert formulation(document, "rate_floor") == [
        "rate_floor|R|OP|REG|2026: +1200 share|OP|2026 -3 commit|OP|REG|2026 <= 0",
        "rate_floor|R|OP|REG|2027: +1200 share|OP|2027 -3 commit|OP|REG|2027 <= 0",
    ]


def test_formulation_when_presence_is_a_decision() -> None:
    document = scenario(
        eligibilities=(eligibility("REG", presence="optional"),),
        rules=(rule("rate_floor", **{**THIRD, "rate": "2/5"}),),
    )
    assert formulation(document, "rate_floor") == [
        "rate_floor|R|OP|REG|2026: +2400 share|OP|2026 -5 commit|OP|REG|2026 +2400 present|OP|REG|2026 <= 2400"
    ]


@pytest.mark.parametrize(("wish", "brought"), [(0, 400), (399, 400), (400, 400), (401, 401)])
def test_below_at_and_above_the_floor(wish: int, brought: int) -> None:
    document = scenario(rules=(rule("rate_floor", **THIRD),), references=wanted(REG=wish, COM=1200 - wish))
    assert committed(document) == {"OP|COM|2026": 1200 - brought, "OP|REG|2026": brought}


@pytest.mark.parametrize(("wish", "brought"), [(171, 172), (172, 172)])
def test_a_floor_between_two_cents_is_rounded_up(wish: int, brought: int) -> None:
    # A seventh of 1200 is 171.43.
    document = scenario(
        rules=(rule("rate_floor", **{**THIRD, "rate": "1/7"}),), references=wanted(REG=wish, COM=1200 - wish)
    )
    assert committed(document) == {"OP|COM|2026": 1200 - brought, "OP|REG|2026": brought}


@pytest.mark.parametrize(
    ("base", "floor"), [("excl_vat", 550), ("incl_vat", 720), ("cost", 720), ("deficit", 600), ("eligible", 450)]
)
def test_every_base(base: str, floor: int) -> None:
    costs = operation(cost_basis="incl_vat", cost_incl_vat=1440, cost_excl_vat=1100, receipts=240)
    document = scenario(
        operations=(costs,), eligibilities=(eligibility("REG", eligible_base=900),),
        rules=(rule("rate_floor", partner="REG", rate="1/2", base=base),), references=wanted(COM=1200),
    )  # fmt: skip
    assert committed(document) == {"OP|COM|2026": 1200 - floor, "OP|REG|2026": floor}


@pytest.mark.parametrize(("budget", "is_launched"), [(399, False), (400, True), (401, True)])
@pytest.mark.parametrize("presence", ["required", "optional"])
def test_a_partner_that_cannot_bear_its_floor(budget: int, is_launched: bool, presence: str) -> None:
    document = scenario(
        eligibilities=(eligibility("REG", presence=presence),), rules=(rule("rate_floor", **THIRD),),
        partners=limited("REG"), budgets=budgets("REG", amounts=[budget, 0, 0]), references=wanted(REG=400, COM=800),
    )  # fmt: skip
    if is_launched:
        assert committed(document) == {"OP|COM|2026": 800, "OP|REG|2026": 400}
    else:
        # Required, it blocks the operation; free not to take part, it lets the owner pay all.
        assert committed(document) == ({} if presence == "required" else {"OP|COM|2026": 1200})


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        (99, {"OP|COM|2026": 198, "OP|REG|2026": 99}),
        (100, {"OP|COM|2026": 200, "OP|REG|2026": 100}),
        (101, {"OP|COM|2026": 202, "OP|REG|2026": 101}),
    ],
)
def test_a_part_bears_its_part_of_the_floor(budget: int, expected: dict[str, int]) -> None:
    document = scenario(
        goals=(VALUE,), operations=(operation(divisible=True),), rules=(rule("rate_floor", **THIRD),),
        partners=limited("REG"), budgets=budgets("REG", amounts=[budget, 0, 0]),
    )  # fmt: skip
    assert committed(document) == expected


def test_each_launch_bears_its_own_floor() -> None:
    document = scenario(
        goals=(VALUE,), operations=(operation(divisible=True, latest_start=2027),),
        rules=(rule("rate_floor", **THIRD),), partners=limited("REG"), budgets=budgets("REG", amounts=[100, 50, 0]),
    )  # fmt: skip
    assert committed(document) == {
        "OP|COM|2026": 200, "OP|COM|2027": 100, "OP|REG|2026": 100, "OP|REG|2027": 50,
    }  # fmt: skip


def test_the_owner_is_always_present() -> None:
    document = scenario(
        rules=(rule("rate_floor", partner="COM", rate="1/4", base="cost"),), references=wanted(REG=1200)
    )
    assert committed(document) == {"OP|COM|2026": 300, "OP|REG|2026": 900}


@pytest.mark.parametrize(
    ("tables", "region"),
    [
        ({}, 400),
        ({"rules": (rule("rate_floor", **THIRD, natures=("DEM",)),)}, 0),
        ({"rules": (rule("rate_floor", **THIRD, owner_kinds=("landlord",)),)}, 0),
        ({"rules": (rule("rate_floor", **THIRD, programmes=("NPNRU",)),)}, 400),
        ({"derogations": (derogation(operation="OP"),)}, 0),
        ({"derogations": (derogation(project="AUTRE"),)}, 400),
    ],
)
def test_filters_and_derogations(tables: dict[str, Any], region: int) -> None:
    fields = {"rules": (rule("rate_floor", **THIRD),), "references": wanted(COM=1200), **tables}
    assert committed(scenario(operations=(operation(), OTHER), **fields)).get("OP|REG|2026", 0) == region


def test_a_missing_base_is_an_error_that_names_the_operation() -> None:
    document = scenario(rules=(rule("rate_floor", **{**THIRD, "base": "eligible"}),))
    with pytest.raises(MissingBaseError, match=r"^R: operation OP has no base 'eligible'$"):
        compile_scenario(document)
