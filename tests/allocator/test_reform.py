"""The reform question: the same scenario under two laws, euro by euro, with the text responsible."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from allocator.comparison.sides import Comparison
from allocator.reform import NotSameScenarioError, compare_laws, under
from scenarios.document import Budget, RulebookUse, Scenario
from scenarios.formats import read
from scenarios.formats.problems import ScenarioError

SCHOOL = Path(__file__).parents[1] / "scenarios" / "rulebooks" / "ecole.yaml"
BEFORE, AFTER = date(2017, 6, 1), date(2019, 6, 1)
OWN = RulebookUse(rulebook="cgct-part-propre")


@pytest.fixture(scope="module")
def reform() -> Comparison:
    scenario = read(SCHOOL)
    return compare_laws(scenario, under(scenario, reference_date=AFTER))


def with_books(*uses: RulebookUse) -> Scenario:
    return read(SCHOOL).model_copy(update={"rulebooks": uses})


def test_the_decree_of_2018_is_named(reform: Comparison) -> None:
    (change,) = reform.law
    assert change.before is not None
    assert change.after is not None
    assert (change.before.value, change.after.value) == ("0.8 (part de l'assiette)", "1 (part de l'assiette)")
    assert change.before.reference == "Décret 99-1060, art. 10"
    assert change.responsible.reference == "Décret 2018-514, art. 10"
    assert (change.responsible.version, change.responsible.until) == (date(2018, 10, 1), None)
    assert (change.responsible.entry, change.operations) == ("STATE-CAP", ("ECOLE",))
    assert reform.before.law_hash != reform.after.law_hash


def test_who_wins_and_who_loses(reform: Comparison) -> None:
    (school,) = reform.plans.operations
    assert (school.code, school.label) == ("ECOLE", "École")
    assert (school.funded.before, school.funded.after) == (100_000_000, 100_000_000)
    assert (school.own.before, school.own.after) == (20_000_000, 0)
    assert (school.aid.before, school.aid.after, school.gain) == (80_000_000, 100_000_000, 20_000_000)
    (commune,) = reform.plans.communes
    assert (commune.code, commune.gain) == ("VILLE-A", 20_000_000)
    assert [(line.code, line.committed.before, line.committed.after, line.gain) for line in reform.plans.partners] == [
        ("REGION", 45_000_000, 65_000_000, -20_000_000),
        ("VILLE", 20_000_000, 0, 20_000_000),
    ]
    assert [line.aid.difference for line in reform.plans.partners] == [20_000_000, 0]
    assert [(cell.operation, cell.partner, cell.committed.difference) for cell in reform.plans.cells] == [
        ("ECOLE", "REGION", 20_000_000),
        ("ECOLE", "VILLE", -20_000_000),
    ]


def balanced(found: Comparison) -> None:
    for lines in (found.plans.operations, found.plans.communes):
        assert sum(line.funded.difference for line in lines) == found.plans.total.funded.difference
        assert sum(line.own.difference for line in lines) == found.plans.total.own.difference
        assert sum(line.aid.difference for line in lines) == found.plans.total.aid.difference
    assert sum(line.committed.difference for line in found.plans.partners) == found.plans.total.funded.difference
    assert sum(line.own.difference for line in found.plans.partners) == found.plans.total.own.difference
    assert sum(cell.committed.difference for cell in found.plans.cells) == found.plans.total.funded.difference
    sides = zip(
        (found.before, found.after), (found.plans.total.funded.before, found.plans.total.funded.after), strict=True
    )
    for side, total in sides:
        assert sum(line.funded for line in side.allocation.launches) == total


def test_differences_balance(reform: Comparison) -> None:
    balanced(reform)


def test_a_law_may_decide_what_is_funded() -> None:
    scenario = read(SCHOOL)
    school, square = scenario.operations
    city = {"commitment_limited": True}
    poor = scenario.model_copy(
        update={
            "operations": (school.model_copy(update={"mandatory": False}), square),
            "partners": tuple(
                line.model_copy(update=city if line.code == "VILLE" else {}) for line in scenario.partners
            ),
            "budgets": (Budget(holder="VILLE", year=2026, commitment=10_000_000, provenance="illustratif"),),
        }
    )
    found = compare_laws(poor, under(poor, reference_date=AFTER))
    balanced(found)
    (line,) = found.plans.operations
    assert (line.code, line.funded.before, line.funded.after, line.gain) == ("ECOLE", 0, 100_000_000, 100_000_000)
    assert {line.code: line.gain for line in found.plans.partners} == {"ETAT": -60_000_000, "REGION": -40_000_000}


def test_a_scenario_and_itself() -> None:
    found = compare_laws(read(SCHOOL), read(SCHOOL))
    assert found.same_outcome
    assert found.inputs == ()
    assert (found.plans.total.funded.difference, found.plans.total.funded.before) == (0, 150_000_000)
    assert found.before.law_hash == found.after.law_hash


def test_the_order_of_rows_changes_nothing() -> None:
    scenario = read(SCHOOL)
    turned = scenario.model_copy(update={"operations": tuple(reversed(scenario.operations)), "code": "autre"})
    assert compare_laws(scenario, turned).plans.empty


def test_a_text_that_no_longer_applies_is_the_text_responsible() -> None:
    found = compare_laws(with_books(OWN), with_books())
    changes = {change.responsible.entry: change for change in found.law}
    assert set(changes) == {"MO-20", "MO-20-X"}
    assert changes["MO-20"].after is None
    assert changes["MO-20"].responsible.reference == "CGCT, art. L.1111-10 III"
    assert changes["MO-20"].operations == ("ECOLE", "PLACE")
    assert [line.code for line in found.plans.operations] == ["ECOLE"]
    balanced(found)


def test_one_rulebook_replaced_by_another() -> None:
    scenario = read(SCHOOL)
    found = compare_laws(scenario, under(scenario, reference_date=AFTER, rulebooks={"etat-subventions": "etat-detr"}))
    texts = {change.responsible.entry: (change.before is None, change.after is None) for change in found.law}
    assert texts == {"STATE-CAP": (False, True), "DETR-CAP": (True, False), "DETR-MIN": (True, False)}
    assert found.plans.operations == ()
    balanced(found)


def test_an_operation_keeps_the_day_of_its_decision() -> None:
    scenario = read(SCHOOL)
    decided = scenario.model_copy(
        update={"operations": tuple(line.model_copy(update={"decision_date": BEFORE}) for line in scenario.operations)}
    )
    assert compare_laws(decided, under(decided, reference_date=AFTER)).same_outcome
    assert compare_laws(decided, under(scenario, reference_date=AFTER)).law != ()


def costlier(scenario: Scenario) -> Scenario:
    first, *others = scenario.operations
    return scenario.model_copy(update={"operations": (first.model_copy(update={"value": 11}), *others)})


def fewer_references(scenario: Scenario) -> Scenario:
    return scenario.model_copy(update={"references": scenario.references[:-1]})


@pytest.mark.parametrize(("change", "table"), [(costlier, "operations"), (fewer_references, "references")])
def test_two_different_scenarios_are_refused(change: Callable[[Scenario], Scenario], table: str) -> None:
    scenario = read(SCHOOL)
    with pytest.raises(NotSameScenarioError) as caught:
        compare_laws(scenario, change(scenario))
    assert caught.value.tables == (table,)


def test_a_law_outside_its_horizon_is_refused_by_name() -> None:
    with pytest.raises(ScenarioError, match="STATE-CAP"):
        under(read(SCHOOL), reference_date=date(1999, 12, 31))


def test_an_unknown_rulebook_is_refused() -> None:
    replaced: dict[str, Any] = {"etat-subventions": "etat-detrr"}
    with pytest.raises(ScenarioError, match="etat-detrr"):
        under(read(SCHOOL), rulebooks=replaced)
