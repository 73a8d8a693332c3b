"""Payments of the start year stay under a rate of the commitment."""

from typing import Any

import pytest

from allocator.allocation import Allocation
from scenarios.document import ProfileShare, Scenario

from .builder import PARTNERS, cells, conforms, derogation, only, operation, partner, plain, plan, rule, scenario


def document(rate: str = "1/4", **tables: Any) -> Scenario:
    others = tuple(line for line in PARTNERS if line.code != "ANRU")
    fields = {
        "partners": (*others, partner("ANRU", "anru", payments="free")),
        "rules": (rule("advance_ceiling", partner="ANRU", rate=rate),),
    }
    return scenario(**{**fields, **tables})


def paying(scenario: Scenario, first: int, whole: int = 90_000) -> Allocation:
    payments = {
        ("OP", "ANRU", 2026, 2026): first, ("OP", "ANRU", 2026, 2027): whole - first,
        ("OP", "VILLE", 2026, 2026): (100_000 - whole) // 3,
        ("OP", "VILLE", 2026, 2027): 100_000 - whole - (100_000 - whole) // 3,
    }  # fmt: skip
    return plan(scenario, cells(ANRU=whole, VILLE=100_000 - whole), payments=payments)


@pytest.mark.parametrize(("first", "kept"), [(22_499, True), (22_500, True), (22_501, False)])
def test_below_at_and_above_the_ceiling(first: int, kept: bool) -> None:
    assert conforms(document(), paying(document(), first)) is kept


def test_the_sentence() -> None:
    violation = only(document(), paying(document(), 22_501))
    assert (violation.family, violation.subject) == ("advance_ceiling", ("R1", "OP", "ANRU", "2026"))
    assert (violation.found, violation.limit) == (22_501, 22_500)
    assert plain(violation.sentence) == (
        "Règle R1 : ANRU paie 225,01 € en 2026, année de lancement de OP, au lieu de 225 € au plus (25 % de son "
        "engagement)."
    )


@pytest.mark.parametrize(("first", "kept"), [(25, True), (26, False)])
def test_a_ceiling_between_two_cents(first: int, kept: bool) -> None:
    # A quarter of 103 cents: 25.75 cents.
    assert conforms(document(), paying(document(), first, 103)) is kept


def test_a_derogation_lifts_it() -> None:
    lifted = document(derogations=(derogation(operation="OP"),))
    assert conforms(lifted, paying(lifted, 90_000))


def test_an_operation_completed_in_its_start_year_has_no_advance() -> None:
    profiles = (ProfileShare(profile="UNE", offset=0, share="1"),)
    once = document("0", operations=(operation(profile="UNE"),), profiles=profiles)
    payments = {("OP", "ANRU", 2026, 2026): 90_000, ("OP", "VILLE", 2026, 2026): 10_000}
    assert conforms(once, plan(once, cells(ANRU=90_000, VILLE=10_000), payments=payments))
