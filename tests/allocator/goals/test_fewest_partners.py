"""Fewest agreements: partners are counted in whole, owners apart."""

import pytest

from allocator.compilation import compile_scenario
from allocator.engines import engine_named
from allocator.solve.allocate import decide
from scenarios.checks import findings
from scenarios.document import Goal, GoalKind, Scenario
from tests.allocator.rules.tiny import COST, budgets, checked_allocation, eligibility, limited, operation, scenario

FEWEST = Goal(kind=GoalKind.FEWEST_PARTNERS)


def helped(reg: int, dep: int, com: int) -> Scenario:
    """OP costs 1 200; REG, DEP and the owner have these budgets in 2026."""
    return scenario(
        goals=(COST, FEWEST), operations=(operation(divisible=True),), partners=limited("REG", "DEP", "COM"),
        eligibilities=(eligibility("REG"), eligibility("DEP")),
        budgets=[
            line for holder, cents in (("REG", reg), ("DEP", dep), ("COM", com))
            for line in budgets(holder, amounts=(cents, 0, 0))
        ],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("reg", "dep", "com", "count"),
    [(1200, 1200, 1200, 0), (1200, 1200, 1199, 1), (600, 600, 600, 1), (600, 600, 599, 2), (10, 10, 10, 2)],
)
def test_partners_besides_the_owner_are_counted(reg: int, dep: int, com: int, count: int) -> None:
    document = helped(reg, dep, com)
    allocation = checked_allocation(document)
    assert allocation.goals[1].value == count
    assert len({line.partner for line in allocation.commitments} - {"COM"}) == count


@pytest.mark.parametrize("engine", ["ortools", "pulp"])
def test_other_engines_choose_the_same_partner(engine: str) -> None:
    document = helped(600, 600, 600)
    expected = checked_allocation(document).commitments
    assert decide(document, engine_named(engine)).allocation.commitments == expected


def test_half_of_the_money_asks_for_a_whole_agreement() -> None:
    """The relaxed program counts half an agreement; the search over whole decisions proves that one is needed."""
    document = helped(600, 600, 600)
    alone = document.model_copy(
        update={"goals": (FEWEST, COST), "operations": (operation(divisible=True, mandatory=True),)}
    )
    reached = checked_allocation(alone).goals[0]
    assert reached.value == reached.proven == 1
    assert compile_scenario(alone).program.integer.any()


def test_a_tolerance_is_refused() -> None:
    (finding,) = findings(scenario(goals=(Goal(kind=GoalKind.FEWEST_PARTNERS, tolerance_rate="0.1"),)))
    assert (finding.table, finding.column) == ("goals", "tolerance_rate")
