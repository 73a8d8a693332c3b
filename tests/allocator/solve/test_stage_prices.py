"""Prices that may be noise: read exactly, whatever an engine adds to them; draw 6116 and its payments of some cents."""

from dataclasses import replace

import numpy as np
import pytest

from allocator.allocation import Payment
from allocator.engines.engine import Answer, EngineError, Status
from allocator.program.frame import Frame
from allocator.program.program import Columns, assemble, rows_of
from allocator.program.scaling import ScaledProgram, scale
from allocator.solve.allocate import allocate
from allocator.solve.elimination import Terms
from allocator.solve.face import Face
from allocator.solve.stage_prices import NOTHING, SURE, priced
from tests.allocator.messy import messy
from tests.allocator.rules.tiny import scenario


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


LARGE, SMALL, FREE = range(3)
COST: Terms = {LARGE: -(10**9), SMALL: -3}


@pytest.fixture
def scaled() -> ScaledProgram:
    """Make ``large <= 5``, ``small <= 5`` and ``large + small + free <= 12``, columns going to 10."""
    names = (np.array(["large", "small", "all"], dtype=object),)
    terms = [(ints(0, 1, 2, 2, 2), ints(LARGE, SMALL, LARGE, SMALL, FREE), 1)]
    ten = ints(10, 10, 10)
    columns = Columns("x", (np.array(["0", "1", "2"], dtype=object),), ten, ten, np.zeros(3, dtype=np.bool_))
    return scale(assemble(Frame(scenario()), [columns], [rows_of("r", names, terms, ints(5, 5, 12))]))


def answer(*, small: float = 3e-9, whole: float = 0.0, free: float = 0.0) -> Answer:
    """Answer with the two amounts at 5, out of 10, and prices in billionths of the largest cost."""
    values, reduced, prices = np.array([0.5, 0.5, 0.0]), np.array([0.0, 0.0, free]), np.array([1.0, small, whole])
    return Answer(Status.OPTIMAL, "", values, reduced, prices)


@pytest.mark.parametrize("noise", [0.0, NOTHING / 2, 3e-11, 3e-8, SURE * 0.99])
def test_noise_is_no_price_and_a_price_of_billionths_is_one(scaled: ScaledProgram, noise: float) -> None:
    """A cost of 3 beside a billion: its price is ten times smaller than the noise of other limits."""
    for noisy in (answer(whole=noise), answer(free=-noise), answer(whole=noise, free=noise)):
        found = priced(scaled, Face.whole(scaled.program), COST, noisy)
        assert found.rows.tolist() == [True, True, False]
        assert found.columns.tolist() == [False, False, False]


def test_a_price_above_what_noise_reaches_is_believed(scaled: ScaledProgram) -> None:
    found = priced(scaled, Face.whole(scaled.program), COST, answer(small=1.1 * SURE, free=1.1 * SURE))
    assert (found.rows.tolist(), found.columns.tolist()) == ([True, True, False], [False, False, True])


def test_what_exact_prices_do_not_confirm_is_refused(scaled: ScaledProgram) -> None:
    """The small amount could grow: no prices show that this plan is the best one."""
    lower = replace(answer(), values=np.array([0.5, 0.3, 0.0]))
    with pytest.raises(EngineError, match="not confirm"):
        priced(scaled, Face.whole(scaled.program), COST, lower)


@pytest.mark.parametrize("engine", ["highs", "ortools", "pulp"])
def test_draw_6116_pays_six_cents_of_a_large_operation_in_the_same_years(engine: str) -> None:
    """HiGHS gives a price of 3e-8, pure noise, to three payments of O5 that the first goals leave free."""
    paid = [p for p in allocate(messy(6116), engine).payments if (p.operation, p.partner) == ("O5", "PRIVE")]
    assert paid == [
        Payment("O5", "PRIVE", 2026, 2026, 1), Payment("O5", "PRIVE", 2026, 2027, 4),
        Payment("O5", "PRIVE", 2026, 2029, 1),
    ]  # fmt: skip
