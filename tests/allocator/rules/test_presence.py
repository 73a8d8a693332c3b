"""A partner that does not take part brings nothing; its presence is a decision only where a rule depends on it."""

from typing import Any

import pytest

from tests.allocator.rules.tiny import (
    columns,
    committed,
    derogation,
    eligibility,
    formulation,
    operation,
    rule,
    scenario,
    wanted,
)

OPTIONAL = (eligibility("REG", presence="optional"),)
HALF = {"partner": "REG", "rate": "1/2", "base": "cost"}


def test_formulation() -> None:
    document = scenario(
        operations=(operation(latest_start=2027, receipts=200),),
        eligibilities=OPTIONAL,
        rules=(rule("rate_floor", **HALF),),
    )
    assert formulation(document, "presence") == [
        "presence|OP|REG|2026: +1 commit|OP|REG|2026 -1000 present|OP|REG|2026 <= 0",
        "presence|OP|REG|2027: +1 commit|OP|REG|2027 -1000 present|OP|REG|2027 <= 0",
    ]
    assert [line for line in columns(document) if line.startswith("present")] == [
        "present|OP|REG|2026 <= 1 whole",
        "present|OP|REG|2027 <= 1 whole",
    ]


@pytest.mark.parametrize(
    "kind_and_fields",
    [
        ("rate_floor", HALF),
        ("flat_aid", {"partner": "REG", "amount_per_unit": 1}),
        ("public_aid_cap", {**HALF, "counts": ("region",)}),
    ],
)
def test_the_three_families_that_depend_on_presence(kind_and_fields: tuple[str, dict[str, Any]]) -> None:
    kind, fields = kind_and_fields
    document = scenario(operations=(operation(units=1),), eligibilities=OPTIONAL, rules=(rule(kind, **fields),))
    assert len(formulation(document, "presence")) == 1


@pytest.mark.parametrize(
    "tables",
    [
        {"eligibilities": OPTIONAL},
        {"eligibilities": (eligibility("REG"),), "rules": (rule("rate_floor", **HALF),)},
        {"eligibilities": OPTIONAL, "rules": (rule("rate_floor", **HALF, natures=("DEM",)),)},
        {"eligibilities": OPTIONAL, "rules": (rule("rate_floor", **{**HALF, "partner": "COM"}),)},
        {"eligibilities": OPTIONAL, "rules": (rule("rate_ceiling", **HALF),)},
        {
            "eligibilities": OPTIONAL,
            "rules": (rule("rate_floor", **HALF),),
            "derogations": (derogation(operation="OP"),),
        },
    ],
)
def test_no_decision_where_presence_changes_nothing(tables: dict[str, Any]) -> None:
    assert formulation(scenario(**tables), "presence") == []


@pytest.mark.parametrize(
    ("wish", "brought"),
    [
        # Present, REG brings 600 at least: 2 * (600 - wish) away. Absent: 2 * wish away. They cross at 300.
        (0, 0),
        (299, 0),
        (301, 600),
        (600, 600),
        (601, 601),
    ],
)
def test_a_partner_takes_part_or_brings_nothing(wish: int, brought: int) -> None:
    document = scenario(
        eligibilities=OPTIONAL, rules=(rule("rate_floor", **HALF),), references=wanted(REG=wish, COM=1200 - wish)
    )
    expected = {"OP|COM|2026": 1200 - brought, "OP|REG|2026": brought}
    assert committed(document) == {cell: amount for cell, amount in expected.items() if amount}


def test_presence_is_decided_for_each_launch() -> None:
    # REG cannot bear the floor of a launch in 2026 and can in 2027.
    document = scenario(
        operations=(operation("A"), operation("B", earliest_start=2027, latest_start=2027)),
        eligibilities=tuple(eligibility("REG", code, presence="optional") for code in ("A", "B")),
        rules=(
            rule("rate_floor", **HALF),
            rule("amount_ceiling", code="S", partner="REG", amount=599, operations=("A",)),
        ),
        references=(*wanted("A", REG=1200), *wanted("B", REG=1200)),
    )
    assert committed(document) == {"A|COM|2026": 1200, "B|REG|2027": 1200}
