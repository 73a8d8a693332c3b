"""Nothing, or at least a ticket."""

import pytest

from .builder import cells, conforms, eligibility, only, operation, plain, plan, plan_line, rule, scenario

TICKET = rule("minimum_ticket", partner="REGION", amount=20_000)


def test_at_the_ticket_and_one_cent_below() -> None:
    document = scenario(rules=(TICKET,))
    assert conforms(document, plan(document, cells(REGION=20_000, VILLE=80_000)))
    violation = only(document, plan(document, cells(REGION=19_999, VILLE=80_001)))
    assert (violation.family, violation.subject) == ("minimum_ticket", ("R1", "OP", "REGION"))
    assert (violation.found, violation.limit) == (19_999, 20_000)
    assert plain(violation.sentence) == (
        "Règle R1 : REGION apporte 199,99 € à l'opération OP, au lieu de 200 € au moins."
    )


@pytest.mark.parametrize(("presence", "kept"), [("optional", True), ("required", False)])
def test_who_may_stay_away(presence: str, kept: bool) -> None:
    document = scenario(rules=(TICKET,), eligibilities=(eligibility("REGION", presence=presence),))
    assert conforms(document, plan(document, cells(VILLE=100_000))) == kept
    assert conforms(document, plan(document, {}))


@pytest.mark.parametrize(("second", "kept"), [(9_999, False), (10_000, True)])
def test_years_add_up_and_a_part_owes_the_whole_ticket(second: int, kept: bool) -> None:
    document = scenario(operations=(operation(divisible=True),), rules=(TICKET,))
    assert conforms(document, plan(document, cells(REGION=10_000) | cells(start=2027, REGION=second))) == kept


@pytest.mark.parametrize(("amount", "kept"), [(40_000, True), (40_001, False)])
def test_a_fixed_plan(amount: int, kept: bool) -> None:
    document = scenario(
        operations=(operation(latest_start=2026, profile=None),), eligibilities=(),
        rules=(rule("minimum_ticket", partner="REGION", amount=amount),),
        plans=(plan_line("REGION", 2026, 40_000), plan_line("VILLE", 2027, 60_000)),
    )  # fmt: skip
    assert conforms(document, plan(document, cells(REGION=40_000, VILLE=60_000))) == kept
