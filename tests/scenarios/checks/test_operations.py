"""What is refused of the semester in which an operation starts."""

import pytest

from scenarios.checks import findings
from tests.allocator.rules.tiny import VALUE, operation, scenario


@pytest.mark.parametrize(("semester", "right"), [(None, True), (0, False), (1, True), (2, True), (3, False)])
def test_a_year_has_two_semesters(semester: int | None, right: bool) -> None:
    document = scenario(goals=(VALUE,), operations=(operation(start_semester=semester),))
    told = [(line.table, line.column, line.found) for line in findings(document)]
    assert told == ([] if right else [("operations", "start_semester", str(semester))])
