"""Textbook examples of max-min fairness, as scenarios: the goals of equality find the published rates.

A flow through a network is a territory whose only operation may be funded in part; a link is an envelope on what goes
to the territories of the flows that use it. A source that asks for a part of one resource is a partner with a maximal
amount, its weight its capacity, and the resource is the operation they fund together.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.divisions import equal_awards
from allocator.solve.allocate import allocate
from scenarios.document import Commune, Envelope, Goal, GoalKind, Lock, LockSense, Scenario
from tests.allocator.rules import tiny

UNIT = 6_000_000
"""Cents that stand for a capacity of one: every published rate is a whole number of cents."""


def network(paths: Mapping[str, Sequence[str]]) -> Scenario:
    """Write a network whose links have a capacity of one, from the links each flow goes through."""
    links = sorted({link for path in paths.values() for link in path})
    return tiny.scenario(
        goals=(Goal(kind=GoalKind.EQUAL_COVERAGE),),
        communes=tuple(Commune(code=flow, label=flow, territory=flow) for flow in paths),
        operations=tuple(
            tiny.operation(flow, commune=flow, divisible=True, cost_excl_vat=UNIT) for flow in paths
        ),
        eligibilities=(),
        envelopes=tuple(
            Envelope(
                code=link, label=link, partners=("COM",), amount=UNIT,
                territories=tuple(flow for flow, path in paths.items() if link in path),
            )
            for link in links
        ),
    )  # fmt: skip


def rates(paths: Mapping[str, Sequence[str]]) -> dict[str, Fraction]:
    reached = tiny.checked_allocation(network(paths)).goals[0]
    assert [line.rate for line in reached.settled] == sorted(line.rate for line in reached.settled)
    return {line.member: line.rate for line in reached.settled}


def test_the_five_sessions_of_bertsekas_and_gallager() -> None:
    """D. Bertsekas and R. Gallager, Data Networks (1992), section 6.5.2: the example of five sessions."""
    paths = {"F1": ("AC", "CE"), "F2": ("BC",), "F3": ("BC",), "F4": ("DE",), "F5": ("BC", "CE")}
    third = Fraction(1, 3)
    assert rates(paths) == {"F1": 2 * third, "F2": third, "F3": third, "F4": Fraction(1), "F5": third}


def test_the_parking_lot() -> None:
    """One long flow meets a short one on each link (Bertsekas and Gallager, section 6.5.2): one half to all."""
    paths = {"LONG": ("L1", "L2", "L3"), "S1": ("L1",), "S2": ("L2",), "S3": ("L3",)}
    assert rates(paths) == dict.fromkeys(paths, Fraction(1, 2))


def resource(size: int, demands: Mapping[str, int], weights: Mapping[str, int]) -> Scenario:
    """Write one resource asked for by several sources, in cents; its owner brings nothing."""
    sources: dict[str, dict[str, Any]] = {name: {"capacity": weights[name]} for name in demands}
    return tiny.scenario(
        goals=(tiny.COST, Goal(kind=GoalKind.EQUAL_EFFORT, partners=tuple(demands))),
        operations=(tiny.operation(divisible=True, cost_excl_vat=size),),
        partners=tiny.partners(**sources),
        eligibilities=tuple(tiny.eligibility(name) for name in demands),
        rules=tuple(
            tiny.rule("amount_ceiling", code=f"R-{name}", partner=name, amount=amount)
            for name, amount in demands.items()
        ),
        locks=(
            Lock(operation="OP", partner="COM", sense=LockSense.AT_MOST, amount=0, author="Exemple", reason="Exemple"),
        ),
    )  # fmt: skip


def shares(size: int, demands: Mapping[str, int], weights: Mapping[str, int]) -> dict[str, int]:
    lines = tiny.checked_allocation(resource(size, demands, weights)).commitments
    return {line.partner: line.amount for line in lines}


def test_four_sources_of_the_same_right() -> None:
    """S. Keshav, An Engineering Approach to Computer Networking (1997), pages 215-217, example 1: 2, 2.6, 2.7, 2.7."""
    demands = {"ANRU": 2000, "DEP": 2600, "LAND": 4000, "REG": 5000}
    expected = {"ANRU": 2000, "DEP": 2600, "LAND": 2700, "REG": 2700}
    assert shares(10_000, demands, dict.fromkeys(demands, 1000)) == expected
    claims = {name: Fraction(demand) for name, demand in demands.items()}
    assert equal_awards.divide(claims, Fraction(10_000)) == expected


def test_four_sources_of_unequal_weights() -> None:
    """The same, example 2: demands 4, 2, 10, 4 of weights 2.5, 4, 0.5, 1 on 16 receive 4, 2, 6, 4."""
    demands = {"ANRU": 4000, "DEP": 2000, "LAND": 10_000, "REG": 4000}
    weights = {"ANRU": 2500, "DEP": 4000, "LAND": 500, "REG": 1000}
    assert shares(16_000, demands, weights) == {"ANRU": 4000, "DEP": 2000, "LAND": 6000, "REG": 4000}


@settings(max_examples=25, deadline=None)
@given(demands=st.lists(st.integers(1, 40), min_size=4, max_size=4), part=st.integers(1, 24))
def test_equal_effort_of_equal_capacities_is_constrained_equal_awards(demands: list[int], part: int) -> None:
    """Leximin of equal capacities under individual ceilings and the classical division: two ways, the same cents."""
    claims = dict(zip(("ANRU", "DEP", "LAND", "REG"), (12 * demand for demand in demands), strict=True))
    estate = sum(claims.values()) * part // 24
    expected = equal_awards.divide({name: Fraction(claim) for name, claim in claims.items()}, Fraction(estate))
    reached = allocate(resource(estate, claims, dict.fromkeys(claims, 100))).goals[1]
    assert {line.member: line.rate * 100 for line in reached.settled} == expected
