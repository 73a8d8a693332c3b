"""Plans compared to the cent: a case by hand, and differences that balance between any two plans."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest

from allocator.allocation import Allocation, Commitment, EngineRecord, GoalReached, Launch, Payment, Settled
from allocator.comparison.change import Change
from allocator.comparison.plans import (
    CurrencyMismatchError,
    GoalChange,
    MemberChange,
    PlanChanges,
    StartChange,
    compare_plans,
    project_part,
    side_by_side,
)
from allocator.solve.allocate import allocate
from allocator.solve.infeasible import InfeasibleScenarioError, NoWholeCentsError
from scenarios import library
from scenarios.document import GoalKind, Scenario
from scenarios.formats import read
from tests.allocator.messy import messy
from tests.allocator.rules import tiny

Amounts = dict[tuple[str, str, int], int]


def plan(commitments: Amounts, payments: Amounts, value: int) -> Allocation:
    funded: dict[tuple[str, int], int] = {}
    for (operation, _partner, start), amount in commitments.items():
        funded[operation, start] = funded.get((operation, start), 0) + amount
    return Allocation(
        "essai", "", tuple(Launch(*key, amount) for key, amount in funded.items()),
        tuple(Commitment(*key, amount) for key, amount in commitments.items()),
        tuple(Payment(code, partner, 2026, year, amount) for (code, partner, year), amount in payments.items()),
        (GoalReached(GoalKind.PRIORITY_VALUE, Fraction(value), None),), "1.0", unique=True,
        engine=EngineRecord("main", "1"),
    )  # fmt: skip


BEFORE = plan(
    {("A", "COM", 2026): 700, ("A", "REG", 2026): 500, ("B", "COM", 2026): 300},
    {("A", "COM", 2026): 700, ("A", "REG", 2027): 500, ("B", "COM", 2026): 300}, 10,
)  # fmt: skip
AFTER = plan(
    {("A", "COM", 2027): 600, ("A", "REG", 2027): 600, ("C", "DEP", 2026): 50},
    {("A", "COM", 2027): 600, ("A", "REG", 2028): 600, ("C", "DEP", 2026): 50}, 11,
)  # fmt: skip


def scenarios() -> tuple[Scenario, Scenario]:
    """B is in the second commune, and has left the second scenario, where C is new."""
    one = tiny.scenario(
        operations=(tiny.operation("A", latest_start=2027), tiny.operation("B", commune="C2", cost_excl_vat=300))
    )
    other = tiny.scenario(operations=(tiny.operation("A", latest_start=2027), tiny.operation("C", cost_excl_vat=50)))
    return one, other


@pytest.fixture
def found() -> PlanChanges:
    one, other = scenarios()
    return compare_plans((one, BEFORE), (other, AFTER))


def test_who_gains_and_who_loses(found: PlanChanges) -> None:
    assert [(line.code, line.funded, line.own, line.gain) for line in found.operations] == [
        ("A", Change(1200, 1200), Change(700, 600), 100),
        ("B", Change(300, 0), Change(300, 0), -300),
        ("C", Change(0, 50), Change(0, 0), 50),
    ]
    assert [(line.code, line.committed, line.own, line.gain) for line in found.partners] == [
        ("COM", Change(1000, 600), Change(1000, 600), 400),
        ("DEP", Change(0, 50), Change(), -50),
        ("REG", Change(500, 600), Change(), -100),
    ]
    assert [(line.code, line.label, line.funded.difference) for line in found.communes] == [
        ("C1", "C1", 50), ("C2", "C2", -300),
    ]  # fmt: skip
    assert [(line.code, line.aid) for line in found.territories] == [("NORD", Change(500, 650)), ("SUD", Change())]
    assert [line.code for line in found.projects] == ["PRJ"]


def test_lines_of_an_amendment(found: PlanChanges) -> None:
    lines = {(line.operation, line.partner, line.year): (line.committed, line.paid) for line in found.lines}
    assert lines == {
        ("A", "COM", 2026): (Change(700, 0), Change(700, 0)),
        ("A", "COM", 2027): (Change(0, 600), Change(0, 600)),
        ("A", "REG", 2026): (Change(500, 0), Change()),
        ("A", "REG", 2027): (Change(0, 600), Change(500, 0)),
        ("A", "REG", 2028): (Change(), Change(0, 600)),
        ("B", "COM", 2026): (Change(300, 0), Change(300, 0)),
        ("C", "DEP", 2026): (Change(0, 50), Change(0, 50)),
    }
    assert [(line.year, line.committed, line.paid) for line in found.years] == [
        (2026, Change(1500, 50), Change(1000, 50)),
        (2027, Change(0, 1200), Change(500, 600)),
        (2028, Change(), Change(0, 600)),
    ]
    assert found.starts == (
        StartChange("A", (2026,), (2027,)), StartChange("B", (2026,), ()), StartChange("C", (), (2026,)),
    )  # fmt: skip
    assert found.goals == (GoalChange(GoalKind.PRIORITY_VALUE, Fraction(10), Fraction(11)),)


def test_members_of_a_goal_of_equality_whose_rate_changes() -> None:
    """The worst rate is the same on both sides; B does better, C is new."""
    one, _other = scenarios()

    def equal(**rates: int) -> Allocation:
        settled = tuple(Settled(code, Fraction(1, rate)) for code, rate in rates.items())
        return replace(BEFORE, goals=(GoalReached(GoalKind.EQUAL_COVERAGE, Fraction(1, 4), None, settled=settled),))

    (goal,) = compare_plans((one, equal(A=4, B=3)), (one, equal(A=4, B=2, C=1))).goals
    assert (goal.before, goal.after) == (Fraction(1, 4), Fraction(1, 4))
    assert goal.members == (
        MemberChange("B", Fraction(1, 3), Fraction(1, 2)), MemberChange("C", None, Fraction(1)),
    )  # fmt: skip
    assert compare_plans((one, equal(A=4)), (one, equal(A=4))).goals == ()


def test_lines_that_do_not_change_are_kept_for_an_amendment() -> None:
    one, _other = scenarios()
    assert [line.differs for line in side_by_side((one, BEFORE), (one, BEFORE)).lines] == [False] * 4
    assert compare_plans((one, BEFORE), (one, BEFORE)).empty


def test_an_owner_that_changes_is_read_on_each_side() -> None:
    one, _other = scenarios()
    operations = (one.operations[0].model_copy(update={"owner": "REG"}), one.operations[1])
    found = compare_plans((one, BEFORE), (one.model_copy(update={"operations": operations}), BEFORE))
    (line,) = found.operations
    assert (line.code, line.funded.difference, line.own, line.aid) == ("A", 0, Change(700, 500), Change(500, 700))


def test_an_operation_that_moves_to_another_commune() -> None:
    one, _other = scenarios()
    operations = (one.operations[0], one.operations[1].model_copy(update={"commune": "C1"}))
    found = compare_plans((one, BEFORE), (one.model_copy(update={"operations": operations}), BEFORE))
    assert [(line.code, line.funded.difference) for line in found.communes] == [("C1", 300), ("C2", -300)]
    assert found.operations == found.partners == ()


def test_one_project_apart() -> None:
    one, _other = scenarios()
    operations = (one.operations[0], one.operations[1].model_copy(update={"project": "PRJ2"}))
    scenario, part = project_part(one.model_copy(update={"operations": operations}), BEFORE, "PRJ2")
    assert [operation.code for operation in scenario.operations] == ["B"]
    assert (part.launches, part.commitments) == ((Launch("B", 2026, 300),), (Commitment("B", "COM", 2026, 300),))
    assert part.payments == (Payment("B", "COM", 2026, 2026, 300),)


def test_two_currencies_are_refused() -> None:
    one, _other = scenarios()
    with pytest.raises(CurrencyMismatchError, match="EUR and CHF"):
        compare_plans((one, BEFORE), (one.model_copy(update={"currency": "CHF"}), BEFORE))


def balanced(found: PlanChanges, before: Allocation, after: Allocation) -> None:
    sums = [sum(line.amount for line in side.commitments) for side in (before, after)]
    paid = [sum(line.amount for line in side.payments) for side in (before, after)]
    assert [found.total.funded.before, found.total.funded.after] == sums
    difference = sums[1] - sums[0]
    for lines in (found.operations, found.communes, found.territories, found.projects):
        assert sum(line.funded.difference for line in lines) == difference
        assert sum(line.own.difference for line in lines) == found.total.own.difference
        assert sum(line.aid.difference for line in lines) == found.total.aid.difference
    for flows in (found.years, found.lines):
        assert sum(line.committed.difference for line in flows) == difference
        assert sum(line.paid.difference for line in flows) == paid[1] - paid[0]
    assert sum(line.committed.difference for line in found.partners) == difference
    assert sum(line.own.difference for line in found.partners) == found.total.own.difference
    assert sum(cell.committed.difference for cell in found.cells) == difference


def solved(seed: int) -> tuple[Scenario, Allocation] | None:
    scenario = messy(seed)
    try:
        return scenario, allocate(scenario)
    except (InfeasibleScenarioError, NoWholeCentsError):
        return None


def test_any_two_plans_balance_and_turn_round() -> None:
    plans = [side for side in map(solved, range(8)) if side is not None]
    assert len(plans) >= 3
    for one, other in product(plans, plans):
        there, back = compare_plans(one, other), compare_plans(other, one)
        balanced(there, one[1], other[1])
        assert [-cell.committed.difference for cell in there.cells] == [
            cell.committed.difference for cell in back.cells
        ]
        assert there.empty == (one[1].commitments == other[1].commitments)


def test_adding_the_lines_to_the_first_plan_gives_the_second() -> None:
    """An amendment applied to an agreement gives the amended agreement, payments included."""
    scenario = read(library.find("tutoriel"))
    richer = scenario.model_copy(
        update={
            "budgets": tuple(
                line.model_copy(update={"commitment": (line.commitment or 0) * 2}) for line in scenario.budgets
            )
        }
    )
    one, other = allocate(scenario), allocate(richer)
    paid: Amounts = {}
    for line in one.payments:
        key = line.operation, line.partner, line.year
        paid[key] = paid.get(key, 0) + line.amount
    for change in compare_plans((scenario, one), (richer, other)).lines:
        key = change.operation, change.partner, change.year
        paid[key] = paid.get(key, 0) + change.paid.difference
    expected: Amounts = {}
    for line in other.payments:
        key = line.operation, line.partner, line.year
        expected[key] = expected.get(key, 0) + line.amount
    assert {key: amount for key, amount in paid.items() if amount} == expected
