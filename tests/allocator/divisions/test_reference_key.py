"""A division as the reference of a scenario: claims bounded by every ceiling, and a plan that follows it."""

import pytest

from allocator.divisions import Division
from allocator.divisions.reference_key import most_each_could_bring, reference_lines
from allocator.divisions.reference_plans import by_capacity, by_need
from allocator.solve.allocate import allocate
from allocator.solve.infeasible import InfeasibleScenarioError, NoWholeCentsError
from scenarios import library
from scenarios.document import Envelope, Lock, LockSense, Scenario
from scenarios.formats import check, read
from scenarios.rulebooks import in_force
from tests.allocator.messy import messy
from tests.allocator.rules import tiny

EVERYONE = tuple(tiny.eligibility(code) for code in ("ANRU", "DEP", "LAND", "REG"))


def bounded(**tables: object) -> dict[str, int]:
    return most_each_could_bring(tiny.scenario(**{"eligibilities": EVERYONE, **tables}))["OP"]


def test_a_partner_without_ceiling_claims_the_whole_amount_to_fund() -> None:
    assert bounded() == {"ANRU": 1200, "COM": 1200, "DEP": 1200, "LAND": 1200, "REG": 1200}


def test_every_kind_of_ceiling_bounds_a_claim() -> None:
    lock = {"operation": "OP", "author": "Comité", "reason": "essai"}
    claims = bounded(
        rules=(
            tiny.rule("rate_ceiling", code="R1", partner="REG", rate="1/7", base="excl_vat", base_max=1000),
            tiny.rule("amount_ceiling", code="R2", partner="DEP", amount=300),
        ),
        locks=(
            Lock(partner="ANRU", sense=LockSense.AT_MOST, amount=450, **lock),
            Lock(partner="DEP", sense=LockSense.AT_LEAST, amount=100, **lock),
        ),
        envelopes=(Envelope(code="E", label="E", partners=("LAND",), amount=77),),
    )
    assert claims == {"ANRU": 450, "COM": 1200, "DEP": 300, "LAND": 77, "REG": 142}


def test_units_bound_a_claim() -> None:
    operations = (tiny.operation(units=3),)
    rules = (
        tiny.rule("flat_aid", code="R1", partner="REG", amount_per_unit=50),
        tiny.rule("amount_ceiling", code="R2", partner="DEP", amount_per_unit=60),
    )
    claims = bounded(operations=operations, rules=rules)
    assert (claims["REG"], claims["DEP"]) == (150, 180)


def test_budgets_bound_a_claim() -> None:
    claims = bounded(partners=tiny.limited("REG"), budgets=tuple(tiny.budgets("REG", amounts=[100, 50, 3])))
    assert claims["REG"] == 153


@pytest.mark.parametrize(
    ("division", "expected"),
    [
        (Division.PROPORTIONAL, {"COM": 400, "DEP": 200, "REG": 600}),
        (Division.EQUAL_AWARDS, {"COM": 450, "DEP": 300, "REG": 450}),
        (Division.EQUAL_LOSSES, {"COM": 400, "DEP": 100, "REG": 700}),
        (Division.TALMUD, {"COM": 375, "DEP": 150, "REG": 675}),
    ],
)
def test_the_amount_to_fund_is_divided(division: Division, expected: dict[str, int]) -> None:
    """Claims of 600, 300 and 900 cents on 1 200: half of the claims is 900, so the Talmud shares losses of 600."""
    scenario = tiny.scenario(
        eligibilities=(tiny.eligibility("REG"), tiny.eligibility("DEP")),
        rules=(
            tiny.rule("amount_ceiling", code="R1", partner="REG", amount=900),
            tiny.rule("amount_ceiling", code="R2", partner="DEP", amount=300),
            tiny.rule("amount_ceiling", code="R3", partner="COM", amount=600),
        ),
    )
    lines = reference_lines(scenario, division, "essai")
    assert {line.partner: line.amount for line in lines} == {name: cents for name, cents in expected.items() if cents}


def test_partners_who_cannot_bring_it_all_are_given_what_they_can() -> None:
    rules = tuple(
        tiny.rule("amount_ceiling", code=f"R-{code}", partner=code, amount=amount)
        for code, amount in (("COM", 5), ("REG", 7))
    )
    lines = reference_lines(tiny.scenario(rules=rules), Division.TALMUD, "essai")
    assert {line.partner: line.amount for line in lines} == {"COM": 5, "REG": 7}


def test_an_operation_under_a_fixed_plan_has_no_line() -> None:
    fixed = tiny.scenario(plans=(tiny.plan_line("COM", 2026, 1200),), operations=(tiny.operation(profile=None),))
    assert reference_lines(fixed, Division.TALMUD, "essai") == ()


def follow(scenario: Scenario, division: Division) -> dict[str, int]:
    lines = reference_lines(scenario, division, "essai")
    following = scenario.model_copy(update={"references": lines})
    check(following)
    return {line.partner: line.amount for line in allocate(following).commitments}


def test_a_plan_follows_the_division() -> None:
    """Where no rule prevents it, the closest plan to the reference is the reference."""
    scenario = tiny.scenario(
        eligibilities=(tiny.eligibility("REG"), tiny.eligibility("DEP")),
        rules=(tiny.rule("amount_ceiling", partner="DEP", amount=300),),
    )
    assert follow(scenario, Division.EQUAL_AWARDS) == {"COM": 450, "DEP": 300, "REG": 450}
    assert follow(scenario, Division.EQUAL_LOSSES) == {"COM": 600, "REG": 600}


@pytest.mark.parametrize("name", ["tutoriel", "region-demo", "droit-demo"])
@pytest.mark.parametrize("division", Division)
def test_lines_are_accepted_by_shipped_scenarios(name: str, division: Division) -> None:
    document = read(library.find(name))
    scenario = in_force(document)
    lines = reference_lines(scenario, division, "essai")
    check(document.model_copy(update={"references": lines}))
    for operation in scenario.operations:
        assert sum(line.amount or 0 for line in lines if line.operation == operation.code) == operation.to_fund


@pytest.mark.parametrize("seed", range(12))
def test_lines_are_accepted_whatever_the_rules(seed: int) -> None:
    """Scenarios that mix every family of rules at random; each plan is a claims problem by capacity and by need."""
    scenario = messy(seed)
    for division in Division:
        check(scenario.model_copy(update={"references": reference_lines(scenario, division, "essai")}))
    try:
        allocation = allocate(scenario)
    except (InfeasibleScenarioError, NoWholeCentsError):
        return
    plans = (by_capacity(scenario, allocation)[0], by_need(scenario, allocation))
    assert all(
        0 <= line.divided[division] <= line.claim for plan in plans for line in plan.lines for division in Division
    )
