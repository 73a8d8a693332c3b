"""The frontier between two goals: what giving up some of the first brings on the second.

Each point is the plan that makes the second goal best when the first keeps at least so much; it is a whole allocation,
verified to the cent, and its two values are exact (before rounding to cents). The first point makes the first goal
best, the last one the second. The widest gap between two points is halved, until there are enough of them. When no
decision is whole the frontier is concave: a middle point that lies exactly on the line between its neighbours proves
that the frontier is that line there, and nothing more is looked for; elsewhere the points are a sample.
Reference: Haimes, Lasdon and Wismer, "On a bicriterion formulation of the problems of integrated system identification
and system optimization", IEEE Transactions on Systems, Man and Cybernetics 1 (1971).
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import floor

from allocator.allocation import Allocation
from allocator.compilation import compile_scenario
from allocator.solve.allocate import allocate
from scenarios.document import EQUALITIES, Goal, GoalKind, Scenario

NARROW = 2
"""Units of the first goal between two points under which nothing is looked for: what it keeps is a whole number."""

Told = Callable[[int], None]
"""Told how many points are found."""


@dataclass(frozen=True)
class Point:
    """One plan of the frontier, with the exact values of the two goals in their own units."""

    first: Fraction
    second: Fraction
    allocation: Allocation


@dataclass(frozen=True)
class Frontier:
    """The points, from the best of the first goal to the best of the second.

    ``straight``: between each point and the next, whether the frontier is proven to be the line that joins them.
    """

    first: GoalKind
    second: GoalKind
    points: tuple[Point, ...]
    straight: tuple[bool, ...]


class NoFrontierError(ValueError):
    """Two goals between which no frontier is drawn: the same one, or one that compares several rates."""


def frontier(scenario: Scenario, goals: tuple[GoalKind, GoalKind], most: int, told: Told) -> Frontier:
    """Return at most ``most`` points (two at least) of the frontier between two goals, and what joins them.

    Raises NoFrontierError, and what ``allocate`` raises.
    """
    if goals[0] is goals[1] or EQUALITIES & set(goals):
        raise NoFrontierError(f"{goals[0]} and {goals[1]}")
    run = _Run(scenario, goals)
    convex = run.convex
    points = [run.end(0), run.end(1)]
    told(len(points))
    if points[0].first == points[1].first:
        return Frontier(*goals, tuple(points[:1]), ())
    # Of each gap: whether nothing more is looked for in it, and whether it is proven straight.
    closed, straight = [False], [False]
    while len(points) < most:
        gaps = [abs(one.first - other.first) for one, other in pairwise(points)]
        place = max(range(len(gaps)), key=lambda gap: (not closed[gap], gaps[gap], -gap))
        if closed[place] or gaps[place] <= NARROW:
            break
        left, right = points[place : place + 2]
        middle = run.between(points[0].first, left, right)
        if middle.first in (left.first, right.first):
            closed[place] = True
            continue
        on_line = convex and _on_line(left, middle, right)
        points.insert(place + 1, middle)
        closed[place : place + 1] = straight[place : place + 1] = [on_line, on_line]
        told(len(points))
    return Frontier(*goals, tuple(points), tuple(straight))


@dataclass(frozen=True)
class _Run:
    scenario: Scenario
    goals: tuple[GoalKind, GoalKind]

    @property
    def convex(self) -> bool:
        """Tell whether no decision is whole."""
        wanted = self.scenario.model_copy(update={"goals": tuple(map(self._goal, self.goals))})
        return not compile_scenario(wanted).program.integer.any()

    def end(self, rank: int) -> Point:
        """Return the point that makes one of the goals best, then the other."""
        first, second = self.goals if rank == 0 else self.goals[::-1]
        return self._point(self._goal(first), self._goal(second))

    def between(self, best: Fraction, left: Point, right: Point) -> Point:
        """Return the point where the first goal keeps at least what lies halfway, in whole units."""
        first, second = map(self._goal, self.goals)
        loss = floor(abs(best - (left.first + right.first) / 2))
        return self._point(first.model_copy(update={"tolerance_amount": loss}), second)

    def _goal(self, kind: GoalKind) -> Goal:
        """Return a goal that loses nothing, with the partners the scenario gives it."""
        given = next((goal for goal in self.scenario.goals if goal.kind is kind), Goal(kind=kind))
        return given.model_copy(update={"tolerance_rate": None, "tolerance_amount": None})

    def _point(self, *goals: Goal) -> Point:
        allocation = allocate(self.scenario.model_copy(update={"goals": goals}))
        values = {goal.kind: goal.value for goal in allocation.goals}
        return Point(values[self.goals[0]], values[self.goals[1]], allocation)


def _on_line(left: Point, middle: Point, right: Point) -> bool:
    """Tell whether a point lies exactly on the line between two others."""
    run, rise = right.first - left.first, right.second - left.second
    return (middle.first - left.first) * rise == (middle.second - left.second) * run
