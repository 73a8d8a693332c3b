"""Stages: what each goal reached and kept, over the program that levels and tolerances extended."""

from fractions import Fraction

import pytest

from allocator.check import verify
from allocator.engines import engine_named
from allocator.goals.goal import Tolerance
from allocator.solve.allocate import allocate, decide
from scenarios.checks import findings
from scenarios.document import Goal, GoalKind, Scenario
from tests.allocator.campaign_draw import drawn
from tests.allocator.rules.tiny import COST, budgets, eligibility, limited, operation, partners, rule, scenario, wanted

EFFORT = Goal(kind=GoalKind.EQUAL_EFFORT)


def effort_after_cost(*goals: Goal) -> Scenario:
    ceiling = rule("rate_ceiling", partner="REG", rate=Fraction(1, 10), base="cost")
    return scenario(
        goals=goals, operations=(operation(divisible=True),), rules=(ceiling,),
        eligibilities=(eligibility("REG"), eligibility("DEP")),
        partners=partners(REG={"capacity": 100}, DEP={"capacity": 200}, COM={"capacity": 300}),
    )  # fmt: skip


@pytest.mark.parametrize("engine", ["highs", "ortools", "pulp"])
def test_the_levels_of_a_goal_of_equality_are_plain_stages(engine: str) -> None:
    plan = decide(effort_after_cost(COST, EFFORT), engine_named(engine)).plan
    first, *levels = plan.stages
    assert (first.goal, first.level, first.value, first.unit) == (0, 0, 1200, 1)
    assert [(stage.goal, stage.level, stage.value / stage.unit) for stage in levels] == [
        (1, 1, Fraction(6, 5)), (1, 2, Fraction(54, 25)),
    ]  # fmt: skip
    names = plan.program.column_ids()
    assert names[-2:] == ["level|equal_effort|1", "level|equal_effort|2"]
    assert [name for name in plan.program.row_ids() if name.startswith("equal_effort")] == [
        "equal_effort|COM|1", "equal_effort|DEP|1", "equal_effort|REG|1", "equal_effort|COM|2", "equal_effort|DEP|2",
    ]  # fmt: skip
    for stage in plan.stages:
        assert stage.best == stage.kept == stage.value == stage.objective.value(plan.values)
    assert plan.program.broken_rows(plan.values) == []


def limited_cost(tolerance: dict[str, object], *, divisible: bool = True) -> Scenario:
    """Make an owner choose between A, for 1 200 cents, and B, for 1 000 cents and more points."""
    return scenario(
        goals=(Goal(kind=GoalKind.FUNDED_COST, **tolerance), Goal(kind=GoalKind.PRIORITY_VALUE)),
        operations=(
            operation("A", divisible=divisible, value=1),
            operation("B", divisible=divisible, cost_excl_vat=1000, value=50),
        ),
        eligibilities=(), partners=limited("COM"), budgets=budgets("COM", amounts=(1100, 100, 1000)),
        references=wanted("A", COM=1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("tolerance", "kept"),
    [
        ({}, 1100),
        ({"tolerance_amount": 0}, 1100),
        ({"tolerance_amount": 100}, 1000),
        ({"tolerance_rate": Fraction(1, 3)}, 734),
        ({"tolerance_rate": Fraction(0)}, 1100),
    ],
)
def test_a_tolerance_is_kept_in_whole_units_and_never_exceeded(tolerance: dict[str, object], kept: int) -> None:
    document = limited_cost(tolerance)
    assert findings(document) == []
    plan = decide(document, engine_named("highs")).plan
    assert plan.stages[0].best == 1100
    assert plan.stages[0].kept == kept
    assert plan.stages[0].value >= kept


def test_what_a_tolerance_gives_up_serves_the_next_goal() -> None:
    """Closeness asks for nothing: a quarter of the cost may be given up for it."""
    goals = Goal(kind=GoalKind.FUNDED_COST, tolerance_rate=Fraction(1, 4)), Goal(kind=GoalKind.REFERENCE_CLOSENESS)
    document = scenario(goals=goals, operations=(operation(divisible=True),), references=wanted(REG=1200))
    dear = document.model_copy(update={"eligibilities": (), "references": wanted(COM=0)})
    decision = decide(dear, engine_named("highs"))
    assert decision.plan.stages[0].best == 1200
    assert decision.plan.stages[0].value == 900
    reached = decision.allocation.goals[0]
    assert (reached.value, reached.best) == (900, 1200)


@pytest.mark.parametrize("engine", ["highs", "ortools", "pulp"])
def test_a_distance_that_a_tolerance_leaves_room_to_is_still_measured(engine: str) -> None:
    """REG may bring 100 at most: however the tie-break shares, the distance stays far below the 1 000 admitted."""
    loose = Goal(kind=GoalKind.REFERENCE_CLOSENESS, tolerance_amount=1000)
    document = effort_after_cost(COST, loose).model_copy(
        update={
            "references": wanted(COM=1200),
            "rules": (rule("amount_ceiling", partner="REG", amount=100), rule("amount_ceiling", code="D", partner="DEP",
                amount=0)),
        }
    )  # fmt: skip
    assert findings(document) == []
    decision = decide(document, engine_named(engine))
    given = {line.partner: line.amount for line in decision.allocation.commitments}
    assert given.get("REG", 0) in (0, 100)
    goal = decision.allocation.goals[1]
    assert (goal.value, goal.best) == (2 * given.get("REG", 0), 0)


@pytest.mark.parametrize("engine", ["highs", "ortools", "pulp"])
@pytest.mark.parametrize("seed", [5073, 5148, 5295])
def test_draws_whose_last_distance_has_room_are_settled(seed: int, engine: str) -> None:
    """Refused before with « the tie-break does not settle the plan », by every engine."""
    allocation = allocate(drawn(seed), engine)
    assert verify(drawn(seed), allocation) == ()
    assert allocation.tie_break == "1.0"


def test_a_tolerance_on_equality_is_a_tolerance_for_every_member() -> None:
    """Without it REG, DEP and COM bring 120, 432 and 648; a quarter less of each rate, the rest follows the key."""
    loose = Goal(kind=GoalKind.EQUAL_EFFORT, tolerance_rate=Fraction(1, 4))
    document = effort_after_cost(COST, loose, Goal(kind=GoalKind.REFERENCE_CLOSENESS))
    document = document.model_copy(update={"references": wanted(COM=1200)})
    decision = decide(document, engine_named("highs"))
    rates = {line.member: line.rate for line in decision.allocation.goals[1].settled}
    assert rates == {
        "REG": Fraction(9, 10), "DEP": Fraction(81, 50), "COM": Fraction(1200 - 90 - 324, 300),
    }  # fmt: skip
    assert decision.allocation.goals[1].best == Fraction(6, 5)
    assert decision.allocation.goals[1].value == Fraction(9, 10)


@pytest.mark.parametrize("engine", ["highs", "ortools", "pulp"])
def test_a_tolerance_over_whole_operations_is_counted_once(engine: str) -> None:
    """1 200 can be funded (A); a sixth less is admitted: B is worth more, and C costs too little."""
    tolerant = scenario(
        goals=(Goal(kind=GoalKind.FUNDED_COST, tolerance_rate=Fraction(1, 6)), Goal(kind=GoalKind.PRIORITY_VALUE)),
        operations=(operation("A", value=1), operation("B", cost_excl_vat=1000, value=5), operation("C", value=9,
            cost_excl_vat=999)),
        eligibilities=(), partners=limited("COM"), budgets=budgets("COM", amounts=(1200, 0, 0)),
    )  # fmt: skip
    decision = decide(tolerant, engine_named(engine))
    assert [line.operation for line in decision.allocation.launches] == ["B"]
    stage = decision.plan.stages[0]
    assert (stage.best, stage.kept, stage.value) == (1200, 1000, 1000)


@pytest.mark.parametrize(
    ("best", "maximise", "kept"),
    [
        (Fraction(100), True, 90),
        (Fraction(101), True, 91),
        (Fraction(100), False, 110),
        (Fraction(101), False, 111),
        (Fraction(0), False, 0),
    ],
)
def test_what_is_kept_is_rounded_against_the_loss(best: Fraction, maximise: bool, kept: int) -> None:
    assert Tolerance(Fraction(1, 10), 0).kept(best, maximise=maximise) == kept


@pytest.mark.parametrize(
    ("best", "loss", "highest", "lowest"),
    [
        (Fraction(21, 2), Fraction(49, 1000), Fraction(21, 2), Fraction(21, 2)),
        (Fraction(21, 2), Fraction(1, 2), 10, 11),
        (Fraction(21, 2), Fraction(51, 100), 10, 11),
        (Fraction(21, 2), Fraction(49, 100), Fraction("10.1"), Fraction("10.9")),
        (Fraction(1, 3), Fraction(1, 10**6), Fraction("0.333333"), Fraction("0.333334")),
        (Fraction(10), Fraction(1, 10), 10, 10),
        (Fraction(1, 3), Fraction(0), Fraction(1, 3), Fraction(1, 3)),
    ],
)
def test_what_is_kept_is_never_beyond_the_best(best: Fraction, loss: Fraction, highest: int, lowest: int) -> None:
    """A whole number where one lies within the loss (just at it, just above), decimals where none does (just below)."""
    tolerance = Tolerance(loss / best, 0)
    assert tolerance.kept(best, maximise=True) == highest
    assert tolerance.kept(best, maximise=False) == lowest
    assert best - loss <= highest <= best <= lowest <= best + loss


@pytest.mark.parametrize("engine", ["highs", "ortools", "pulp"])
@pytest.mark.parametrize(
    ("rate", "kept"),
    [(Fraction(1, 32), Fraction(31, 10)), (Fraction(1, 16), 3), (Fraction(1, 15), 3), (Fraction(0), Fraction(16, 5))],
)
def test_a_loss_of_less_than_a_point_leaves_a_plan(engine: str, rate: Fraction, kept: Fraction) -> None:
    """16/5 points at best: a loss of a tenth, of a fifth exactly, and of a little more, may not ask for four points."""
    document = scenario(
        goals=(Goal(kind=GoalKind.PRIORITY_VALUE, tolerance_rate=rate), Goal(kind=GoalKind.REFERENCE_CLOSENESS)),
        operations=(operation(divisible=True, value=4),),
        eligibilities=(), partners=limited("COM"), budgets=budgets("COM", amounts=(960, 0, 0)),
        references=wanted(COM=0),
    )  # fmt: skip
    stage = decide(document, engine_named(engine)).plan.stages[0]
    assert (stage.best, stage.kept, stage.value) == (Fraction(16, 5), kept, kept)


@pytest.mark.parametrize(
    "goal",
    [
        Goal(kind=GoalKind.FUNDED_COST, tolerance_rate=Fraction(1, 2), tolerance_amount=1),
        Goal(kind=GoalKind.PRIORITY_VALUE, tolerance_amount=1),
        Goal(kind=GoalKind.FUNDED_COST, partners=("REG",)),
        Goal(kind=GoalKind.EQUAL_EFFORT, tolerance_rate=Fraction(1, 2)),
    ],
)
def test_fields_that_do_not_fit_a_goal_are_refused(goal: Goal) -> None:
    """The operation of this scenario is not divisible."""
    (finding,) = findings(scenario(goals=(goal,)))
    assert finding.table == "goals"
    assert finding.found
