"""One small model whose optimum is known."""

from collections.abc import Callable

import numpy as np
import pytest

from allocator.engines import LinearModel


@pytest.fixture
def knapsack() -> Callable[..., LinearModel]:
    """Return a builder: minimise -3x - 2y with x + y <= 1.5 and x + 3y <= 2, in whole columns or not."""

    def model(*, whole: bool) -> LinearModel:
        return LinearModel(
            start=np.array([0, 2, 4]),
            column=np.array([0, 1, 0, 1]),
            value=np.array([1.0, 1.0, 1.0, 3.0]),
            row_lower=np.full(2, -np.inf),
            row_upper=np.array([1.5, 2.0]),
            lower=np.zeros(2),
            upper=np.ones(2),
            cost=np.array([-3.0, -2.0]),
            integer=np.array([whole, whole]),
        )

    return model
