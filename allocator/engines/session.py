"""One linear program solved again and again under other bounds: what a search tree asks of an engine.

A warm session starts each solve from a basis of the same run; its answers are claims like any other, and nothing
outside the run has any effect on them.
"""

from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from allocator.engines.engine import Answer, Engine, Floats, LinearModel


class Session(Protocol):
    """A linear program whose bounds, and rows that bind, change from one solve to the next."""

    def solve(self, lower: Floats, upper: Floats, equality: NDArray[np.bool_], start: object = None) -> Answer:
        """Solve under these bounds. ``start``: what ``basis`` returned after another solve of this session."""
        ...

    def basis(self) -> object:
        """Return where the last solve stopped, None when the engine always starts cold."""
        ...


@runtime_checkable
class WarmEngine(Protocol):
    """An engine that can start from a basis."""

    def bounded(self, model: LinearModel) -> Session:
        """Open a session on one linear program whose bounds change."""
        ...


@dataclass(frozen=True)
class ColdSession:
    """A session of an engine that starts cold each time."""

    engine: Engine
    model: LinearModel

    def solve(
        self,
        lower: Floats,
        upper: Floats,
        equality: NDArray[np.bool_],
        start: object = None,  # noqa: ARG002 - cold
    ) -> Answer:
        """Solve under these bounds."""
        row_lower = np.where(equality, self.model.row_upper, -np.inf)
        return self.engine.solve(replace(self.model, lower=lower, upper=upper, row_lower=row_lower))

    def basis(self) -> object:
        """Return None: there is nothing to start from."""
        return None


def open_session(engine: Engine, model: LinearModel) -> Session:
    """Return a warm session where the engine offers one, a cold one otherwise."""
    return engine.bounded(model) if isinstance(engine, WarmEngine) else ColdSession(engine, model)
