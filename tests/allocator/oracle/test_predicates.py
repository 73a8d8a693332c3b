"""The predicates and the checker, written apart, name the same families on plans that are right and on wrong ones."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from allocator.allocation import Allocation, Commitment, EngineRecord, Launch, Payment
from allocator.check import verify
from scenarios.document import Scenario
from tests.allocator.oracle.drawn import committee
from tests.allocator.oracle.drawn_shared import SHARED, sharing
from tests.allocator.oracle.predicates import Launched, broken, broken_several
from tests.allocator.oracle.reading import Reading

APART = {"goals", "totals"}
"""Families about how an allocation is written, not about the plan."""


def drawn_plan(reading: Reading, random: Random) -> list[Launched]:
    """Draw a plan near acceptable ones: proportions are kept, then some cents are moved."""
    launches = []
    for code, operation in reading.operations.items():
        if random.random() < 0.3 and not operation.mandatory:
            continue
        start = random.choice([*operation.starts])
        funded = random.randint(1, reading.to_fund(code)) if operation.divisible else reading.to_fund(code)
        launches.append(_launch(reading, random, code, start, funded))
    return launches


def _launch(reading: Reading, random: Random, code: str, start: int, funded: int) -> Launched:
    names = reading.funders(code)
    weights = [reading.planned(code, name) if code in reading.plan else random.choice((0, 1, 3)) for name in names]
    amounts = {name: funded * w // max(1, sum(weights)) for name, w in zip(names, weights, strict=True)}
    amounts[names[0]] += funded - sum(amounts.values())
    if random.random() < 0.3:
        name = random.choice(names)
        amounts[name] = max(0, amounts[name] + random.choice((-1, 1, 2)))
    payments: dict[tuple[str, int], int] = {}
    for name, amount in amounts.items():
        years = _due(reading, code, name, start, Fraction(funded, reading.to_fund(code)), amount)
        years[min(years)] += amount - sum(years.values())
        if random.random() < 0.1:
            years[max(years)] += 1
        payments.update({(name, year): max(0, cents) for year, cents in years.items()})
    return Launched(code, start, funded, amounts, payments)


def _due(reading: Reading, code: str, name: str, start: int, part: Fraction, amount: int) -> dict[int, int]:
    if code in reading.plan:
        return {year: int(cents * part) for (who, year), cents in reading.plan[code].items() if who == name}
    return {start + offset: int(share * amount) for offset, share in reading.shares(code).items()}


def as_allocation(document: Scenario, launches: list[Launched]) -> Allocation:
    return Allocation(
        scenario=document.code,
        fingerprint="",
        launches=tuple(Launch(line.code, line.start, line.funded) for line in launches),
        commitments=tuple(
            Commitment(line.code, name, line.start, amount)
            for line in launches for name, amount in line.amounts.items() if amount
        ),
        payments=tuple(
            Payment(line.code, name, line.start, year, cents)
            for line in launches for (name, year), cents in line.payments.items() if cents
        ),
        goals=(), tie_break="", unique=True, engine=EngineRecord("essai", "1"),
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(150))
def test_both_name_the_same_families(seed: int) -> None:
    name_the_same(committee(seed, low=20, high=300), Random(seed))


@pytest.mark.parametrize("seed", range(200))
def test_both_name_the_same_families_of_rules_on_several(seed: int) -> None:
    name_the_same(sharing(committee(seed, low=20, high=300), seed), Random(seed))


def test_each_family_of_rules_on_several_is_both_met_and_broken() -> None:
    met, missed = Counter[str](), Counter[str]()
    for seed in range(200):
        document = sharing(committee(seed, low=20, high=300), seed)
        reading, random = Reading(document), Random(seed)
        for _ in range(8):
            found = set(broken_several(reading, drawn_plan(reading, random)))
            missed.update(found)
            met.update({rule.kind for rule in document.rules if rule.kind in SHARED} - found)
    assert all(met[kind] >= 10 and missed[kind] >= 10 for kind in SHARED), (met, missed)


def name_the_same(document: Scenario, random: Random) -> None:
    reading = Reading(document)
    for _ in range(8):
        launches = drawn_plan(reading, random)
        found = {violation.family for violation in verify(document, as_allocation(document, launches))}
        assert found - APART == broken(reading, launches)


def test_a_cent_more_in_a_right_plan_is_seen_by_both() -> None:
    document = committee(5, low=20, high=300)
    reading = Reading(document)
    launches = next(
        plan for seed in range(1000) if (plan := drawn_plan(reading, Random(seed))) and not broken(reading, plan)
    )
    name = min(name for name, amount in launches[0].amounts.items() if amount)
    wrong = replace(launches[0], amounts={**launches[0].amounts, name: launches[0].amounts[name] + 1})
    seen = {violation.family for violation in verify(document, as_allocation(document, [wrong, *launches[1:]]))}
    assert {"coverage", "payments"} <= broken(reading, [wrong, *launches[1:]]) == seen - APART
