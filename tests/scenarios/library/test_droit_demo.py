"""The scenario of 2017 under the law of its day, and of two years later: by hand, to the cent."""

from datetime import date

import pytest

from allocator.solve.allocate import allocate
from scenarios.document import Scenario
from scenarios.formats import read
from scenarios.library import find
from scenarios.rulebooks import in_force, listing

IN_2017 = {
    "COPRO": {"ANAH": 55_000_000, "VILLE": 33_000_000, "SYNDICAT": 22_000_000},  # aids at 80 % of 1.1 M with VAT
    "CRECHE": {"ETAT": 30_000_000, "REGION": 30_000_000},  # decided after the decree of 2018
    "ECOLE": {"ETAT": 120_000_000, "VILLE": 80_000_000},  # aids at 80 % of 1.5 M eligible, of 2 M of cost
    "MEDIA": {"ETAT": 30_000_000, "REGION": 50_000_000, "VILLE": 20_000_000},  # in the NPNRU, but 80 % of aids
    "PLACE": {"REGION": 32_000_000, "VILLE": 8_000_000},  # no State: the own share alone
    "SALLE": {"DETR": 20_000_000, "DEPT": 20_000_000, "BOURG": 10_000_000},  # 80 % with the DETR
}
IN_2019 = {
    **IN_2017,
    "ECOLE": {"ETAT": 150_000_000, "VILLE": 50_000_000},  # aids at 100 % of 1.5 M eligible
    "MEDIA": {"ETAT": 50_000_000, "REGION": 50_000_000},
}


@pytest.fixture(scope="module")
def document() -> Scenario:
    return read(find("droit-demo"))


def brought(document: Scenario) -> dict[str, dict[str, int]]:
    plan = allocate(in_force(document))
    found: dict[str, dict[str, int]] = {operation.code: {} for operation in document.operations}
    for line in plan.commitments:
        if line.amount:
            found[line.operation][line.partner] = line.amount
    return found


@pytest.mark.parametrize(("day", "plan"), [(date(2017, 6, 1), IN_2017), (date(2019, 6, 1), IN_2019)], ids=str)
def test_the_plan_is_the_one_the_law_of_its_day_gives_by_hand(
    document: Scenario, day: date, plan: dict[str, dict[str, int]]
) -> None:
    assert brought(document.model_copy(update={"reference_date": day})) == plan


@pytest.mark.parametrize(
    ("day", "both"), [(date(2018, 9, 30), True), (date(2018, 10, 1), False)], ids=["last day", "first day"]
)
def test_the_last_day_of_the_decree_of_1999(document: Scenario, day: date, both: bool) -> None:
    codes = {line.rule: line.operations for line in listing(document.model_copy(update={"reference_date": day}))}
    assert ("STATE-CAP-1999" in codes) is both
    assert codes["STATE-CAP-2018"] == (("CRECHE",) if both else ("CRECHE", "ECOLE", "MEDIA"))


def test_every_amount_says_that_it_is_illustrative(document: Scenario) -> None:
    lines = [*document.operations, *document.partners, *document.references, *document.eligibilities]
    assert all("illustratif" in line.provenance for line in lines)
    assert all("illustratif" in line.reason for line in document.locks)
