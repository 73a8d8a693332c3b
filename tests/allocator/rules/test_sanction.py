"""K23: from a day on, a partner brings at most a reduced rate of its base, or a reduced amount."""

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

RATE = {"partner": "REG", "since": "2027-01-01", "rate": "1/3", "base": "cost"}
AMOUNT = {"partner": "REG", "since": "2027-01-01", "amount": 400}


def test_formulation_of_a_rate() -> None:
    document = scenario(operations=(operation(latest_start=2028),), rules=(rule("sanction", **RATE),))
    assert formulation(document, "sanction") == [
        "sanction|R|OP|REG|2027: -1200 share|OP|2027 +3 commit|OP|REG|2027 <= 0",
        "sanction|R|OP|REG|2028: -1200 share|OP|2028 +3 commit|OP|REG|2028 <= 0",
    ]


def test_formulation_of_an_amount() -> None:
    document = scenario(operations=(operation(latest_start=2028),), rules=(rule("sanction", **AMOUNT),))
    assert formulation(document, "sanction") == ["sanction|R|OP: +1 commit|OP|REG|2027 +1 commit|OP|REG|2028 <= 400"]


@pytest.mark.parametrize("fields", [RATE, AMOUNT])
@pytest.mark.parametrize(("wish", "brought"), [(399, 399), (400, 400), (401, 400), (1200, 400)])
def test_below_at_and_above_the_reduced_ceiling(fields: dict[str, Any], wish: int, brought: int) -> None:
    document = scenario(
        operations=(operation(earliest_start=2027, latest_start=2027),), rules=(rule("sanction", **fields),),
        references=wanted(REG=wish, COM=1200 - wish),
    )  # fmt: skip
    assert committed(document) == {"OP|COM|2027": 1200 - brought, "OP|REG|2027": brought}


@pytest.mark.parametrize("fields", [RATE, AMOUNT])
@pytest.mark.parametrize(
    ("since", "brought"), [("2026-12-31", 400), ("2027-01-01", 400), ("2027-12-31", 400), ("2028-01-01", 1000)]
)
def test_it_holds_from_the_year_of_its_day(fields: dict[str, Any], since: str, brought: int) -> None:
    document = scenario(
        operations=(operation(earliest_start=2027, latest_start=2027),),
        rules=(rule("sanction", **{**fields, "since": since}),), references=wanted(REG=1000, COM=200),
    )  # fmt: skip
    assert committed(document)["OP|REG|2027"] == brought


@pytest.mark.parametrize(("since", "year"), [("2027-01-01", 2026), ("2028-01-01", 2027)])
def test_the_launch_is_the_one_before_the_sanction(since: str, year: int) -> None:
    # The owner can pay two thirds in no year: only an unreduced launch is funded, and 2027 only has the région's money.
    document = scenario(
        goals=(VALUE,), operations=(operation(latest_start=2028),),
        rules=(rule("sanction", **{**RATE, "since": since}),), partners=limited("COM", "REG"),
        budgets=[*budgets("COM", amounts=[0, 0, 0]),
                 *budgets("REG", amounts=[1200 * (year == 2026), 1200, 1200])],
    )  # fmt: skip
    assert committed(document) == {f"OP|REG|{year}": 1200}


def test_a_part_bears_its_part_of_the_rate_but_not_of_the_amount() -> None:
    tables: dict[str, Any] = {
        "goals": (VALUE,), "operations": (operation(divisible=True, earliest_start=2027, latest_start=2027),),
        "partners": limited("COM"), "budgets": budgets("COM", amounts=[0, 200, 0]),
    }  # fmt: skip
    assert committed(scenario(rules=(rule("sanction", **RATE),), **tables)) == {"OP|COM|2027": 200, "OP|REG|2027": 100}
    assert committed(scenario(rules=(rule("sanction", **AMOUNT),), **tables)) == {
        "OP|COM|2027": 200, "OP|REG|2027": 400,
    }  # fmt: skip


@pytest.mark.parametrize(
    "tables",
    [
        {"derogations": (derogation(operation="OP"),)},
        {"rules": (rule("sanction", **RATE, natures=("DEM",)),)},
    ],
)
def test_filters_and_derogations(tables: dict[str, Any]) -> None:
    fields = {"rules": (rule("sanction", **RATE),), "references": wanted(REG=1000, COM=200), **tables}
    operations = (operation(earliest_start=2027, latest_start=2027), operation("B", nature="DEM"))
    assert committed(scenario(operations=operations, **fields))["OP|REG|2027"] == 1000


def test_a_missing_base_is_an_error() -> None:
    document = scenario(
        operations=(operation(latest_start=2027),), eligibilities=(eligibility("REG"),),
        rules=(rule("sanction", **{**RATE, "base": "eligible"}),),
    )  # fmt: skip
    with pytest.raises(MissingBaseError, match=r"^R: operation OP has no base 'eligible'$"):
        compile_scenario(document)
