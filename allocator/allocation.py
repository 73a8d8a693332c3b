"""The allocation: who pays how much for which operation, when, in integer cents.

An allocation is plain data. It is produced by ``allocator.solve`` and believed only after
``allocator.check`` has verified it against the scenario.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from scenarios.document import GoalKind


@dataclass(frozen=True, order=True)
class Launch:
    """The part of an operation that starts in one year: ``funded`` cents out of the amount to fund."""

    operation: str
    start: int
    funded: int


@dataclass(frozen=True, order=True)
class Commitment:
    """What a partner commits to the part of an operation that starts in ``start``, in cents."""

    operation: str
    partner: str
    start: int
    amount: int


@dataclass(frozen=True, order=True)
class Payment:
    """What a partner pays in ``year`` of its commitment to the part of an operation started in ``start``, in cents."""

    operation: str
    partner: str
    start: int
    year: int
    amount: int


@dataclass(frozen=True)
class Settled:
    """A member of a goal of equality and the exact rate at which it was settled: nothing raises it any more."""

    member: str
    rate: Fraction


@dataclass(frozen=True)
class GoalReached:
    """The exact value a goal reached before rounding to cents, and the proven bound no plan can beat.

    Units: points for the priority value, cents for costs and distances, cent-years for delays, rates for goals of
    equality (the worst rate; all of them, in the order in which they were settled, in ``settled``). ``proven``:
    what no plan that keeps the former goals can beat (the worst rate, for goals of equality); None where no proof
    independent of the engine exists (goals after the first of a program without whole decisions).
    ``best``: the optimum, where the goal let the next ones cause it a loss; None where it kept everything.
    """

    kind: GoalKind
    value: Fraction
    proven: Fraction | None
    best: Fraction | None = None
    settled: tuple[Settled, ...] = ()


@dataclass(frozen=True, order=True)
class RoundingStep:
    """One commitment whose exact value was not a whole number of cents."""

    operation: str
    partner: str
    start: int
    exact: Fraction
    amount: int


@dataclass(frozen=True)
class EngineRecord:
    """Which engine gave the plan, and under which options."""

    name: str
    version: str
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Allocation:
    """A whole plan. Lists are sorted by code then year; zero commitments and payments are left out.

    Launches are listed for every operation funded at least in part. ``unique`` is True when the plan is certified to
    be the only one that the goals and the tie-break leave, whole decisions included; it is False when the work allowed
    was not enough to exclude every other selection.
    """

    scenario: str
    fingerprint: str
    launches: tuple[Launch, ...]
    commitments: tuple[Commitment, ...]
    payments: tuple[Payment, ...]
    goals: tuple[GoalReached, ...]
    tie_break: str
    unique: bool
    engine: EngineRecord
    rounding: tuple[RoundingStep, ...] = ()


Line = Commitment | Payment
Key = TypeVar("Key", bound=Hashable)


def totals(lines: Iterable[Line], key: Callable[[Line], Key]) -> dict[Key, int]:
    """Sum amounts in cents by key; a missing key means that nothing is committed or paid there."""
    sums: dict[Key, int] = defaultdict(int)
    for line in lines:
        sums[key(line)] += line.amount
    return sums
