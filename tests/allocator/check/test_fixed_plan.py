"""Fixed plans, whole or in part."""

from fractions import Fraction
from typing import Any

import pytest

from allocator.check import verify
from scenarios.document import Scenario

from .builder import Cells, cells, conforms, only, operation, plain, plan, plan_line, rule, scenario

LINES = (
    plan_line("ANRU", 2027, 10_000),
    plan_line("ANRU", 2028, 20_000),
    plan_line("REGION", 2026, 33_333),
    plan_line("VILLE", 2026, 36_667),
)
WHOLE = cells(ANRU=30_000, REGION=33_333, VILLE=36_667)


def planned(**changes: Any) -> Scenario:
    return scenario(operations=(operation(latest_start=2026, profile=None, **changes),), plans=LINES, eligibilities=())


def half(**changes: int) -> dict[tuple[str, str, int, int], int]:
    """Pay half of the plan: 16 666.5 cents of REGION rounded down, 18 333.5 of VILLE rounded up."""
    amounts = {"ANRU 2027": 5_000, "ANRU 2028": 10_000, "REGION 2026": 16_666, "VILLE 2026": 18_334}
    return {
        ("OP", partner, 2026, int(year)): amount
        for name, amount in {**amounts, **changes}.items()
        for partner, year in [name.split()]
    }


HALF = cells(ANRU=15_000, REGION=16_666, VILLE=18_334)


def test_the_whole_plan_is_exact() -> None:
    document = planned()
    assert conforms(document, plan(document, WHOLE))
    assert conforms(document, plan(document, {}))


@pytest.mark.parametrize("cent", [-1, 1])
def test_one_cent_away_from_the_whole_plan(cent: int) -> None:
    document = planned()
    payments = {
        ("OP", "ANRU", 2026, 2027): 10_000 + cent,
        ("OP", "ANRU", 2026, 2028): 20_000,
        ("OP", "REGION", 2026, 2026): 33_333,
        ("OP", "VILLE", 2026, 2026): 36_667 - cent,
    }
    wrong = plan(document, WHOLE | cells(ANRU=30_000 + cent, VILLE=36_667 - cent), payments=payments)
    violations = verify(document, wrong)
    assert {violation.family for violation in violations} == {"fixed_plan"}
    assert [violation.subject for violation in violations] == [
        ("OP", "ANRU", "2026"),
        ("OP", "VILLE", "2026"),
        ("OP", "ANRU", "2026", "2027"),
        ("OP", "VILLE", "2026", "2026"),
    ]
    amount = "300,01" if cent > 0 else "299,99"
    assert plain(violations[0].sentence) == (
        f"ANRU apporte {amount} € à l'opération OP lancée en 2026, au lieu de 300 € selon son plan de financement fixe."
    )
    payment = "100,01" if cent > 0 else "99,99"
    assert plain(violations[2].sentence) == (
        f"ANRU paie {payment} € en 2027 pour l'opération OP, au lieu de 100 € selon son plan de financement fixe."
    )


def test_a_payment_in_another_year_than_planned() -> None:
    document = planned()
    payments = {
        ("OP", "ANRU", 2026, 2027): 10_000,
        ("OP", "ANRU", 2026, 2028): 19_999,
        ("OP", "ANRU", 2026, 2029): 1,
        ("OP", "REGION", 2026, 2026): 33_333,
        ("OP", "VILLE", 2026, 2026): 36_667,
    }
    subjects = {violation.subject for violation in verify(document, plan(document, WHOLE, payments=payments))}
    assert subjects == {("OP", "ANRU", "2026", "2028"), ("OP", "ANRU", "2026", "2029")}


def test_a_part_of_the_plan_is_within_a_cent() -> None:
    document = planned(divisible=True)
    assert conforms(document, plan(document, HALF, payments=half()))
    other_way = HALF | cells(REGION=16_667, VILLE=18_333)
    payments = half(**{"REGION 2026": 16_667, "VILLE 2026": 18_333})
    assert conforms(document, plan(document, other_way, payments=payments))


@pytest.mark.parametrize(("region", "ville"), [(16_665, 18_335), (16_668, 18_332)])
def test_a_part_of_the_plan_more_than_a_cent_away(region: int, ville: int) -> None:
    document = planned(divisible=True)
    payments = half(**{"REGION 2026": region, "VILLE 2026": ville})
    violations = verify(document, plan(document, HALF | cells(REGION=region, VILLE=ville), payments=payments))
    assert [violation.limit for violation in violations if violation.subject[1] == "REGION"] == [
        Fraction(33_333, 2),
        Fraction(33_333, 2),
    ]
    assert "au lieu de 166,66 € ou 166,67 € selon" in plain(violations[0].sentence)


@pytest.mark.parametrize("cent", [-1, 1])
def test_a_part_of_the_plan_worth_whole_cents_is_exact(cent: int) -> None:
    document = planned(divisible=True)
    payments = half(**{"ANRU 2027": 5_000 + cent, "ANRU 2028": 10_000 - cent})
    violations = verify(document, plan(document, HALF, payments=payments))
    assert {(violation.family, violation.subject) for violation in violations} == {
        ("fixed_plan", ("OP", "ANRU", "2026", "2027")),
        ("fixed_plan", ("OP", "ANRU", "2026", "2028")),
    }


def test_one_launch_only() -> None:
    document = planned(divisible=True)
    later: Cells = {(code, partner, 2027): amount for (code, partner, _start), amount in HALF.items()}
    payments = half() | {(code, partner, 2027, year): amount for (code, partner, _s, year), amount in half().items()}
    violations = verify(document, plan(document, HALF | later, payments=payments))
    assert [(violation.family, violation.found) for violation in violations] == [("selection", 2027), ("fixed_plan", 2)]
    assert violations[1].limit == 1
    assert violations[1].sentence == "L'opération OP, au plan de financement fixe, est lancée 2 fois au lieu d'une."


def test_a_partner_of_the_plan_left_out() -> None:
    document = planned()
    payments = {("OP", "VILLE", 2026, 2026): 100_000}
    violations = verify(document, plan(document, cells(VILLE=100_000), payments=payments))
    assert [
        (violation.subject, violation.found, violation.limit) for violation in violations if violation.found == 0
    ] == [
        (("OP", "ANRU", "2026"), 0, 30_000),
        (("OP", "REGION", "2026"), 0, 33_333),
        (("OP", "ANRU", "2026", "2027"), 0, 10_000),
        (("OP", "ANRU", "2026", "2028"), 0, 20_000),
        (("OP", "REGION", "2026", "2026"), 0, 33_333),
    ]


def test_a_plan_that_does_not_sum_to_the_need_is_an_error() -> None:
    document = scenario(operations=(operation(latest_start=2026, profile=None),), plans=LINES[:-1])
    with pytest.raises(ValueError, match="OP: the fixed plan sums to 63333 cents, not 100000"):
        conforms(document, plan(document, {}))


@pytest.mark.parametrize(("rate", "kept"), [(Fraction(3, 10), True), (Fraction(29, 100), False)])
def test_rules_bind_fixed_plans_too(rate: Fraction, kept: bool) -> None:
    ceiling = rule("rate_ceiling", partner="ANRU", rate=rate, base="cost")
    document = planned().model_copy(update={"rules": (ceiling,)})
    assert conforms(document, plan(document, WHOLE)) == kept


def test_partners_of_a_plan_are_present_even_without_eligibility() -> None:
    floor = rule("rate_floor", partner="ANRU", rate=Fraction(31, 100), base="cost")
    document = planned().model_copy(update={"rules": (floor,)})
    assert only(document, plan(document, WHOLE)).subject == ("R1", "OP", "ANRU", "2026")
