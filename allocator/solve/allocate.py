"""From a scenario to a verified allocation: the one function every page and command calls."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from allocator.allocation import Allocation, Commitment, GoalReached, Launch, Payment, RoundingStep
from allocator.cents.whole_cents import WholePlan, whole_plan
from allocator.check import require
from allocator.compilation import Compilation, compile_scenario
from allocator.engines import Engine, engine_named
from allocator.engines.engine import Floats
from allocator.goals import tie_break
from allocator.program.frame import Frame
from allocator.program.program import Program
from allocator.program.scaling import ScaledProgram, scale
from allocator.proof.bound import proven_bound
from allocator.solve.face import Face
from allocator.solve.infeasible import InfeasibleScenarioError
from allocator.solve.mandatory import shortfalls
from allocator.solve.ordered_goals import ExactPlan, NoPlanError, Progress, first_goal_prices, solve_in_order
from allocator.solve.selection import choose_whole
from allocator.solve.vertex import Number
from scenarios.document import Scenario
from scenarios.fingerprint import fingerprint


def _silent(_: str) -> None:
    """Report no progress."""


def allocate(scenario: Scenario, engine_name: str = "highs", progress: Progress = _silent) -> Allocation:
    """Return the one allocation of a checked scenario, verified exactly against the scenario.

    ``progress`` is told the name of each stage. Raises InfeasibleScenarioError when no plan meets every rule,
    NoWholeCentsError when rules contradict each other by a cent, EngineError when an engine fails,
    AllocationRefused (a crash with its report) when the exact check fails, ValueError when the scenario still names
    rulebooks: ``scenarios.rulebooks.in_force`` turns them into rules first.
    """
    return allocate_with(scenario, engine_named(engine_name), progress)


def allocate_with(scenario: Scenario, engine: Engine, progress: Progress = _silent) -> Allocation:
    """Return the allocation as ``allocate`` does, with a configured engine."""
    progress("assembly")
    compilation = compile_scenario(scenario)
    scaled = scale(compilation.program)
    try:
        face, prices = _selected(compilation, scaled, engine, progress)
        plan = solve_in_order(compilation, scaled, engine, face, objectives=compilation.objectives, progress=progress)
    except NoPlanError:
        progress("shortfalls")
        raise InfeasibleScenarioError(shortfalls(scenario, engine)) from None
    progress("cents")

    def resolve(program: Program) -> list[Number]:
        again = scale(program)
        under = replace(compilation, program=program)
        return solve_in_order(under, again, engine, face, objectives=compilation.objectives, progress=_silent).values

    whole = whole_plan(compilation, plan.values, resolve)
    bound = _bound(compilation, plan.first_prices if prices is None else prices)
    allocation = _allocation(compilation, plan, bound, whole, engine)
    progress("check")
    require(scenario, allocation)
    return allocation


def _selected(
    compilation: Compilation, scaled: ScaledProgram, engine: Engine, progress: Progress
) -> tuple[Face, Floats | None]:
    """Return the face where whole decisions are taken, and the first goal's prices when they are all relaxed."""
    face = Face.whole(compilation.program)
    if not compilation.program.integer.any():
        return face, None
    objectives = compilation.objectives
    prices = first_goal_prices(scaled, engine, face, objectives[0]) if objectives else None
    chosen = choose_whole(compilation, scaled, engine, objectives=objectives, progress=progress)
    return chosen, prices


def _bound(compilation: Compilation, prices: Floats) -> Fraction | None:
    """Return what no plan can beat on the first goal, proven in exact arithmetic."""
    if not compilation.objectives:
        return None
    return proven_bound(compilation.program, compilation.objectives[0], prices)


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
        unique=True,
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
