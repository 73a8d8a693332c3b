"""A few draws computed again from nothing, verified to the cent, and compared with what the many draws said."""

from collections.abc import Mapping
from dataclasses import dataclass

from allocator.allocation import Allocation
from allocator.compilation import compile_scenario
from allocator.exploration.draws import draw
from allocator.exploration.happened import happened
from allocator.exploration.spec import StressSpec
from allocator.exploration.trial import NO_PLAN, NONE, PART, WHOLE, exact_states
from allocator.solve.allocate import allocate
from allocator.solve.infeasible import InfeasibleScenarioError, NoWholeCentsError
from scenarios.document import Scenario


@dataclass(frozen=True)
class Verified:
    """The draws allocated again, and those where some operation has another state."""

    ranks: tuple[int, ...]
    different: tuple[int, ...]


def sample(draws: int, size: int) -> tuple[int, ...]:
    """Return the ranks of ``size`` draws, spread evenly over all of them."""
    size = min(size, draws)
    return tuple(place * draws // size for place in range(size))


def verify_sample(scenario: Scenario, spec: StressSpec, claimed: Mapping[int, str | None]) -> Verified:
    """Allocate each draw of the sample from nothing and compare the states."""
    different = tuple(
        rank
        for rank, states in sorted(claimed.items())
        if _allocated(happened(scenario, draw(spec, scenario, rank))) != states
    )
    return Verified(tuple(sorted(claimed)), different)


def _allocated(scenario: Scenario) -> str:
    try:
        return planned_states(scenario, allocate(scenario))
    except InfeasibleScenarioError:
        return NO_PLAN
    except NoWholeCentsError:
        return exact_states(compile_scenario(scenario))


def planned_states(scenario: Scenario, allocation: Allocation) -> str:
    """Return the states of the operations in an allocation, in the order of their codes."""
    funded = dict.fromkeys(sorted(operation.code for operation in scenario.operations), 0)
    for launch in allocation.launches:
        funded[launch.operation] += launch.funded
    to_fund = {operation.code: operation.to_fund for operation in scenario.operations}
    return "".join(WHOLE if cents >= to_fund[code] else PART if cents else NONE for code, cents in funded.items())
