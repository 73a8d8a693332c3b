"""The budget that would make the plan robust: how much more one partner should bring so that it holds 9 times in 10.

The smallest uniform increase of a purse's budgets, in steps of a thousandth, such that each operation entirely funded
in the plan stays so in the target share of the draws, the same draws being made again under each increase tried. It is
found by bisection, which supposes that a larger budget never makes an operation less sure; what is stated is what was
tried: the target is met with this increase, and missed with one step less. The increase comes before the draw, which
may then cut it.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from allocator.exploration.spec import StressSpec
from allocator.exploration.trial import WHOLE
from allocator.exploration.workers import Workers, job
from scenarios.document import Budget, Scenario

STEPS = 1000
"""Steps in a doubling of the budgets, the largest increase tried."""


@dataclass(frozen=True)
class RobustBudget:
    """``rate``: the increase, None when even doubled budgets miss the target. ``added``: cents more by year and kind.

    ``tried``: the increases tried, with whether each meets the target.
    """

    holder: str
    target: Fraction
    rate: Fraction | None
    added: tuple[Budget, ...]
    tried: tuple[tuple[Fraction, bool], ...]


def robust_budget(
    scenario: Scenario, planned: str, spec: StressSpec, workers: Workers, *, holder: str, target: Fraction
) -> RobustBudget:
    """Return the smallest increase of the budgets of ``holder`` that meets the target.

    ``planned``: the states of the operations in the plan. Raises ValueError when no budget of the holder is limited.
    """
    if not any(line.holder == holder for line in scenario.budgets):
        raise ValueError(f"{holder}: no limited budget")
    tried: dict[int, bool] = {}

    def holds(step: int) -> bool:
        if step not in tried:
            richer = raised(scenario, holder, Fraction(step, STEPS))
            tried[step] = _holds(richer, planned, spec, workers, target)
        return tried[step]

    low, high = 0, STEPS
    if holds(0):
        high = 0
    while high - low > 1 and holds(STEPS):
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    rate = Fraction(high, STEPS) if holds(high) else None
    return RobustBudget(
        holder, target, rate, _added(scenario, holder, rate),
        tuple((Fraction(step, STEPS), met) for step, met in sorted(tried.items())),
    )  # fmt: skip


def raised(scenario: Scenario, holder: str, rate: Fraction) -> Scenario:
    """Return the scenario where every budget of a purse is larger by a rate, to the cent below."""
    lines = (_times(line, 1 + rate) if line.holder == holder else line for line in scenario.budgets)
    return scenario.model_copy(update={"budgets": tuple(lines)})


def _added(scenario: Scenario, holder: str, rate: Fraction | None) -> tuple[Budget, ...]:
    lines = (line for line in scenario.budgets if line.holder == holder)
    return tuple(_times(line, 1 + rate, less=1) for line in lines) if rate else ()


def _times(line: Budget, factor: Fraction, *, less: int = 0) -> Budget:
    """Return a budget multiplied by a factor, less as many times what it was."""
    given = {"commitment": line.commitment, "payment": line.payment}
    changed = {name: floor(cents * factor) - less * cents for name, cents in given.items() if cents is not None}
    return line.model_copy(update=changed)


def _holds(scenario: Scenario, planned: str, spec: StressSpec, workers: Workers, target: Fraction) -> bool:
    """Make the draws until the answer is known: enough successes of every operation, or too many failures of one."""
    places = [place for place, state in enumerate(planned) if state == WHOLE]
    needed = ceil(target * spec.draws)
    whole = dict.fromkeys(places, 0)
    outcomes = workers.outcomes(job(scenario, spec), iter(range(spec.draws)))
    for done, outcome in enumerate(outcomes, start=1):
        for place in places:
            whole[place] += outcome.states[place : place + 1] == WHOLE
        least = min(whole.values(), default=needed)
        if least >= needed or done - least > spec.draws - needed:
            outcomes.close()
            return least >= needed
    return True
