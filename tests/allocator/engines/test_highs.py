"""HiGHS: options that are not honoured are refused, seeds change nothing, and a failure gives no value."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import highspy
import numpy as np
import pytest
from scipy.sparse import csr_array

from allocator.allocation import EngineRecord
from allocator.compilation import compile_scenario
from allocator.engines import LinearModel, Status
from allocator.engines.engine import Answer, EngineError
from allocator.engines.highs import HighsEngine
from allocator.program.scaling import scale
from allocator.solve.face import Face
from allocator.solve.ordered_goals import silent, solve_in_order
from scenarios.document import Goal, GoalKind
from scenarios.synthetic import committee

Builder = Callable[..., LinearModel]


def test_options_are_in_the_record() -> None:
    options = dict(HighsEngine(seed=3, presolve=False).record().options)
    assert options == {"random_seed": "3", "presolve": "off", "threads": "1"}


def test_an_option_that_is_refused_is_an_error(knapsack: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = highspy.HighsStatus.kError
    monkeypatch.setattr(highspy.Highs, "setOptionValue", lambda *_: refused, raising=False)
    with pytest.raises(EngineError, match="refuses option"):
        HighsEngine().solve(knapsack(whole=False))


@pytest.mark.parametrize("seed", range(4))
def test_seeds_reach_the_same_optimum(knapsack: Builder, seed: int) -> None:
    answer = HighsEngine(seed=seed).solve(knapsack(whole=False))
    assert answer.status is Status.OPTIMAL
    assert answer.values == pytest.approx([1.0, 1 / 3])


def test_a_model_of_no_meaning_fails_instead_of_giving_zeros(knapsack: Builder) -> None:
    model = knapsack(whole=False)
    model.value[0] = float("nan")
    assert HighsEngine().solve(model).status is Status.FAILED


@pytest.mark.parametrize("first", [Status.FAILED, Status.INFEASIBLE])
def test_highs_is_asked_again_when_it_fails_or_denies(
    knapsack: Builder, monkeypatch: pytest.MonkeyPatch, first: Status
) -> None:
    # Seen on a drawn committee with a goal of equality: « Solve error » after presolve, an optimum without it.
    answer = HighsEngine._answer

    def after_presolve(self: HighsEngine, model: LinearModel, *, presolve: bool, tolerance: float) -> Answer:
        refused = Answer.without_values(first, "refused")
        return refused if presolve else answer(self, model, presolve=presolve, tolerance=tolerance)

    monkeypatch.setattr(HighsEngine, "_answer", after_presolve)
    assert HighsEngine().solve(knapsack(whole=True)).status is Status.OPTIMAL


def stages_of_a_run() -> Iterator[LinearModel]:
    """Give the models of a run: a goal, three levels that each add a column and rows, another goal."""
    compilation = compile_scenario(
        committee(40, partners=6, years=4).model_copy(
            update={
                "goals": tuple(
                    Goal(kind=kind)
                    for kind in (GoalKind.PRIORITY_VALUE, GoalKind.EQUAL_EFFORT, GoalKind.REFERENCE_CLOSENESS)
                )
            }
        )
    )
    kept = Kept(HighsEngine())
    whole = Face.whole(compilation.program)
    solve_in_order(
        compilation, scale(compilation.program), kept, whole, objectives=compilation.objectives, progress=silent
    )
    yield from kept.models


@dataclass
class Kept:
    """An engine without sessions that keeps the models it was given."""

    engine: HighsEngine
    models: list[LinearModel] = field(default_factory=list)

    def record(self) -> EngineRecord:
        return self.engine.record()

    def solve(self, model: LinearModel) -> Answer:
        self.models.append(model)
        return self.engine.solve(model)


def test_a_session_reaches_the_optimum_of_every_stage() -> None:
    session, cold = HighsEngine().session(), HighsEngine()
    models = list(stages_of_a_run())
    assert models[-1].shape[1] > models[0].shape[1]
    for model in models:
        found, expected = session.solve(model), cold.solve(model)
        assert found.status is Status.OPTIMAL
        assert model.cost @ found.values == pytest.approx(model.cost @ expected.values, abs=1e-8)


def test_a_session_starts_again_on_another_model() -> None:
    session = HighsEngine().session()
    models = list(stages_of_a_run())
    other = replace(models[0], value=models[0].value * 2, row_upper=models[0].row_upper * 2)
    assert session.solve(models[0]).status is Status.OPTIMAL
    assert session.solve(other).status is Status.OPTIMAL
    assert session.solve(models[0]).values == pytest.approx(HighsEngine().solve(models[0]).values)


def test_a_session_says_what_is_infeasible_as_a_cold_engine_does() -> None:
    session = HighsEngine().session()
    first = next(stages_of_a_run())
    assert session.solve(first).status is Status.OPTIMAL
    below = np.full(len(first.row_upper), -1.0)
    impossible = replace(first, row_upper=below, row_lower=np.full(len(below), -np.inf))
    assert session.solve(impossible).status is Status.INFEASIBLE
    assert session.solve(first).status is Status.OPTIMAL


def test_a_session_follows_limits_that_change_under_the_same_costs() -> None:
    """The dual simplex takes it from there: what was optimal no longer meets the limits."""
    session = HighsEngine().session()
    first = next(stages_of_a_run())
    assert session.solve(first).status is Status.OPTIMAL
    for part in (0.5, 0.9, 0.2):
        moved = replace(first, row_upper=first.row_upper * part, row_lower=first.row_lower * part)
        assert session.solve(moved).values @ moved.cost == pytest.approx(HighsEngine().solve(moved).values @ moved.cost)


def test_a_session_says_what_its_answer_rests_on() -> None:
    """As many columns and rows are free as there are rows, and setting the others at their limits gives the answer."""
    session = HighsEngine().session()
    for model in stages_of_a_run():
        found = session.solve(model)
        columns, rows = session.resting()
        assert (~columns).sum() + (~rows).sum() == len(rows)
        matrix = csr_array((model.value, model.column, model.start), shape=model.shape).toarray()
        at_limit = np.where(np.isclose(found.values, model.upper), model.upper, model.lower)
        limit = np.where(np.isclose(matrix @ found.values, model.row_upper), model.row_upper, model.row_lower)
        right = limit[rows] - matrix[rows][:, columns] @ at_limit[columns]
        assert matrix[rows][:, ~columns] @ found.values[~columns] == pytest.approx(right, abs=1e-7)
        assert np.linalg.matrix_rank(matrix[rows][:, ~columns]) == (~columns).sum()
