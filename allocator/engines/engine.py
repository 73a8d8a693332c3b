"""What an engine is given and what it answers.

The model is scaled: columns lie in [0, 1], the largest coefficient of each row is 1. An engine minimises.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from allocator.allocation import EngineRecord

Floats = NDArray[np.float64]


class Status(Enum):
    """How a run ended; values are read only after OPTIMAL."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    FAILED = "failed"


@dataclass(frozen=True)
class LinearModel:
    """Minimise ``cost @ x`` with ``row_lower <= A x <= row_upper`` and ``lower <= x <= upper``.

    ``A`` is given by rows (``start``, ``column``, ``value``); ``integer`` flags whole columns.
    """

    start: NDArray[np.int64]
    column: NDArray[np.int64]
    value: Floats
    row_lower: Floats
    row_upper: Floats
    lower: Floats
    upper: Floats
    cost: Floats
    integer: NDArray[np.bool_]

    @property
    def shape(self) -> tuple[int, int]:
        """Numbers of rows and columns."""
        return len(self.row_lower), len(self.lower)


@dataclass(frozen=True)
class Answer:
    """Values, reduced costs and row prices (empty arrays unless OPTIMAL; prices are absent for whole columns).

    An INFEASIBLE answer may carry prices that show it: a combination of rows that no value in the bounds meets.

    The sign of prices differs between engines; only whether they are zero is used.
    """

    status: Status
    detail: str
    values: Floats
    reduced_costs: Floats
    prices: Floats

    @classmethod
    def without_values(cls, status: Status, detail: str) -> "Answer":
        """Return an answer that carries no value."""
        nothing = np.zeros(0)
        return cls(status, detail, nothing, nothing, nothing)


class Engine(Protocol):
    """A linear or mixed-integer engine."""

    def record(self) -> EngineRecord:
        """Name, exact version and options."""
        ...

    def solve(self, model: LinearModel) -> Answer:
        """Solve to proven optimality, cold, in one thread."""
        ...


@runtime_checkable
class Warm(Protocol):
    """An engine that can start a solve where the previous one ended."""

    def session(self) -> Engine:
        """Return an engine for the stages of one run: each solve starts from the basis of the one before.

        Its answers are claims like any other; it solves cold whenever a warm solve does not end at an optimum.
        """
        ...


@runtime_checkable
class Resting(Protocol):
    """A session that tells on which limits its last answer rests."""

    def resting(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Tell which columns are at one of their bounds and which rows bind, such that they determine all values."""
        ...


def session_of(engine: Engine) -> Engine:
    """Return a session of an engine that has some, or the engine itself, which then solves cold."""
    return engine.session() if isinstance(engine, Warm) else engine


class EngineError(RuntimeError):
    """An engine failed, or claimed something the exact arithmetic does not confirm."""
