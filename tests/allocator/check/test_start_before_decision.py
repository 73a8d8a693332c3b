"""Nothing for an operation that starts too early."""

from datetime import date
from typing import Any

import pytest

from .builder import cells, conforms, eligibility, only, operation, plain, plan, rule, scenario

RULE = rule("start_before_decision", partner="REGION")


def document(day: str | None, **fields: Any) -> Any:
    return scenario(
        operations=(operation(**fields),), eligibilities=(eligibility("REGION", start_allowed_from=day),), rules=(RULE,)
    )


@pytest.mark.parametrize(
    ("day", "started_on", "start", "kept"),
    [
        ("2026-12-31", None, 2026, True),
        ("2027-01-01", None, 2026, False),
        ("2027-12-31", None, 2027, True),
        ("2026-03-01", "2026-02-28", 2027, False),
        ("2026-03-01", "2026-03-01", 2027, True),
        ("2028-01-01", "2028-01-01", 2027, True),
    ],
)
def test_before_at_and_after_the_day(day: str, started_on: str | None, start: int, kept: bool) -> None:
    base = document(day, started_on=started_on)
    assert conforms(base, plan(base, cells(start=start, REGION=1, VILLE=99_999))) == kept
    assert conforms(base, plan(base, cells(start=start, VILLE=100_000)))


def test_the_violation() -> None:
    base = document("2027-01-01")
    violation = only(base, plan(base, cells(REGION=100, VILLE=99_900)))
    assert (violation.family, violation.subject) == ("start_before_decision", ("R1", "OP", "REGION", "2026"))
    assert (violation.found, violation.limit) == (100, 0)
    assert plain(violation.sentence) == (
        "Règle R1 : REGION apporte 1 € à l'opération OP lancée en 2026, alors qu'elle ne devait pas commencer avant le "
        "2027-01-01."
    )


def test_a_missing_day_is_an_error() -> None:
    base = document(None, started_on=date(2026, 1, 1))
    with pytest.raises(ValueError, match="OP: no day when partner REGION lets it start"):
        conforms(base, plan(base, {}))
