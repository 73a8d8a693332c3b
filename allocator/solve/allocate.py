"""From a scenario to a verified allocation: the one function every page and command calls."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from itertools import zip_longest

import numpy as np

from allocator.allocation import Allocation, Commitment, GoalReached, Launch, Payment, RoundingStep, Settled
from allocator.cents.whole_cents import WholePlan, whole_plan
from allocator.check import require
from allocator.compilation import Compilation, compile_scenario
from allocator.engines import Engine, engine_named
from allocator.goals import tie_break
from allocator.goals.goal import Aim, Objective
from allocator.program.frame import Frame, Ints
from allocator.program.program import Program
from allocator.program.scaling import ScaledProgram, scale
from allocator.proof.bound import proven_bound
from allocator.solve.face import Face
from allocator.solve.infeasible import InfeasibleScenarioError, NoWholeCentsError
from allocator.solve.mandatory import shortfalls
from allocator.solve.ordered_goals import (
    ExactPlan,
    NoPlanError,
    Progress,
    silent,
    solve_in_order,
    under_other_limits,
)
from allocator.solve.stages import Stage
from allocator.solve.vertex import Number
from allocator.solve.whole.search import Selection, choose_whole
from scenarios.document import Scenario
from scenarios.fingerprint import fingerprint

MAX_REFUSED = 20
"""Selections refused because whole cents cannot cover them, before saying so."""


def allocate(scenario: Scenario, engine_name: str = "highs", progress: Progress = silent) -> Allocation:
    """Return the one allocation of a checked scenario, verified exactly against the scenario.

    ``progress`` is told the name of each stage. Raises InfeasibleScenarioError when no plan meets every rule,
    NoWholeCentsError when rules contradict each other by a cent, EngineError when an engine fails,
    AllocationRefused (a crash with its report) when the exact check fails, ValueError when the scenario still names
    rulebooks: ``scenarios.rulebooks.in_force`` turns them into rules first.
    """
    return allocate_with(scenario, engine_named(engine_name), progress)


def allocate_with(scenario: Scenario, engine: Engine, progress: Progress = silent) -> Allocation:
    """Return the allocation as ``allocate`` does, with a configured engine."""
    return decide(scenario, engine, progress).allocation


@dataclass(frozen=True)
class Decision:
    """An allocation and what it comes from: the program, the exact plan with its stages, the plan in whole cents."""

    compilation: Compilation
    plan: ExactPlan
    whole: WholePlan
    allocation: Allocation


def decide(scenario: Scenario, engine: Engine, progress: Progress = silent) -> Decision:
    """Return the allocation as ``allocate`` does, with what a proof or an explanation starts from."""
    progress("assembly")
    compilation = compile_scenario(scenario)
    run = _Run(compilation, scale(compilation.program), engine, progress)
    try:
        plan, whole, selection = run.plan_in_whole_cents()
    except NoPlanError:
        progress("shortfalls")
        raise InfeasibleScenarioError(shortfalls(scenario, engine), scenario.currency) from None
    bounds = selection.bounds if compilation.program.integer.any() else (run.bound(plan),)
    allocation = _allocation(compilation, plan, selection, bounds, whole, engine)
    progress("check")
    require(scenario, allocation)
    return Decision(compilation, plan, whole, allocation)


@dataclass(frozen=True)
class _Run:
    """One scenario being solved by one engine."""

    compilation: Compilation
    scaled: ScaledProgram
    engine: Engine
    progress: Progress

    def plan_in_whole_cents(self) -> tuple[ExactPlan, WholePlan, Selection]:
        """Return the exact plan, the plan in whole cents, and the selection they are under.

        A selection of whole operations that no whole cents can cover is refused, and the next best one is tried.
        """
        refused: list[Face] = []
        first: NoWholeCentsError | None = None
        while True:
            try:
                selection = self._selected(refused)
                face, aims = selection.face, selection.aims
                plan = self._solved(self.scaled, face, aims, self.progress)
            except NoPlanError:
                if first is not None:
                    raise first from None
                raise
            self.progress("cents")
            try:
                again = partial(self._again, face, aims, plan)
                return plan, whole_plan(self.compilation, self._compiled(plan.values), again), selection
            except NoWholeCentsError as error:
                first = first or error
                if not self.compilation.program.integer.any() or len(refused) == MAX_REFUSED:
                    raise first from None
                refused.append(face)

    def _selected(self, refused: Sequence[Face]) -> Selection:
        """Return the face where whole decisions are taken, and the goals to solve on it."""
        if not self.compilation.program.integer.any():
            return Selection.nothing_to_select(self.compilation)
        return choose_whole(
            self.compilation,
            self.scaled,
            self.engine,
            objectives=self.compilation.objectives,
            progress=self.progress,
            refused=refused,
        )

    def _solved(
        self, scaled: ScaledProgram, face: Face, aims: Sequence[Aim], progress: Progress, *, by_cents: bool = False
    ) -> ExactPlan:
        under = replace(self.compilation, program=scaled.program)
        return solve_in_order(under, scaled, self.engine, face, objectives=aims, progress=progress, by_cents=by_cents)

    def _compiled(self, values: list[Number]) -> list[Number]:
        """Return the values of the compiled columns, without those that the stages added."""
        return values[: len(self.compilation.program.upper)]

    def _again(self, face: Face, aims: Sequence[Aim], plan: ExactPlan, program: Program, whole: Ints) -> list[Number]:
        """Solve under other limits, the launches in ``whole`` being held."""
        moved = under_other_limits(program, plan) if self._keeps_everything() else None
        if moved is None or any(moved[launch] != 1 for launch in whole.tolist()):
            held = replace(face, equality=program.equality).with_values(whole, np.ones(len(whole)))
            # What a goal may lose is counted from its optimum before any launch was held, not from what holding leaves.
            known = tuple(_knowing(aim, plan, rank) for rank, aim in enumerate(aims))
            moved = self._solved(scale(program), held, known, silent, by_cents=True).values
        return self._compiled(moved)

    def _keeps_everything(self) -> bool:
        """Tell whether no goal has a tolerance: what a tolerance keeps changes with the limits."""
        return all(aim.tolerance is None for aim in self.compilation.objectives)

    def bound(self, plan: ExactPlan) -> Fraction | None:
        """Return what no plan can beat on the first stage, proven in exact arithmetic.

        It is the optimum itself, the same with every engine, unless the exact prices of an engine do not confirm it.
        """
        if plan.first is None or not plan.stages or plan.stages[0].goal != 0:
            return None
        stage = plan.stages[0]
        if plan.first.is_proven():
            return stage.best
        return proven_bound(plan.first.scaled.program, stage.objective, plan.first.prices)


def _knowing(aim: Aim, plan: ExactPlan, rank: int) -> Aim:
    """Return an aim that has a tolerance with the optimum it had in a plan; levels are settled again."""
    if not isinstance(aim, Objective) or aim.tolerance is None:
        return aim
    return aim.knowing(next(stage.best for stage in plan.stages if stage.goal == rank))


def _allocation(
    compilation: Compilation,
    plan: ExactPlan,
    selection: Selection,
    bounds: Sequence[Fraction | None],
    whole: WholePlan,
    engine: Engine,
) -> Allocation:
    frame = compilation.layout.frame
    scenario = frame.scenario
    goals = tuple(
        _reached(aim, plan, [stage for stage in plan.stages if stage.goal == rank], bound)
        for rank, (aim, bound) in enumerate(zip_longest(compilation.objectives, bounds))
    )
    return Allocation(
        scenario=scenario.code,
        fingerprint=fingerprint(scenario),
        launches=_launches(frame, whole),
        commitments=_commitments(frame, whole),
        payments=_payments(frame, whole),
        goals=goals,
        tie_break=f"{tie_break.VERSION}.{max(plan.level, selection.level)}",
        unique=selection.unique,
        engine=engine.record(),
        rounding=_rounding(compilation, plan, whole),
    )


def _reached(aim: Aim, plan: ExactPlan, stages: Sequence[Stage], bound: Fraction | None) -> GoalReached:
    """Say what a goal reached through its stages; a goal of equality that compares no one has none, and reaches 0."""
    if not stages:
        return GoalReached(aim.kind, Fraction(0), None)
    stage = stages[0]
    proven = None if bound is None else bound / stage.unit
    best = None if aim.tolerance is None else stage.best / stage.unit
    if isinstance(aim, Objective):
        return GoalReached(aim.kind, stage.value, proven, best)
    rates = zip(aim.rates(plan.values), aim.codes, strict=True)
    worst_first = sorted(rates, key=lambda member: (member[0] if aim.maximise else -member[0], member[1]))
    settled = tuple(Settled(code, rate) for rate, code in worst_first)
    return GoalReached(aim.kind, settled[0].rate, proven, best, settled)


def _launches(frame: Frame, whole: WholePlan) -> tuple[Launch, ...]:
    funded = whole.draft.funded
    return tuple(
        Launch(frame.operations[frame.launch_operation[i]].code, int(frame.launch_year[i]), int(funded[i]))
        for i in np.flatnonzero(funded).tolist()
    )


def _cell_key(frame: Frame, cell: int) -> tuple[str, str, int]:
    return frame.operation(cell).code, str(frame.partner_codes[frame.cell_partner[cell]]), int(frame.cell_year[cell])


def _commitments(frame: Frame, whole: WholePlan) -> tuple[Commitment, ...]:
    amounts = whole.draft.amounts
    cells: Sequence[int] = np.flatnonzero(amounts).tolist()
    return tuple(sorted(Commitment(*_cell_key(frame, cell), int(amounts[cell])) for cell in cells))


def _payments(frame: Frame, whole: WholePlan) -> tuple[Payment, ...]:
    paid = (paid for paid in whole.payments if paid.amount)
    return tuple(sorted(Payment(*_cell_key(frame, p.cell), p.year, p.amount) for p in paid))


def _rounding(compilation: Compilation, plan: ExactPlan, whole: WholePlan) -> tuple[RoundingStep, ...]:
    frame, first = compilation.layout.frame, compilation.layout.launches
    steps = []
    for cell, amount in enumerate(whole.draft.amounts.tolist()):
        exact = Fraction(plan.values[first + cell])
        if exact != amount:
            steps.append(RoundingStep(*_cell_key(frame, cell), exact, amount))
    return tuple(sorted(steps))
