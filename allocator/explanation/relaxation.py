"""Distinct ways for negotiable requirements to give way so that a scenario has a plan, each verified by solving again.

The first way gives as little as possible in total; others do without each of the changes it asks for, or ask a single
purse. The scenario so changed is solved as any other, and its plan verified exactly.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from allocator.allocation import Allocation
from allocator.compilation import Compilation
from allocator.engines import Engine
from allocator.engines.engine import EngineError
from allocator.explanation.change import Change, changed, changes
from allocator.explanation.elastic import Elastic
from allocator.explanation.requirement import Kind, Requirement
from allocator.solve.allocate import allocate_with
from allocator.solve.infeasible import InfeasibleScenarioError, NoWholeCentsError
from allocator.solve.ordered_goals import NoPlanError
from scenarios.document import Scenario

MOST = 4
"""Options shown at most."""

_MORE = (0, 1, 100)
"""Cents added to every change when a plan in whole cents needs them."""

_BUDGETS = (Kind.COMMITMENT_BUDGET, Kind.PAYMENT_BUDGET)


@dataclass(frozen=True)
class Option:
    """One way: what changes, what it costs in all, and the plan it gives, verified."""

    changes: tuple[Change, ...]
    allocation: Allocation

    @property
    def cost(self) -> int:
        """Cents by which requirements give way, all together."""
        return _cost(self.changes)


def options(
    scenario: Scenario, compilation: Compilation, giving: Sequence[Requirement], engine: Engine
) -> tuple[Option, ...]:
    """Return distinct ways for a scenario without a plan to have one, the cheapest first; none when nothing is enough.

    ``compilation``: what must be met when the cost is measured; ``giving``: the requirements that may give way.
    """
    ways = _ways(Elastic(compilation, engine, giving), giving)
    # The cheapest are tried first, and no more than are shown: each trial is a whole decision.
    verified = (option for way in ways if (option := _verified(scenario, way, engine)) is not None)
    return tuple(sorted(islice(verified, MOST), key=lambda option: (option.cost, len(option.changes), option.changes)))


def _cost(way: Sequence[Change]) -> int:
    return sum(change.cents for change in way)


def _ways(elastic: Elastic, giving: Sequence[Requirement]) -> Iterator[tuple[Change, ...]]:
    """Give distinct sets of changes, the least first, then without each of its parts or from each purse alone.

    These come in the order of what they are estimated to cost, so that few are computed exactly.
    """
    first = _least(elastic, giving)
    if first is None:
        return
    seen = {_what(first)}
    yield first
    largest = sorted(first, key=lambda change: (-change.cents, change))[:MOST]
    without = [[one for one in giving if one.key != (change.kind.value, *change.codes)] for change in largest]
    purses = sorted({one.codes[0] for one in giving if one.kind in _BUDGETS})
    alone = [[one for one in giving if one.kind in _BUDGETS and one.codes[0] == purse] for purse in purses]
    estimated = [(about, fewer) for fewer in (*without, *alone) if (about := elastic.about(fewer)) is not None]
    for _about, fewer in sorted(estimated, key=lambda one: round(one[0])):
        way = _least(elastic, fewer)
        if way is not None and _what(way) not in seen:
            seen.add(_what(way))
            yield way


def _what(way: Sequence[Change]) -> frozenset[tuple[Kind, tuple[str, ...]]]:
    return frozenset((change.kind, change.codes) for change in way)


def _least(elastic: Elastic, giving: Sequence[Requirement]) -> tuple[Change, ...] | None:
    try:
        return changes(elastic.least(giving))
    except NoPlanError:
        return None


def _verified(scenario: Scenario, way: tuple[Change, ...], engine: Engine) -> Option | None:
    """Solve the changed scenario; a few cents more are tried when whole cents need them."""
    for more in _MORE:
        tried = tuple(replace(change, cents=change.cents + more) for change in way)
        try:
            return Option(tried, allocate_with(changed(scenario, tried), engine))
        except (InfeasibleScenarioError, NoWholeCentsError, EngineError):
            continue
    return None
