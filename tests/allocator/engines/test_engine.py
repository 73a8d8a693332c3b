"""The engines behind one interface: known optima, statuses read before values, no word on standard output."""

import subprocess
import sys

import numpy as np
import pytest

from allocator.engines import ENGINE_NAMES, LinearModel, Status, engine_named

INF = np.inf


def model(*, integer: bool = False, low: float = -INF) -> LinearModel:
    """Minimise -3x - 2y with x + y <= 1.5, x + 3y <= 2 and, if asked, x + y >= low."""
    rows = [[1.0, 1.0], [1.0, 3.0], [1.0, 1.0]]
    return LinearModel(
        start=np.array([0, 2, 4, 6]),
        column=np.array([0, 1] * 3),
        value=np.array(rows).ravel(),
        row_lower=np.array([-INF, -INF, low]),
        row_upper=np.array([1.5, 2.0, INF]),
        lower=np.zeros(2),
        upper=np.ones(2),
        cost=np.array([-3.0, -2.0]),
        integer=np.array([integer, integer]),
    )


def one_sided(low: float) -> LinearModel:
    """Return the same model with its third row written as ``<=``, the only form the program uses."""
    base = model()
    value = base.value.copy()
    value[4:] = -1.0
    upper = np.array([1.5, 2.0, -low])
    return LinearModel(
        base.start, base.column, value, np.full(3, -INF), upper, base.lower, base.upper, base.cost, base.integer
    )


@pytest.mark.parametrize("name", ENGINE_NAMES)
def test_known_optimum_and_prices(name: str) -> None:
    answer = engine_named(name).solve(one_sided(0.25))
    assert answer.status is Status.OPTIMAL
    assert answer.values == pytest.approx([1.0, 1 / 3], abs=1e-7)
    binding = np.abs(answer.prices) > 1e-9
    assert binding.tolist() == [False, True, False]
    assert (np.abs(answer.reduced_costs) > 1e-9).tolist() == [True, False]


@pytest.mark.parametrize("name", ENGINE_NAMES)
def test_infeasible_model_has_no_values(name: str) -> None:
    answer = engine_named(name).solve(one_sided(1.6))
    assert answer.status is Status.INFEASIBLE
    assert answer.values.size == answer.prices.size == answer.reduced_costs.size == 0


@pytest.mark.parametrize("name", ENGINE_NAMES)
def test_whole_columns(name: str) -> None:
    base = one_sided(0.25)
    whole = LinearModel(
        base.start, base.column, base.value, base.row_lower, base.row_upper, base.lower, base.upper,
        np.array([-3.0, -4.0]), np.array([True, True]),
    )  # fmt: skip
    answer = engine_named(name).solve(whole)
    assert answer.status is Status.OPTIMAL
    assert answer.values == pytest.approx([1.0, 0.0], abs=1e-9)
    assert answer.prices.size == 0


@pytest.mark.parametrize("name", ENGINE_NAMES)
def test_record_names_engine_and_version(name: str) -> None:
    record = engine_named(name).record()
    assert record.name == name
    assert record.version[0].isdigit()


def test_unknown_engine_lists_the_known_ones() -> None:
    with pytest.raises(ValueError, match="highs, ortools, pulp"):
        engine_named("cplex")


@pytest.mark.parametrize("name", ENGINE_NAMES)
def test_engines_write_nothing_on_standard_output(name: str) -> None:
    script = (
        "from scenarios.synthetic import committee; from allocator.solve.allocate import allocate; "
        f"allocate(committee(5, partners=4, years=3, whole=0.5), {name!r})"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == ""
