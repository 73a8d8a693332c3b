"""From a scenario to a verified allocation: the one function every page and command calls."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

import numpy as np

from allocator.allocation import Allocation, Commitment, GoalReached, Launch, Payment, RoundingStep
from allocator.cents.whole_cents import WholePlan, whole_plan
from allocator.check import require
from allocator.compilation import Compilation, compile_scenario
from allocator.engines import Engine, engine_named
from allocator.goals import tie_break
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
    first_goal_prices,
    silent,
    solve_in_order,
    under_other_limits,
)
from allocator.solve.selection import choose_whole
from allocator.solve.vertex import Number
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
    progress("assembly")
    compilation = compile_scenario(scenario)
    run = _Run(compilation, scale(compilation.program), engine, progress)
    try:
        plan, whole = run.plan_in_whole_cents()
    except NoPlanError:
        progress("shortfalls")
        raise InfeasibleScenarioError(shortfalls(scenario, engine), scenario.currency) from None
    allocation = _allocation(compilation, plan, run.bound(plan), whole, engine)
    progress("check")
    require(scenario, allocation)
    return allocation


@dataclass(frozen=True)
class _Run:
    """One scenario being solved by one engine."""

    compilation: Compilation
    scaled: ScaledProgram
    engine: Engine
    progress: Progress

    def plan_in_whole_cents(self) -> tuple[ExactPlan, WholePlan]:
        """Return the exact plan and the plan in whole cents.

        A selection of whole operations that no whole cents can cover is refused, and the next best one is tried.
        """
        refused: list[Face] = []
        first: NoWholeCentsError | None = None
        while True:
            try:
                face = self._selected(refused)
                plan = self._solved(self.scaled, face, self.progress)
            except NoPlanError:
                if first is not None:
                    raise first from None
                raise
            self.progress("cents")
            try:
                return plan, whole_plan(self.compilation, plan.values, partial(self._again, face, plan))
            except NoWholeCentsError as error:
                first = first or error
                if not self.compilation.program.integer.any() or len(refused) == MAX_REFUSED:
                    raise first from None
                refused.append(face)

    def _selected(self, refused: Sequence[Face]) -> Face:
        """Return the face where whole decisions are taken."""
        if not self.compilation.program.integer.any():
            return Face.whole(self.compilation.program)
        return choose_whole(
            self.compilation,
            self.scaled,
            self.engine,
            objectives=self.compilation.objectives,
            progress=self.progress,
            refused=refused,
        )

    def _solved(self, scaled: ScaledProgram, face: Face, progress: Progress) -> ExactPlan:
        under = replace(self.compilation, program=scaled.program)
        objectives = self.compilation.objectives
        return solve_in_order(under, scaled, self.engine, face, objectives=objectives, progress=progress)

    def _again(self, face: Face, plan: ExactPlan, program: Program, whole: Ints) -> list[Number]:
        """Solve under other limits, the launches in ``whole`` being held."""
        moved = under_other_limits(program, plan.face)
        if moved is not None and all(moved[launch] == 1 for launch in whole.tolist()):
            return moved
        held = replace(face, equality=program.equality).with_values(whole, np.ones(len(whole)))
        return self._solved(scale(program), held, silent).values

    def bound(self, plan: ExactPlan) -> Fraction | None:
        """Return what no plan can beat on the first goal, proven in exact arithmetic."""
        if not self.compilation.objectives:
            return None
        program, objective = self.compilation.program, self.compilation.objectives[0]
        prices = plan.first_prices
        if program.integer.any():
            prices = first_goal_prices(self.scaled, self.engine, Face.whole(program), objective)
        return proven_bound(program, objective, prices)


def _allocation(
    compilation: Compilation, plan: ExactPlan, bound: Fraction | None, whole: WholePlan, engine: Engine
) -> Allocation:
    frame = compilation.layout.frame
    scenario = frame.scenario
    goals = tuple(
        GoalReached(objective.kind, objective.value(plan.values), bound if rank == 0 else None)
        for rank, objective in enumerate(compilation.objectives)
    )
    return Allocation(
        scenario=scenario.code,
        fingerprint=fingerprint(scenario),
        launches=_launches(frame, whole),
        commitments=_commitments(frame, whole),
        payments=_payments(frame, whole),
        goals=goals,
        tie_break=f"{tie_break.VERSION}.{plan.level}",
        unique=not compilation.program.integer.any(),
        engine=engine.record(),
        rounding=_rounding(compilation, plan, whole),
    )


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
