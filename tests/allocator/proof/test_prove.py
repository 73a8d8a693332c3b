"""Proofs of plans: gaps of zero, plans that get none, and what multipliers may never prove."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from allocator.compilation import Compilation, compile_scenario
from allocator.engines import engine_named
from allocator.engines.engine import EngineError
from allocator.program.frame import Frame
from allocator.program.program import Program
from allocator.program.scaling import scale
from allocator.proof.certify import Chain
from allocator.proof.claims import claims_of, rules_of
from allocator.proof.proof import Claim, Proof
from allocator.proof.prove import NotAPlanError, prove
from allocator.solve.elimination import Number
from allocator.solve.face import Face
from allocator.solve.ordered_goals import ExactPlan, NoPlanError, silent, solve_in_order
from scenarios.document import Goal, GoalKind, Presence, Scenario
from scenarios.synthetic import committee
from tests.allocator.messy import messy

FRAME = Frame(committee(2, partners=4, years=3))
ENGINES = "highs", "ortools", "pulp"


def program(rows: list[dict[int, int]], limits: list[int], upper: list[int], *, integer: bool = False) -> Program:
    """Return a bare program of ``<=`` rows."""
    width = len(upper)
    return Program(
        frame=FRAME,
        column_groups=(),
        row_groups=(),
        start=np.concatenate(([0], np.cumsum([len(row) for row in rows]))).astype(np.int64),
        column=np.array([column for row in rows for column in row], dtype=np.int64),
        coefficient=np.array([value for row in rows for value in row.values()], dtype=np.int64),
        limit=np.array(limits, dtype=np.int64),
        equality=np.zeros(len(rows), dtype=np.bool_),
        upper=np.array(upper, dtype=np.int64),
        scale=np.array(upper, dtype=np.int64),
        integer=np.full(width, integer),
    )


def claim(objective: dict[int, int], value: Fraction | int | None, *, maximise: bool = True) -> Claim:
    reached = None if value is None else Fraction(value)
    return Claim("goal" if value is not None else "tie_break", 0, maximise, dict(objective), reached, reached)


def solved(scenario: Scenario, engine: str = "highs") -> tuple[Compilation, ExactPlan]:
    compilation = compile_scenario(scenario)
    face, objectives = Face.whole(compilation.program), compilation.objectives
    scaled = scale(compilation.program)
    plan = solve_in_order(compilation, scaled, engine_named(engine), face, objectives=objectives, progress=silent)
    return compilation, plan


def proof_of(scenario: Scenario, engine: str = "highs") -> Proof:
    compilation, plan = solved(scenario, engine)
    return prove(rules_of(plan), claims_of(compilation.layout, plan), plan.values)


def is_tight(proof: Proof) -> bool:
    return all(bound.gap == 0 for bound in proof.bounds)


def test_hand_solved_program() -> None:
    # max 3x + 2y, x + y <= 4, x + 3y <= 7, 0 <= x, y <= 3: x = 3, y = 1; multipliers 2 on the first row, 1 on x <= 3.
    tiny = program([{0: 1, 1: 1}, {0: 1, 1: 3}], [4, 7], [3, 3])
    found = prove(tiny, [claim({0: 3, 1: 2}, 11), claim({0: 1}, None)], [3, 1])
    assert is_tight(found)
    assert found.bounds[0].rows == {0: 2}
    assert found.unique is not None


def test_former_stage_is_added_until_signs_are_right() -> None:
    # First x + y <= 4 is filled; then the least x, which only the first stage keeps from zero.
    tiny = program([{0: 1, 1: 1}], [4], [3, 3])
    claims = [claim({0: 1, 1: 1}, 4), claim({0: 5, 1: 1}, 8, maximise=False), claim({0: 1}, None)]
    found = prove(tiny, claims, [1, 3])
    assert is_tight(found)
    # Each cent less of y brings one more of x, five times dearer: the first stage counts for at least one.
    assert found.bounds[1].stages[0] >= 1
    assert found.unique is not None


def test_several_best_plans_are_not_said_to_be_one() -> None:
    tiny = program([{0: 1, 1: 1}], [4], [3, 3])
    found = prove(tiny, [claim({0: 1, 1: 1}, 4), claim({0: 1, 1: 1}, None)], [1, 3])
    assert is_tight(found)
    assert found.unique is None


def test_first_level_of_equality_by_hand() -> None:
    # level <= x, level <= y, x + 2y <= 6: the lowest is 2 at best, 1/3 of the row counting for each.
    tiny = program([{0: -1, 2: 1}, {1: -1, 2: 1}, {0: 1, 1: 2}], [0, 0, 6], [5, 5, 5])
    found = prove(tiny, [claim({2: 1}, 2), claim({0: 1}, None)], [2, 2, 2])
    assert is_tight(found)
    assert found.bounds[0].rows == {0: Fraction(1, 3), 1: Fraction(2, 3), 2: Fraction(1, 3)}


def test_whole_columns_leave_the_gap_of_their_relaxation() -> None:
    # 2x + 2y <= 3 in whole numbers: 1 is the best, 3/2 the bound.
    tiny = program([{0: 2, 1: 2}], [3], [1, 1], integer=True)
    found = prove(tiny, [claim({0: 1, 1: 1}, 1), claim({0: 2, 1: 1}, None)], [1, 0])
    assert found.bounds[0].gap == Fraction(1, 2)
    assert found.selection is not None
    assert [bound.gap for bound in found.selection] == [0, 0]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_s_plan_is_proven_exactly(engine: str) -> None:
    found = proof_of(committee(40, partners=8, years=5, seed=2), engine)
    assert is_tight(found)
    assert found.unique is not None


@pytest.mark.parametrize("operations", [200, 1000])
def test_no_gap_at_all_in_committees(operations: int) -> None:
    assert is_tight(proof_of(committee(operations, partners=12, years=6, seed=1)))


EQUALITY = (
    (GoalKind.EQUAL_EFFORT, GoalKind.FUNDED_COST),
    (GoalKind.FUNDED_COST, GoalKind.EQUAL_COVERAGE, GoalKind.EQUAL_EFFORT),
)


@pytest.mark.parametrize("kinds", EQUALITY)
@pytest.mark.parametrize("seed", range(3))
def test_every_level_of_equality_is_proven(kinds: tuple[GoalKind, ...], seed: int) -> None:
    found = proof_of(with_goals(committee(25, partners=7, years=4, seed=seed), *(Goal(kind=kind) for kind in kinds)))
    assert sum(claim.level > 0 for claim in found.claims) > len(kinds) - 1
    assert is_tight(found)
    assert found.unique is not None


@pytest.mark.parametrize("kind", [GoalKind.FUNDED_COST, GoalKind.EQUAL_EFFORT])
@pytest.mark.parametrize("seed", range(3))
def test_a_loss_that_is_tolerated_is_no_gap(kind: GoalKind, seed: int) -> None:
    goals = Goal(kind=kind, tolerance_rate=Fraction(1, 20)), Goal(kind=GoalKind.REFERENCE_CLOSENESS)
    found = proof_of(with_goals(committee(25, partners=7, years=4, seed=seed), *goals))
    for claim_, bound in zip(found.claims[:-1], found.bounds, strict=False):
        assert claim_.best is not None
        best = claim_.best if claim_.maximise else -claim_.best
        assert bound.gap == best - claim_.reached(found.values)
    assert found.bounds[-1].gap == 0
    assert found.unique is not None


def with_goals(scenario: Scenario, *goals: Goal) -> Scenario:
    """Return the scenario with other goals, and the capacities and population that goals of equality compare."""
    partners = tuple(line.model_copy(update={"capacity": 10**6 * (i + 2)}) for i, line in enumerate(scenario.partners))
    return scenario.model_copy(update={"goals": goals, "partners": partners})


@pytest.mark.parametrize("first", [0, 20, 40])
def test_no_gap_at_all_in_messy_scenarios(first: int) -> None:
    proven = 0
    for seed in range(first, first + 20):
        scenario = divisible(messy(seed))
        if compile_scenario(scenario).program.integer.any():
            continue
        try:
            compilation, plan = solved(scenario)
        except NoPlanError:
            continue
        found = prove(rules_of(plan), claims_of(compilation.layout, plan), plan.values)
        assert is_tight(found), seed
        assert found.unique is not None, seed
        proven += 1
    assert proven >= 8


def divisible(scenario: Scenario) -> Scenario:
    operations = tuple(line.model_copy(update={"divisible": True}) for line in scenario.operations)
    pairs = tuple(line.model_copy(update={"presence": Presence.REQUIRED}) for line in scenario.eligibilities)
    return scenario.model_copy(update={"operations": operations, "eligibilities": pairs})


@pytest.mark.parametrize("engine", ENGINES)
def test_a_cent_moved_gets_no_proof(engine: str) -> None:
    compilation, plan = solved(committee(20, partners=6, years=4, seed=3), engine)
    claims = claims_of(compilation.layout, plan)
    first = compilation.layout.launches
    column = next(j for j in range(first, first + compilation.layout.cells) if plan.values[j] > 1)
    with pytest.raises(NotAPlanError):
        prove(rules_of(plan), claims, changed(plan.values, column, plan.values[column] - 1))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_worse_plan_gets_no_proof(engine: str) -> None:
    compilation, plan = solved(committee(20, partners=6, years=4, seed=3), engine)
    nothing: list[Number] = [0] * len(plan.values)
    zero = Fraction(0)
    stages = tuple(replace(stage, best=zero, kept=zero, value=zero) for stage in plan.stages)
    lazy = claims_of(compilation.layout, replace(plan, values=nothing, stages=stages))
    found = prove(rules_of(plan), lazy, nothing)
    best = claims_of(compilation.layout, plan)[0]
    assert found.bounds[0].gap == best.reached(plan.values)
    with pytest.raises(NotAPlanError):
        prove(rules_of(plan), claims_of(compilation.layout, plan), nothing)


@pytest.mark.parametrize("seed", range(5))
def test_the_plan_of_another_tie_break_is_not_proven(seed: int) -> None:
    compilation, plan = solved(committee(20, partners=6, years=4, seed=seed))
    other = claims_of(compilation.layout, replace(plan, level=2))
    assert prove(rules_of(plan), other, plan.values).bounds[-1].gap > 0


def test_multipliers_of_an_engine_that_failed_leave_an_honest_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    compilation, plan = solved(committee(30, partners=6, years=4, seed=1))
    claims = claims_of(compilation.layout, plan)
    monkeypatch.setattr("allocator.proof.multipliers.solve_exactly", failing)
    bounds = Chain(rules_of(plan), claims, plan.values, plan.program.integer).bounds()
    assert all(0 <= bound.gap < Fraction(1, 100) for bound in bounds)


def failing(*_: object) -> None:
    raise EngineError("on purpose")


def changed(values: list[Number], column: int, value: Number) -> list[Number]:
    return [*values[:column], value, *values[column + 1 :]]
