"""What is refused of decisions, and that they change the minutes and never the plan."""

from typing import Any

import pytest

from allocator.compilation import compile_scenario
from scenarios.checks import findings
from scenarios.document import Decision, Scenario
from scenarios.fingerprint import fingerprint
from tests.allocator.rules.tiny import VALUE, scenario


def decision(**changes: Any) -> Decision:
    usual = {"operation": "OP", "partner": "REG", "status": "voted", "day": "2026-03-01", "author": "Assemblée",
             "reference": "2026-12"}  # fmt: skip
    return Decision.model_validate({**usual, **changes})


def with_decisions(*decisions: Decision) -> Scenario:
    return scenario(goals=(VALUE,), decisions=decisions)


@pytest.mark.parametrize(
    ("changes", "column", "found"),
    [
        ({}, None, ""),
        ({"partner": None, "status": "in_principle", "reference": ""}, None, ""),
        ({"partner": None}, "partner", "rien"),
        ({"reference": ""}, "reference", "rien"),
        ({"status": "refused"}, "reason", "rien"),
        ({"status": "postponed"}, "reason", "rien"),
        ({"status": "refused", "reason": "Hors compétence"}, None, ""),
        ({"partner": "Z"}, "partner", "« Z »"),
        ({"operation": "Z"}, "operation", "« Z »"),
    ],
)
def test_a_decision_says_who_voted_and_why_it_refuses(changes: dict[str, Any], column: str | None, found: str) -> None:
    lines = findings(with_decisions(decision(**changes)))
    told = [(line.table, line.column, line.found) for line in lines]
    assert (("decisions", column, found) in told) is (column is not None)
    assert column is not None or told == []


def test_two_decisions_of_one_day_on_one_line_are_refused() -> None:
    twice = with_decisions(decision(), decision(status="in_principle"))
    assert [(line.table, line.column) for line in findings(twice)] == [("decisions", "operation")]
    assert findings(with_decisions(decision(), decision(day="2026-03-02"))) == []


def _written(document: Scenario) -> str:
    """Write every column, row and goal of the program of a scenario small enough for arrays written whole."""
    compilation = compile_scenario(document)
    program = compilation.program
    return repr((program.column_groups, program.row_groups, compilation.objectives))


def test_decisions_leave_the_program_as_it_is_and_change_the_fingerprint() -> None:
    without, decided = with_decisions(), with_decisions(decision(status="refused", reason="Hors compétence"))
    assert _written(without) == _written(decided)
    assert fingerprint(without) == fingerprint(scenario(goals=(VALUE,)))
    assert fingerprint(decided) != fingerprint(without)
    assert fingerprint(with_decisions(decision(), decision(day="2026-03-02"))) == fingerprint(
        with_decisions(decision(day="2026-03-02"), decision())
    )
