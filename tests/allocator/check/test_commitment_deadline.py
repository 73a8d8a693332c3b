"""Nothing after the last day of a programme."""

import pytest

from .builder import cells, conforms, only, plain, plan, rule, scenario


@pytest.mark.parametrize(("day", "kept"), [("2026-12-31", False), ("2027-01-01", True), ("2028-12-31", True)])
def test_before_at_and_after_the_deadline(day: str, kept: bool) -> None:
    document = scenario(rules=(rule("commitment_deadline", partner="REGION", last_day=day),))
    assert conforms(document, plan(document, cells(start=2027, REGION=1, VILLE=99_999))) == kept
    assert conforms(document, plan(document, cells(start=2027, VILLE=100_000)))


def test_the_violation() -> None:
    document = scenario(rules=(rule("commitment_deadline", partner="REGION", last_day="2026-06-30"),))
    violation = only(document, plan(document, cells(start=2027, REGION=100, VILLE=99_900)))
    assert (violation.family, violation.subject) == ("commitment_deadline", ("R1", "OP", "REGION", "2027"))
    assert plain(violation.sentence) == (
        "Règle R1 : REGION engage 1 € en 2027 pour l'opération OP, alors qu'il ne peut plus engager après le "
        "2026-06-30."
    )
