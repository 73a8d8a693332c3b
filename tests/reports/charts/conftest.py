"""The plan and the second plan of the workshop, indexed once."""

import pytest

from allocator.allocation import Allocation
from reports.layout.figures import Figures
from reports.layout.pair import Pair
from scenarios.document import Scenario


@pytest.fixture(scope="session")
def figures(scenario: Scenario, allocation: Allocation) -> Figures:
    return Figures(scenario, allocation)


@pytest.fixture(scope="session")
def pair(figures: Figures, amended: tuple[Scenario, Allocation]) -> Pair:
    return Pair(figures, Figures(*amended))
