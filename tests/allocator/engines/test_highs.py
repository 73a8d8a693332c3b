"""HiGHS: options that are not honoured are refused, seeds change nothing, and a failure gives no value."""

from collections.abc import Callable

import highspy
import pytest

from allocator.engines import LinearModel, Status
from allocator.engines.engine import Answer, EngineError
from allocator.engines.highs import HighsEngine

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
