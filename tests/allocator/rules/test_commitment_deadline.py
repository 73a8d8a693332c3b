"""K22: a partner commits nothing after the last day of its programme."""

from typing import Any

import pytest

from tests.allocator.rules.tiny import (
    EARLY,
    VALUE,
    budgets,
    committed,
    derogation,
    formulation,
    limited,
    operation,
    partners,
    rule,
    scenario,
)


def deadline(day: str, **fields: Any) -> Any:
    return rule("commitment_deadline", partner="REG", last_day=day, **fields)


def document(day: str, **tables: Any) -> Any:
    """Build a scenario whose operation is launched from 2026 to 2028, by the région, whose budget comes in 2027."""
    fields: dict[str, Any] = {
        "goals": (VALUE,), "operations": (operation(latest_start=2028),), "rules": (deadline(day),),
        "partners": partners(COM={"commitment_limited": True}, REG={"commitment_limited": True}),
        "budgets": [*budgets("COM", amounts=[0, 0, 0]), *budgets("REG", amounts=[0, 1200, 0])],
    }  # fmt: skip
    return scenario(**{**fields, **tables})


def test_formulation() -> None:
    assert formulation(document("2026-06-30"), "commitment_deadline") == [
        "commitment_deadline|R|OP|REG|2027: +1 commit|OP|REG|2027 <= 0",
        "commitment_deadline|R|OP|REG|2028: +1 commit|OP|REG|2028 <= 0",
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-12-31", {}),
        ("2027-01-01", {"OP|REG|2027": 1200}),
        ("2027-12-31", {"OP|REG|2027": 1200}),
        ("2030-06-30", {"OP|REG|2027": 1200}),
    ],
)
def test_before_at_and_after_the_deadline(day: str, expected: dict[str, int]) -> None:
    assert committed(document(day)) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-12-31", {"OP|COM|2028": 1200}),
        ("2027-12-31", {"OP|COM|2027": 600, "OP|REG|2027": 600}),
        ("2028-01-01", {"OP|COM|2027": 600, "OP|REG|2027": 600}),
    ],
)
def test_the_deadline_selects_the_launch(day: str, expected: dict[str, int]) -> None:
    # The owner can bear half in 2027 and the whole in 2028: the earliest launch that the région may still fund is kept.
    lines = document(
        day, goals=(VALUE, EARLY), partners=limited("COM", "REG"),
        budgets=[*budgets("COM", amounts=[0, 600, 1200]), *budgets("REG", amounts=[600, 600, 600])],
    )  # fmt: skip
    assert committed(lines) == expected


@pytest.mark.parametrize(
    "tables",
    [
        {"derogations": (derogation(operation="OP"),)},
        {"rules": (deadline("2026-01-01", programmes=("OPAH",)),)},
    ],
)
def test_filters_and_derogations(tables: dict[str, Any]) -> None:
    operations = (operation(latest_start=2028), operation("B", project="AUTRE", mandatory=False))
    assert committed(document("2026-01-01", operations=operations, **tables)) == {"OP|REG|2027": 1200}
