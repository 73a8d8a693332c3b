"""PuLP: the same model in its objects, and a crash of CBC told as a failure."""

from collections.abc import Callable

import pulp
import pytest

from allocator.engines import LinearModel, Status
from allocator.engines.pulp import PulpEngine, as_pulp

Builder = Callable[..., LinearModel]


def test_objects_carry_names_senses_and_kinds(knapsack: Builder) -> None:
    problem, variables = as_pulp(knapsack(whole=True), ["x", "y"], ["first", "second"])
    assert [variable.name for variable in variables] == ["x", "y"]
    assert {variable.cat for variable in variables} == {pulp.LpInteger}
    assert [str(row) for row in problem.constraints()] == ["x + y <= 1.5", "x + 3.0*y <= 2.0"]


def test_a_crash_of_the_solver_is_a_failure_without_values(knapsack: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise pulp.PulpSolverError("Pulp: Error while trying to execute\nsome path")

    monkeypatch.setattr(pulp.LpProblem, "solve", crash)
    answer = PulpEngine().solve(knapsack(whole=False))
    assert (answer.status, answer.detail) == (Status.FAILED, "Pulp: Error while trying to execute")
    assert answer.values.size == 0
