"""What a draw changes in the tutorial, line by line."""

from fractions import Fraction

import pytest

from allocator.exploration.draws import Cut, Draw
from allocator.exploration.happened import happened
from scenarios.document import LockSense, PlanLine, Scenario

HALF, ALL = Fraction(1, 2), Fraction(1)


def line(scenario: Scenario, code: str) -> dict[str, object]:
    return next(vars(one) for one in scenario.operations if one.code == code)


def test_nothing_happens(tutorial: Scenario) -> None:
    assert happened(tutorial, Draw({}, {}, ())) == tutorial


def test_every_basis_of_a_cost_grows_and_is_rounded_to_the_cent(tutorial: Scenario) -> None:
    dearer = happened(tutorial, Draw({"COPRO": Fraction(11, 10), "ETUDE": Fraction(10_001, 10_000)}, {}, ()))
    assert line(dearer, "COPRO")["cost_excl_vat"] == 110_000_000
    assert line(dearer, "COPRO")["cost_incl_vat"] == 121_000_000
    assert line(dearer, "ETUDE")["cost_excl_vat"] == 8_400_890  # 84 000.50 * 1.0001 = 84 008.90005
    assert line(dearer, "ECOLE") == line(tutorial, "ECOLE")


def test_budgets_and_promises_fall_together(tutorial: Scenario) -> None:
    cut = happened(tutorial, Draw({}, {}, (Cut("REGION", HALF),)))
    budgets = {(one.holder, one.year): one.commitment for one in cut.budgets}
    assert budgets["REGION", 2027] == 25_000_000
    assert budgets["ETAT", 2027] == 150_000_000
    locks = {(one.partner, one.sense): one.amount for one in cut.locks}
    assert locks == {
        ("ANAH", LockSense.AT_LEAST): 50_000_000,
        ("REGION", LockSense.AT_LEAST): 15_000_000,
        ("REGION", LockSense.AT_MOST): 30_000_000,
    }


def test_a_cut_from_a_year_on(tutorial: Scenario) -> None:
    cut = happened(tutorial, Draw({}, {}, (Cut("ETAT", HALF, 2028),)))
    assert [one.commitment for one in cut.budgets if one.holder == "ETAT"] == [150_000_000, 21_666_665, 55_000_000]


def test_two_cuts_of_one_purse_multiply(tutorial: Scenario) -> None:
    cut = happened(tutorial, Draw({}, {}, (Cut("ETAT", HALF), Cut("ETAT", HALF))))
    assert next(one.commitment for one in cut.budgets if one.holder == "ETAT") == 37_500_000


def test_a_partner_without_a_limit_that_withdraws_brings_nothing(tutorial: Scenario) -> None:
    gone = happened(tutorial, Draw({}, {}, (Cut("ANAH", ALL),)))
    assert [(one.operation, one.sense, one.amount) for one in gone.locks if one.partner == "ANAH"] == [
        ("COPRO", LockSense.AT_LEAST, 0), ("COPRO", LockSense.AT_MOST, 0),
    ]  # fmt: skip


def test_an_owner_that_withdraws_launches_nothing(tutorial: Scenario) -> None:
    gone = happened(tutorial, Draw({}, {}, (Cut("COPRO", ALL),)))
    forbidden = {(one.operation, one.partner) for one in gone.locks if one.amount == 0 and one.sense == "at_most"}
    assert forbidden == {("COPRO", "ANAH"), ("COPRO", "COPRO"), ("COPRO", "VILLE")}


@pytest.mark.parametrize(("code", "years", "starts"), [("ECOLE", 1, (2028, 2028)), ("ETUDE", 2, (2029, 2029))])
def test_a_late_operation_starts_later(tutorial: Scenario, code: str, years: int, starts: tuple[int, int]) -> None:
    late = line(happened(tutorial, Draw({}, {code: years}, ())), code)
    assert (late["earliest_start"], late["latest_start"]) == starts


def test_an_operation_too_late_to_be_paid_is_not_launched_even_when_mandatory(tutorial: Scenario) -> None:
    late = happened(tutorial, Draw({}, {"ETUDE": 3, "PLACE": 1}, ()))
    assert not line(late, "ETUDE")["mandatory"]
    forbidden = {(one.operation, one.partner) for one in late.locks if one.amount == 0 and one.sense == "at_most"}
    assert forbidden == {(code, partner) for code in ("ETUDE", "PLACE") for partner in ("ETAT", "VILLE")} | {
        ("PLACE", "REGION")
    }
    assert line(late, "PLACE")["earliest_start"] == 2028


def test_a_fixed_plan_grows_in_proportion_and_moves_with_its_operation(tutorial: Scenario) -> None:
    """84 000.50 € in two lines, 10 % dearer: 92 400.55 € to the cent, a year later."""
    plans = tuple(
        PlanLine(operation="ETUDE", partner=partner, year=2027, amount=amount)
        for partner, amount in (("ETAT", 4_200_025), ("VILLE", 4_200_025))
    )
    operations = tuple(
        one.model_copy(update={"profile": None}) if one.code == "ETUDE" else one for one in tutorial.operations
    )
    planned = tutorial.model_copy(update={"plans": plans, "operations": operations})
    late = happened(planned, Draw({"ETUDE": Fraction(11, 10)}, {"ETUDE": 1}, ()))
    assert [(one.partner, one.year, one.amount) for one in late.plans] == [
        ("ETAT", 2028, 4_620_028), ("VILLE", 2028, 4_620_027),
    ]  # fmt: skip
