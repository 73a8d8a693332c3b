"""OR-Tools: a selection called infeasible is looked at again without presolving."""

from collections.abc import Callable

import pytest

from allocator.engines import Answer, LinearModel, Status
from allocator.engines import ortools as module
from allocator.engines.ortools import OrToolsEngine

Builder = Callable[..., LinearModel]


def test_linear_and_whole_models_go_to_their_own_engine(knapsack: Builder) -> None:
    assert OrToolsEngine().solve(knapsack(whole=False)).values == pytest.approx([1.0, 1 / 3])
    assert OrToolsEngine().solve(knapsack(whole=True)).values == pytest.approx([1.0, 0.0])


def test_infeasible_selection_is_tried_without_presolving(knapsack: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = module._answer

    def answer(model: LinearModel, name: str, parameters: str) -> Answer:
        asked.append(parameters)
        if len(asked) == 1:
            return Answer.without_values(Status.INFEASIBLE, "as seen on messy scenario 45")
        return real(model, name, parameters)

    monkeypatch.setattr(module, "_answer", answer)
    assert OrToolsEngine().solve(knapsack(whole=True)).status is Status.OPTIMAL
    assert ["maxrounds = 0" in parameters for parameters in asked] == [False, True]
