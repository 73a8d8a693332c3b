"""A program solved again under other bounds gives what a cold solve gives, and says why nothing fits."""

from collections.abc import Callable

import numpy as np
import pytest

from allocator.engines import LinearModel, Status, engine_named
from allocator.engines.session import ColdSession, open_session

Builder = Callable[..., LinearModel]
ENGINES = ("highs", "ortools", "pulp")
FREE = np.zeros(2, dtype=np.bool_)


@pytest.mark.parametrize("engine", ENGINES)
def test_bounds_change_and_come_back(knapsack: Builder, engine: str) -> None:
    session = open_session(engine_named(engine), knapsack(whole=False))
    zero, one = np.zeros(2), np.ones(2)
    assert session.solve(zero, one, FREE).values == pytest.approx([1.0, 1 / 3])
    assert session.solve(zero, np.array([0.0, 1.0]), FREE).values == pytest.approx([0.0, 2 / 3])
    assert session.solve(zero, one, FREE).values == pytest.approx([1.0, 1 / 3])


@pytest.mark.parametrize("engine", ENGINES)
def test_a_row_made_to_bind_binds(knapsack: Builder, engine: str) -> None:
    session = open_session(engine_named(engine), knapsack(whole=False))
    answer = session.solve(np.zeros(2), np.ones(2), np.array([True, False]))
    assert answer.status is Status.INFEASIBLE or answer.values.sum() == pytest.approx(1.5)
    halves = session.solve(np.zeros(2), np.ones(2), np.array([False, True]))
    assert halves.values @ [1.0, 3.0] == pytest.approx(2.0)


def test_highs_starts_from_a_basis_and_shows_why_nothing_fits(knapsack: Builder) -> None:
    session = open_session(engine_named("highs"), knapsack(whole=False))
    assert not isinstance(session, ColdSession)
    session.solve(np.zeros(2), np.ones(2), FREE)
    start = session.basis()
    empty = session.solve(np.ones(2), np.ones(2), FREE, start)
    assert empty.status is Status.INFEASIBLE
    ray = np.abs(empty.prices)
    assert ray @ [1.5, 2.0] < ray @ [2.0, 4.0]
    assert session.solve(np.zeros(2), np.ones(2), FREE, start).values == pytest.approx([1.0, 1 / 3])


@pytest.mark.parametrize("engine", ["ortools", "pulp"])
def test_other_engines_start_cold(knapsack: Builder, engine: str) -> None:
    session = open_session(engine_named(engine), knapsack(whole=False))
    assert isinstance(session, ColdSession)
    assert session.basis() is None
