"""Payments before the year of completion, 2027 for what starts in 2026, stay under a rate of the commitment."""

from typing import Any

import pytest

from allocator.allocation import Allocation
from scenarios.document import ProfileShare, Scenario

from .builder import PARTNERS, cells, conforms, only, operation, partner, plain, plan, plan_line, rule, scenario

LONG = tuple(ProfileShare(profile="LONG", offset=t, share="1/4" if t else "1/2") for t in range(3))


def document(**tables: Any) -> Scenario:
    """Pay OP in 2026, 2027 and 2028, the year it is completed."""
    others = tuple(line for line in PARTNERS if line.code != "VILLE")
    fields = {
        "partners": (*others, partner("VILLE", "commune", payments="free")),
        "profiles": LONG,
        "operations": (operation(profile="LONG"),),
        "rules": (rule("instalment_ceiling", partner="VILLE", rate="7/10"),),
    }
    return scenario(**{**fields, **tables})


def paying(scenario: Scenario, first: int, second: int, last: int = 2028) -> Allocation:
    payments = {
        ("OP", "VILLE", 2026, 2026): first, ("OP", "VILLE", 2026, 2027): second,
        ("OP", "VILLE", 2026, last): 100_000 - first - second,
    }  # fmt: skip
    return plan(scenario, cells(VILLE=100_000), payments=payments)


@pytest.mark.parametrize(("second", "kept"), [(29_999, True), (30_000, True), (30_001, False)])
def test_below_at_and_above_the_ceiling(second: int, kept: bool) -> None:
    assert conforms(document(), paying(document(), 40_000, second)) is kept
    assert conforms(document(), paying(document(), 40_000, second, last=2029)) is kept


def test_the_sentence() -> None:
    violation = only(document(), paying(document(), 40_000, 30_001))
    assert (violation.family, violation.subject) == ("instalment_ceiling", ("R1", "OP", "VILLE", "2026"))
    assert (violation.found, violation.limit) == (70_001, 70_000)
    assert plain(violation.sentence) == (
        "Règle R1 : VILLE paie 700,01 € de l'opération OP lancée en 2026 avant 2028, année de son achèvement, au lieu "
        "de 700 € au plus (70 % de son engagement)."
    )


def test_a_fixed_plan_is_not_concerned_here() -> None:
    """What a plan pays too early is refused when the scenario is read."""
    planned = document(operations=(operation(profile=None),), plans=(plan_line("VILLE", 2026, 100_000),))
    assert conforms(planned, plan(planned, cells(VILLE=100_000)))
