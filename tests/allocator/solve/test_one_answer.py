"""Promise "one": same scenario, same cents, on any engine, seed, presolve or order of rows."""

from random import Random

import pytest

from allocator.allocation import Allocation
from allocator.engines import engine_named
from allocator.engines.highs import HighsEngine
from allocator.solve.allocate import allocate, allocate_with
from scenarios.document import Scenario
from scenarios.synthetic import committee

TABLES = [name for name, field in Scenario.model_fields.items() if "tuple" in str(field.annotation) and name != "goals"]


def cents(allocation: Allocation) -> tuple[object, ...]:
    return allocation.launches, allocation.commitments, allocation.payments, allocation.fingerprint


def shuffled(scenario: Scenario, seed: int) -> Scenario:
    tables = {}
    for name in TABLES:
        rows = list(getattr(scenario, name))
        Random(seed).shuffle(rows)
        tables[name] = tuple(rows)
    return scenario.model_copy(update=tables)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return committee(200, partners=12, years=6, seed=1)


@pytest.fixture(scope="module")
def expected(scenario: Scenario) -> tuple[object, ...]:
    return cents(allocate(scenario))


def test_tables_are_all_shuffled() -> None:
    assert {"partners", "operations", "eligibilities", "rules", "budgets", "profiles"} <= set(TABLES)


@pytest.mark.parametrize("engine", ["ortools", "pulp"])
def test_other_engines_give_the_same_cents(scenario: Scenario, expected: object, engine: str) -> None:
    assert cents(allocate(scenario, engine)) == expected


@pytest.mark.parametrize("seed", range(1, 11))
def test_ten_seeds_give_the_same_cents(scenario: Scenario, expected: object, seed: int) -> None:
    assert cents(allocate_with(scenario, HighsEngine(seed=seed))) == expected


def test_without_presolve_the_same_cents(scenario: Scenario, expected: object) -> None:
    assert cents(allocate_with(scenario, HighsEngine(presolve=False))) == expected


@pytest.mark.parametrize("seed", range(3))
def test_shuffled_rows_give_the_same_cents(scenario: Scenario, expected: object, seed: int) -> None:
    other = shuffled(scenario, seed)
    assert other.operations != scenario.operations
    assert cents(allocate(other)) == expected


@pytest.mark.parametrize("engine", ["highs", "ortools", "pulp"])
def test_whole_operations_give_the_same_cents(engine: str) -> None:
    scenario = committee(40, partners=8, years=5, seed=3, whole=0.4)
    reference = cents(allocate_with(scenario, HighsEngine(seed=7)))
    assert cents(allocate_with(shuffled(scenario, 5), engine_named(engine))) == reference


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 140))
def test_many_committees_agree(seed: int) -> None:
    random = Random(seed)
    whole = random.choice((0.0, 0.0, 0.3))
    scenario = committee(
        random.randint(5, 60), partners=random.randint(4, 12), years=random.randint(3, 7), seed=seed, whole=whole
    )
    reference = cents(allocate(scenario))
    assert cents(allocate(scenario, "ortools")) == reference
    assert cents(allocate(scenario, "pulp")) == reference
    assert cents(allocate(shuffled(scenario, seed))) == reference


def test_uniqueness_is_certified_with_whole_operations_too() -> None:
    assert allocate(committee(30, partners=6, years=4, seed=4)).unique
    assert allocate(committee(30, partners=6, years=4, seed=4, whole=0.5)).unique
