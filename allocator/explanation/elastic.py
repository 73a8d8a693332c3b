"""The least that some requirements must give way by, so that a plan exists: the elastic program.

Each row of a requirement that may give way gets a column of its own, in cents, and the sum of all of them is made as
small as possible. A budget that carries over gives way in its year and in all the years that sum it, once.
Reference: Chinneck, "Feasibility and Infeasibility in Optimization", Springer (2008), chapter 6.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import ceil

import numpy as np

from allocator.compilation import Compilation
from allocator.engines import Engine
from allocator.engines.engine import EngineError, Floats, session_of
from allocator.explanation.requirement import Kind, Requirement, requirements
from allocator.goals.goal import Objective
from allocator.program.frame import Ints
from allocator.program.program import Columns, Program, Rows, assemble
from allocator.program.scaling import ScaledProgram, scale
from allocator.solve.exact_plan import exact_plan
from allocator.solve.face import Face
from allocator.solve.ordered_goals import GIVEN, ExactPlan, NoPlanError, run, scaled_cost
from scenarios.document import GoalKind, Partner, Pool

ROOM, LEAST_ROOM = 1.01, 100_000
"""What each requirement may give: the estimated total and one hundredth, and that many cents at least."""


@dataclass(frozen=True)
class Give:
    """By how many cents, exactly, a requirement must give way."""

    requirement: Requirement
    cents: Fraction

    @property
    def whole(self) -> int:
        """Whole cents that are enough."""
        return ceil(self.cents)


@dataclass(frozen=True)
class Slack:
    """One column in whole units from 0: the requirement it loosens, and its entries (row, coefficient)."""

    requirement: Requirement
    entries: tuple[tuple[int, int], ...]


class Elastic:
    """The requirements of a compilation that may give way, in whole or in part, asked about several times.

    What giving way costs is first estimated by an engine, each time from the answer before; the exact amounts are then
    looked for within a little more than the estimate, where engines tell a cent from nothing.
    """

    def __init__(self, compilation: Compilation, engine: Engine, giving: Sequence[Requirement]) -> None:
        self.compilation = compilation
        self.engine = engine
        self._slacks = tuple(_slacks(compilation, giving))
        self._session = session_of(engine)
        self._abouts: dict[frozenset[tuple[str, ...]], float | None] = {}

    def about(self, giving: Collection[Requirement]) -> float | None:
        """Return about how many cents requirements must give way by, None when giving way is not enough.

        Whole decisions may be taken in part: with some, it is at least about that.
        """
        asked = frozenset(requirement.key for requirement in giving)
        if asked not in self._abouts:
            self._abouts[asked] = self._estimated(asked)
        return self._abouts[asked]

    def _estimated(self, asked: Collection[tuple[str, ...]]) -> float | None:
        elastic, cost, unit = self._estimating
        columns = len(self.compilation.program.upper)
        held = [columns + rank for rank, slack in enumerate(self._slacks) if slack.requirement.key not in asked]
        face = Face.whole(elastic.program).with_values(np.array(held, dtype=np.int64), np.zeros(len(held)))
        try:
            answer = run(self._session, elastic, face, cost)
        except (NoPlanError, EngineError):
            return None
        return float(cost @ answer.values) * unit

    def least(self, giving: Collection[Requirement]) -> tuple[Give, ...]:
        """Return how much requirements must give way by, in total as little as possible; sorted, without zeros.

        Raises NoPlanError when no plan exists whatever they give, EngineError as engines do.
        """
        asked = {requirement.key for requirement in giving}
        slacks = [slack for slack in self._slacks if slack.requirement.key in asked]
        plan = self._within_estimate(slacks, giving)
        given: dict[Requirement, Fraction] = defaultdict(Fraction)
        for slack, cents in zip(slacks, plan.values[len(self.compilation.program.upper) :], strict=True):
            given[slack.requirement] += cents
        return tuple(Give(requirement, cents) for requirement, cents in sorted(given.items(), key=_by_key) if cents)

    def _within_estimate(self, slacks: Sequence[Slack], giving: Collection[Requirement]) -> ExactPlan:
        """Return the exact plan that gives least; no total within a bound asks any requirement for more than it."""
        estimate = None if self.compilation.program.integer.any() else self.about(giving)
        if estimate is not None:
            most = max(LEAST_ROOM, ceil(estimate * ROOM))
            try:
                plan = exact_plan(total_to_give(self.compilation, slacks, most), self.engine)
                if plan.stages[0].value <= most:
                    return plan
            except (NoPlanError, EngineError):
                pass  # the estimate was of no use
        return exact_plan(total_to_give(self.compilation, slacks, _everything(self.compilation)), self.engine)

    @cached_property
    def _estimating(self) -> tuple[ScaledProgram, Floats, float]:
        """Return the elastic program of all requirements, the costs to minimise and their unit in cents."""
        elastic = total_to_give(self.compilation, self._slacks, _everything(self.compilation))
        scaled, (objective,) = scale(elastic.program), elastic.objectives
        if not isinstance(objective, Objective):
            raise TypeError("the total given is one sum")
        return scaled, *scaled_cost(scaled, objective)


def _everything(compilation: Compilation) -> int:
    """Return more cents than any requirement would ever give."""
    total: int = sum(compilation.program.frame.to_fund.tolist())
    return max(1, total)


def _by_key(item: tuple[Requirement, Fraction]) -> tuple[str, ...]:
    return item[0].key


def _slacks(compilation: Compilation, giving: Sequence[Requirement]) -> Iterator[Slack]:
    """Give the columns of each requirement: one per row, two where it is an equality, one per year of a purse."""
    program = compilation.program
    years = _years_after(giving, program)
    amounts = {*compilation.layout.amounts, *compilation.layout.payments}
    for requirement in giving:
        if requirement.kind in (Kind.COMMITMENT_BUDGET, Kind.PAYMENT_BUDGET):
            one = program.frame.profile_multiple if requirement.kind is Kind.PAYMENT_BUDGET else 1
            yield Slack(requirement, tuple((row, -one) for row in years[requirement]))
            continue
        for row in requirement.rows:
            cent = max((abs(weight) for column, weight in program.terms(row) if column in amounts), default=0)
            if not cent:
                continue  # no amount enters the row: it can be lifted, not loosened by some euros
            yield Slack(requirement, ((row, -cent),))
            if program.equality[row]:
                yield Slack(requirement, ((row, cent),))


def _years_after(giving: Sequence[Requirement], program: Program) -> dict[Requirement, list[int]]:
    """Return the rows that one more cent in a year loosens: those of its year, of all later ones with carry-over."""
    scenario = program.frame.scenario
    holders: list[Partner | Pool] = [*scenario.partners, *scenario.pools]
    carried = {holder.code for holder in holders if holder.carry_over}
    rows = {requirement.key: requirement.rows for requirement in requirements(program)}
    found: dict[Requirement, list[int]] = {}
    for requirement in giving:
        if requirement.kind in (Kind.COMMITMENT_BUDGET, Kind.PAYMENT_BUDGET):
            holder, first = requirement.codes
            last = scenario.last_year if holder in carried else int(first)
            keys = [(requirement.kind.value, holder, str(year)) for year in range(int(first), last + 1)]
            found[requirement] = [row for key in keys for row in rows[key]]
    return found


def total_to_give(compilation: Compilation, slacks: Sequence[Slack], most: int) -> Compilation:
    """Return the program with the columns of the slacks after its own, whose sum is to be made as small as possible.

    ``most``: cents that each may give.
    """
    program = compilation.program
    width = len(program.upper)
    codes = np.array(["|".join(slack.requirement.key) for slack in slacks], dtype=object)
    ranks = np.arange(len(slacks)).astype(object)
    bound = np.full(len(slacks), most, dtype=np.int64)
    group = Columns(GIVEN, (codes, ranks), bound, bound, np.zeros(len(slacks), dtype=np.bool_))
    rows = list(_with_slacks(program.row_groups, slacks, width))
    columns = width + np.arange(len(slacks))
    objective = Objective(GoalKind.FUNDED_COST, columns, np.ones(len(slacks), dtype=np.int64), maximise=False)
    elastic = assemble(program.frame, [*program.column_groups, group], rows)
    return replace(compilation, program=elastic, objectives=(objective,))


def _with_slacks(groups: Collection[Rows], slacks: Sequence[Slack], width: int) -> Iterator[Rows]:
    entries = sorted((row, width + rank, weight) for rank, slack in enumerate(slacks) for row, weight in slack.entries)
    place: Ints = np.array(entries, dtype=np.int64).reshape(-1, 3)
    first = 0
    for group in groups:
        here = place[(place[:, 0] >= first) & (place[:, 0] < first + len(group))]
        yield replace(
            group,
            row=np.concatenate([group.row, here[:, 0] - first]),
            column=np.concatenate([group.column, here[:, 1]]),
            coefficient=np.concatenate([group.coefficient, here[:, 2]]),
        )
        first += len(group)
