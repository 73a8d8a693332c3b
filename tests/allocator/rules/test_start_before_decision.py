"""K21: a partner brings nothing to an operation that starts before the day the partner allows it to."""

from typing import Any

import pytest

from allocator.compilation import compile_scenario
from allocator.program.frame import MissingBaseError
from scenarios.checks import findings
from tests.allocator.rules.tiny import (
    EARLY,
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
)

RULE = rule("start_before_decision", partner="REG")


def document(day: str | None, started_on: str | None = None, **tables: Any) -> Any:
    """Build a scenario whose operation is launched in 2026 or 2027, at the expense of the région alone."""
    fields: dict[str, Any] = {
        "goals": (VALUE, EARLY), "operations": (operation(latest_start=2027, started_on=started_on),),
        "eligibilities": (eligibility("REG", start_allowed_from=day),), "rules": (RULE,),
        "partners": limited("COM"), "budgets": budgets("COM", amounts=[0, 0, 0]),
    }  # fmt: skip
    return scenario(**{**fields, **tables})


def test_formulation() -> None:
    assert formulation(document("2027-03-01"), "start_before_decision") == [
        "start_before_decision|R|OP|REG|2026: +1 commit|OP|REG|2026 <= 0"
    ]
    assert formulation(document("2026-03-01"), "start_before_decision") == []
    assert len(formulation(document("2026-03-01", "2026-02-28"), "start_before_decision")) == 2


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-12-31", {"OP|REG|2026": 1200}),
        ("2027-01-01", {"OP|REG|2027": 1200}),
        ("2027-12-31", {"OP|REG|2027": 1200}),
        ("2028-01-01", {}),
    ],
)
def test_the_launch_waits_for_the_day(day: str, expected: dict[str, int]) -> None:
    assert committed(document(day)) == expected


@pytest.mark.parametrize(
    ("started_on", "expected"),
    [
        ("2026-02-28", {}),
        ("2026-03-01", {"OP|REG|2026": 1200}),
        ("2026-03-02", {"OP|REG|2026": 1200}),
        (None, {"OP|REG|2026": 1200}),
    ],
)
def test_an_operation_already_started(started_on: str | None, expected: dict[str, int]) -> None:
    assert committed(document("2026-03-01", started_on)) == expected


def test_other_partners_pay_for_an_operation_started_too_early() -> None:
    lines = document(
        "2026-03-01", "2026-02-28",
        eligibilities=(eligibility("REG", start_allowed_from="2026-03-01"), eligibility("DEP")),
    )  # fmt: skip
    assert committed(lines) == {"OP|DEP|2026": 1200}


@pytest.mark.parametrize(
    "tables",
    [
        {"derogations": (derogation(operation="OP"),)},
        {"rules": (rule("start_before_decision", partner="REG", owner_kinds=("landlord",)),)},
    ],
)
def test_filters_and_derogations(tables: dict[str, Any]) -> None:
    assert committed(document(None, "2020-01-01", **tables)) == {"OP|REG|2026": 1200}


def test_a_missing_day_is_an_error() -> None:
    with pytest.raises(MissingBaseError, match=r"^R: operation OP has no day when REG lets it start$"):
        compile_scenario(document(None))
    (finding,) = findings(document(None))
    assert (finding.table, finding.row, finding.column) == ("eligibilities", 0, "start_allowed_from")
    (owner,) = findings(document("2026-01-01", rules=(rule("start_before_decision", partner="COM"),)))
    assert (owner.table, owner.column) == ("rules", "partner")
