"""Other plans almost as good as the best one, each with a name: the closest to the former vote, the most equal...

The first goal may lose a given rate; the goal that names the plan comes next, then the committee's other goals in
order. Each plan is a whole allocation, verified to the cent. Two names may give the same plan: it is told once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from allocator.allocation import Allocation
from allocator.comparison.plans import PlanChanges, compare_plans
from allocator.solve.allocate import allocate
from allocator.solve.infeasible import NoWholeCentsError
from scenarios.checks.goals import check
from scenarios.document import Goal, GoalKind, ReferenceLine, Scenario
from scenarios.document.index import Index
from scenarios.language import _


class Named(StrEnum):
    """The names of the plans, and what each makes best."""

    CLOSEST = "closest"
    EQUAL_EFFORT = "equal_effort"
    EQUAL_BURDEN = "equal_burden"
    EQUAL_COVERAGE = "equal_coverage"
    FEWEST = "fewest"
    EARLIEST = "earliest"


GOALS = {
    Named.CLOSEST: GoalKind.REFERENCE_CLOSENESS,
    Named.EQUAL_EFFORT: GoalKind.EQUAL_EFFORT,
    Named.EQUAL_BURDEN: GoalKind.EQUAL_BURDEN,
    Named.EQUAL_COVERAGE: GoalKind.EQUAL_COVERAGE,
    Named.FEWEST: GoalKind.FEWEST_PARTNERS,
    Named.EARLIEST: GoalKind.EARLIEST_START,
}


@dataclass(frozen=True)
class Alternative:
    """One plan: its names, the goals that give it, what it loses on the first one (in its unit), and what differs.

    ``distance``: cents that change hands, half the sum of the differences of all pairs operation and partner.
    """

    names: tuple[Named, ...]
    goals: tuple[Goal, ...]
    allocation: Allocation
    lost: Fraction
    changes: PlanChanges

    @property
    def distance(self) -> int:
        """Cents that change from one pair to another, those no longer funded counted for half."""
        return sum(abs(cell.committed.difference) for cell in self.changes.cells) // 2


@dataclass(frozen=True)
class Alternatives:
    """The plans that differ; the names that give the plan itself; those the scenario or whole cents do not allow."""

    found: tuple[Alternative, ...]
    same: tuple[Named, ...]
    left_out: tuple[tuple[Named, str], ...]


def alternatives(
    scenario: Scenario, plan: Allocation, rate: Fraction, previous: Allocation | None = None
) -> Alternatives:
    """Return the named plans that lose at most ``rate`` of the first goal.

    ``plan``: the allocation of the scenario. ``previous``: the former vote, instead of the reference of the scenario.
    Raises ValueError when the first goal compares rates: a loss is then allowed to each member, not to a total.
    """
    against = scenario if previous is None else referring_to(scenario, previous)
    names: dict[tuple[object, ...], list[Named]] = {}
    plans: dict[tuple[object, ...], tuple[tuple[Goal, ...], Allocation]] = {}
    left_out: list[tuple[Named, str]] = []
    for name, kind in GOALS.items():
        wanted = against.model_copy(update={"goals": tuple(_goals(scenario.goals, kind, rate, plan))})
        why = _lacking(wanted)
        if why is not None:
            left_out.append((name, why))
            continue
        try:
            found = allocate(wanted)
        except NoWholeCentsError as error:
            left_out.append((name, str(error)))
            continue
        key = (found.launches, found.commitments, found.payments)
        names.setdefault(key, []).append(name)
        plans[key] = wanted.goals, found
    same = names.pop((plan.launches, plan.commitments, plan.payments), [])
    return Alternatives(
        tuple(_alternative(scenario, plan, tuple(told), *plans[key]) for key, told in names.items()),
        tuple(same),
        tuple(left_out),
    )


def referring_to(scenario: Scenario, previous: Allocation) -> Scenario:
    """Return the scenario whose reference is a former plan; an operation that was not funded is one at zero."""
    amounts = {(operation.code, operation.owner): 0 for operation in scenario.operations}
    for line in previous.commitments:
        amounts[line.operation, line.partner] = amounts.get((line.operation, line.partner), 0) + line.amount
    known = {operation.code for operation in scenario.operations}, {partner.code for partner in scenario.partners}
    lines = (
        ReferenceLine(operation=operation, partner=partner, amount=amount)
        for (operation, partner), amount in sorted(amounts.items())
        if operation in known[0] and partner in known[1]
    )
    return scenario.model_copy(update={"references": tuple(lines)})


def _goals(goals: Sequence[Goal], kind: GoalKind, rate: Fraction, plan: Allocation) -> Iterator[Goal]:
    first, *others = goals
    # What is kept is a whole number of units: a loss of less than one would allow nothing at all.
    may_lose = abs(_best(plan)) * rate >= 1
    yield first.model_copy(update={"tolerance_rate": rate if may_lose else None, "tolerance_amount": None})
    if first.kind is not kind:
        yield next((goal for goal in others if goal.kind is kind), Goal(kind=kind))
    yield from (goal for goal in others if goal.kind is not kind)


def _lacking(scenario: Scenario) -> str | None:
    """Say what the scenario lacks for its goals, None when it lacks nothing."""
    return next((_(" ; ").join([finding.found, finding.expected]) for finding in check(Index(scenario))), None)


def _alternative(
    scenario: Scenario, plan: Allocation, names: tuple[Named, ...], goals: tuple[Goal, ...], found: Allocation
) -> Alternative:
    lost = abs(_best(plan) - found.goals[0].value)
    return Alternative(names, goals, found, lost, compare_plans((scenario, plan), (scenario, found)))


def _best(plan: Allocation) -> Fraction:
    """Return the optimum of the first goal."""
    goal = plan.goals[0]
    return goal.value if goal.best is None else goal.best
