"""Goals in order, then the tie-break, on a linear program: each stage keeps what the previous ones reached.

Each goal is solved and the program restricted to its optimal face, exactly; the last stage is the published
tie-break. The exact plan is then computed from the limits that bind, and checked in exact arithmetic against
every row: what an engine says is only a claim.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import count
from typing import Any

import numpy as np

from allocator.compilation import Compilation
from allocator.engines.engine import Answer, Engine, EngineError, Floats, Status, session_of
from allocator.goals import tie_break
from allocator.goals.goal import Aim, Members, Objective, Tolerance
from allocator.program.program import Columns, Program, Rows
from allocator.program.scaling import ScaledProgram, scale
from allocator.solve.elimination import Terms
from allocator.solve.face import PRICE_TOLERANCE, Face, Priced
from allocator.solve.refinement import look_closer
from allocator.solve.stage_prices import SURE, exactly_priced, may_be_noise, priced
from allocator.solve.stages import Ladder, Stage, kept_row, opened
from allocator.solve.vertex import NotUniqueError, Number, exact_values

Progress = Callable[[str], None]
"""Told the name of each stage as it starts."""


def silent(_: str) -> None:
    """Report no progress."""


MAX_TIE_BREAK_LEVELS = 3

GIVEN = "given"
"""Kind of the columns that say by how many cents a requirement gives way: as few as possible, in the tie-break too."""

_UNKNOWN = (Fraction(0), Fraction(0), Fraction(0))
"""Values of a stage that only the exact plan tells."""


class NoPlanError(Exception):
    """No plan meets every rule."""


@dataclass(frozen=True)
class FirstStage:
    """The first stage of a run as the engine solved it; ``cost``: exact, to minimise, in ``unit`` for the engine."""

    scaled: ScaledProgram
    face: Face
    cost: Terms
    unit: float
    answer: Answer

    @property
    def prices(self) -> Floats:
        """Prices in units of the objective per unit of the exact rows."""
        return _unscaled(self.scaled, self.answer, self.unit)

    def is_proven(self) -> bool:
        """Tell whether exact prices prove that it is optimal."""
        try:
            exactly_priced(self.scaled, self.face, self.cost, self.answer)
        except EngineError:
            return False
        return True


@dataclass(frozen=True)
class ExactPlan:
    """Exact values of all columns, the tie-break level that made them unique, and the first stage (None: no goal).

    ``program``: the compiled program, then the columns and rows that levels and tolerances added; values, prices and
    face are over it. ``stages``: what each goal reached, in order. ``face``: the columns at a bound and the rows that
    bind, which determine the values. ``equals``: the plans that reach the same on every goal, before the tie-break.
    """

    values: list[Number]
    level: int
    first: FirstStage | None
    face: Face
    program: Program
    stages: tuple[Stage, ...]
    equals: Face


def solve_in_order(
    compilation: Compilation,
    scaled: ScaledProgram,
    engine: Engine,
    face: Face,
    *,
    objectives: Sequence[Aim],
    progress: Progress,
    by_cents: bool = False,
    proven: bool = False,
) -> ExactPlan:
    """Return the unique exact plan on a face where no column is whole any more.

    When the exact arithmetic does not confirm what the engine says, the engine is asked to look closer: at once when
    limits are known to differ ``by_cents``. With ``proven``, it must confirm all prices of every stage, which proves
    each stage optimal.
    Raises NoPlanError when the face is empty, EngineError when an engine fails or is never confirmed.
    """
    for closer in (True,) if by_cents else (False, True):
        try:
            first = _Run(compilation, scaled, session_of(engine), progress, face, closer=closer, proven=proven)
            return first.solve(objectives)
        except EngineError:
            continue
    return _Run(compilation, scaled, engine, progress, face, closer=True, proven=proven).solve(objectives)


def claimed_values(
    compilation: Compilation, scaled: ScaledProgram, engine: Engine, face: Face, *, objectives: Sequence[Aim]
) -> list[Floats]:
    """Return the scaled values an engine claims for the columns of the plan: nothing confirms them.

    Where some prices may be its noise, two claims are made: one with them, one without. For the many draws of a stress
    test only. Raises NoPlanError and EngineError as ``solve_in_order`` does.
    """
    session = session_of(engine)
    first = _Claim(compilation, scaled, session, silent, face, closer=False)
    claims = [first.claimed(objectives)]
    if first.doubtful:
        second = _Claim(compilation, scaled, session, silent, face, closer=False)
        second.zero, second.known = SURE, first.doubtful
        claims.append(second.claimed(objectives))
    return claims


class _Run:
    """The goals in order, then the tie-break, for one engine: where the run stands."""

    def __init__(
        self,
        compilation: Compilation,
        scaled: ScaledProgram,
        engine: Engine,
        progress: Progress,
        face: Face,
        *,
        closer: bool,
        proven: bool = False,
    ) -> None:
        self.compilation = compilation
        self.scaled = scaled
        self.engine = engine
        self.progress = progress
        self.face = face
        self.closer = closer
        self.proven = proven
        self.priced = exactly_priced if proven else priced
        self.stages: list[Stage] = []
        self.first: FirstStage | None = None

    def solve(self, aims: Sequence[Aim]) -> ExactPlan:
        self.reach(aims)
        values, level, face = self._settled()
        stages = tuple(_reached(self.stages, aims, values))
        return ExactPlan(values, level, self.first, face, self.scaled.program, stages, equals=self.face)

    def reach(self, aims: Sequence[Aim]) -> None:
        for rank, aim in enumerate(aims):
            self.progress(aim.kind.value)
            before = self.face
            if aim.tolerance is not None and aim.tolerance.best is not None and isinstance(aim, Objective):
                self._leave(Stage(rank, 0, aim, 1, *_UNKNOWN), aim.tolerance.best, aim.tolerance)
                continue
            if isinstance(aim, Objective):
                self._optimise(aim)
                reached = [Stage(rank, 0, aim, 1, *_UNKNOWN)]
            else:
                reached = [replace(stage, goal=rank) for stage in self._levels(aim)]
            if aim.tolerance is None:
                self.stages.extend(reached)
            else:
                self._give_back(reached, aim.tolerance, before)

    def _optimise(self, objective: Objective) -> Priced:
        """Solve one stage, restrict the face to its optima, and return what stopped it."""
        cost, unit = scaled_cost(self.scaled, objective)
        answer = self.answered(cost)
        exact = exact_costs(objective)
        if self.first is None:
            self.first = FirstStage(self.scaled, self.face, exact, unit, answer)
        stopped = self.stopping(exact, answer)
        self.face = self.face.restricted(answer, stopped)
        return stopped

    def answered(self, cost: Floats) -> Answer:
        return run(self.engine, self.scaled, self.face, cost, closer=self.closer)

    def stopping(self, cost: Terms, answer: Answer) -> Priced:
        return self.priced(self.scaled, self.face, cost, answer)

    def _levels(self, members: Members) -> Iterator[Stage]:
        """Solve the levels of a goal of equality, until every member is settled."""
        ladder = Ladder(self.scaled.program, members)
        active = tuple(range(len(members.codes)))
        for rank in count(1):
            if not active:
                return
            level = ladder.level(self.scaled.program, active, rank)
            self._extend([level.columns], [level.rows])
            stopped = self._optimise(level.objective)
            if not members.maximise and stopped.columns[-1]:
                # The level itself is at zero, and no measure is negative: every member left is at zero.
                yield Stage(0, rank, level.objective, ladder.unit, *_UNKNOWN)
                return
            settled = stopped.rows[-len(active) :].tolist()
            left = tuple(member for member, stops in zip(active, settled, strict=True) if not stops)
            if left == active:
                raise EngineError(f"{self.engine.record().name}: a level that nobody stops")
            active = left
            yield Stage(0, rank, level.objective, ladder.unit, *_UNKNOWN)

    def _extend(self, columns: Sequence[Columns], rows: Sequence[Rows]) -> None:
        self.scaled = scale(self.scaled.program.extended(columns, rows))
        self.face = self.face.within(self.scaled.program)

    def _give_back(self, reached: Sequence[Stage], tolerance: Tolerance, before: Face) -> None:
        """Record the stages of a goal, and leave to the next goals what they may take from it."""
        values, _, _ = self._settled(before_the_end=True)
        self.face = before.within(self.scaled.program)
        for stage in reached:
            self._leave(stage, stage.objective.value(values), tolerance)

    def _leave(self, stage: Stage, best: Fraction, tolerance: Tolerance) -> None:
        """Record a stage whose optimum is known, and keep it within its tolerance."""
        kept = tolerance.kept(best, maximise=stage.objective.maximise)
        self.stages.append(replace(stage, best=best, kept=kept))
        self._extend([], [kept_row(stage.objective, kept, str(stage.level), exactly=stage.level > 0)])

    def _settled(self, *, before_the_end: bool = False) -> tuple[list[Number], int, Face]:
        """Return the one plan that the tie-break leaves on the face, its level, and the limits that make it so.

        What goals only measure (distances, counts) is made small: before the end with the tie-break, so that it has one
        value for the goals still to come; at the end, after it, where a tolerance leaves it room.
        """
        layout, width = self.compilation.layout, len(self.compilation.program.upper)
        for level in range(MAX_TIE_BREAK_LEVELS):
            self.progress("tie_break")
            cost = tie_break_cost(self.compilation, self.scaled.program, level)
            small = np.zeros(len(cost))
            small[layout.width : width] = 1.0
            last = self._stopped_by(np.where(small > 0, small, cost) if before_the_end else cost, self.face)
            values = self._exact(last)
            if values is None and not last.fixed[layout.width : width].all():
                last = self._stopped_by(small, last)
                values = self._exact(last)
            if values is not None:
                return values, level, last
        raise EngineError("the tie-break does not settle the plan")

    def _stopped_by(self, cost: Floats, face: Face) -> Face:
        """Minimise costs that are exact in floating point on a face, and return the face of the best plans."""
        answer = run(self.engine, self.scaled, face, cost, closer=self.closer)
        if not self.proven and not may_be_noise(face, answer):
            return face.restricted(answer, Priced.read(answer))  # exact costs, long to write down, say no more
        exact = _costs_of_columns(self.scaled.program, cost)
        return face.restricted(answer, self.priced(self.scaled, face, exact, answer))

    def _exact(self, face: Face) -> list[Number] | None:
        """Return the exact plan of a face, None when the face holds several."""
        program = self.scaled.program
        try:
            values = exact_values(program, ~face.fixed, face.upper > 0, face.equality)
        except NotUniqueError:
            return None
        outside, broken = program.out_of_bounds(values), program.broken_rows(values)
        if outside or broken:
            name = program.column_ids()[outside[0]] if outside else program.row_ids()[broken[0]]
            number = len(outside) + len(broken)
            raise EngineError(f"{self.engine.record().name}: {number} limits not met exactly, first {name}")
        return values


class _Claim(_Run):
    """A run whose prices are read as the engine gives them, those below ``zero`` being none.

    ``doubtful``: the answers up to the first whose prices may be noise; ``known``: answers that need no solve.
    """

    zero = PRICE_TOLERANCE
    known: Sequence[Answer] = ()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._answers: list[Answer] = []
        self.doubtful: tuple[Answer, ...] = ()

    def answered(self, cost: Floats) -> Answer:
        rank = len(self._answers)
        self._answers.append(self.known[rank] if rank < len(self.known) else super().answered(cost))
        return self._answers[-1]

    def stopping(self, cost: Terms, answer: Answer) -> Priced:  # noqa: ARG002 - prices are not solved again
        if not self.doubtful and may_be_noise(self.face, answer):
            self.doubtful = tuple(self._answers)
        return Priced.read(answer, self.zero)

    def claimed(self, aims: Sequence[Aim]) -> Floats:
        self.reach(aims)
        cost = tie_break_cost(self.compilation, self.scaled.program, 0)
        return run(self.engine, self.scaled, self.face, cost).values


def _reached(stages: Sequence[Stage], aims: Sequence[Aim], values: Sequence[Number]) -> Iterator[Stage]:
    """Fill in what the final plan reaches; without a tolerance it is also the optimum, and what is kept."""
    for stage in stages:
        value = stage.objective.value(values)
        if aims[stage.goal].tolerance is None:
            yield replace(stage, best=value, kept=value, value=value)
        else:
            yield replace(stage, value=value)


def under_other_limits(program: Program, plan: ExactPlan) -> list[Number] | None:
    """Return the plan of the same goals when limits have changed a little, without any engine; None if unsure.

    ``program``: the compiled program under its new limits. The prices that made each stage optimal do not depend on
    the limits: where the same columns at a bound and the same binding rows still determine one plan, and it meets
    every row and bound, it is the only optimal one.
    """
    changed, face = plan.program.under_limits_of(program), plan.face
    try:
        values = exact_values(changed, ~face.fixed, face.upper > 0, face.equality)
    except (NotUniqueError, EngineError):
        return None
    return None if changed.out_of_bounds(values) or changed.broken_rows(values) else values


def first_stage(compilation: Compilation, scaled: ScaledProgram, engine: Engine) -> tuple[Program, Objective, Floats]:
    """Solve the first stage alone, as if no column had to be whole: its program, its objective and its prices."""
    program, objective = opened(scaled.program, compilation.objectives[0])
    scaled = scale(program)
    cost, unit = scaled_cost(scaled, objective)
    return program, objective, _unscaled(scaled, run(engine, scaled, Face.whole(program), cost), unit)


def run(engine: Engine, scaled: ScaledProgram, face: Face, cost: Floats, *, closer: bool = False) -> Answer:
    """Solve the linear program on a face; values are only returned when the engine claims optimality."""
    model = face.model(scaled, cost, np.zeros(len(cost), dtype=np.bool_))
    answer = engine.solve(model)
    if closer and answer.status is Status.OPTIMAL:
        answer = look_closer(engine, scaled, model, answer)
    if answer.status is Status.INFEASIBLE:
        raise NoPlanError(answer.detail)
    if answer.status is not Status.OPTIMAL:
        raise EngineError(f"{engine.record().name}: {answer.detail}")
    return answer


def scaled_cost(scaled: ScaledProgram, objective: Objective) -> tuple[Floats, float]:
    """Return the costs to minimise, the largest being 1, and the unit they were divided by."""
    program = scaled.program
    cost = np.zeros(len(program.upper))
    np.add.at(cost, objective.column, objective.coefficient.astype(np.float64))
    cost *= program.scale
    unit = float(np.abs(cost).max(initial=0.0)) or 1.0
    return (-cost if objective.maximise else cost) / unit, unit


def exact_costs(objective: Objective) -> Terms:
    """Return the exact costs of a goal by column, to minimise."""
    costs: Terms = {}
    sign = -1 if objective.maximise else 1
    for column, coefficient in zip(objective.column.tolist(), objective.coefficient.tolist(), strict=True):
        costs[column] = costs.get(column, 0) + sign * coefficient
    return costs


def _costs_of_columns(program: Program, cost: Floats) -> Terms:
    """Return costs of scaled columns that are exact in floating point, as the tie-break's are, by unit of column."""
    return {j: Fraction(cost[j]) / int(program.scale[j]) for j in np.flatnonzero(cost).tolist()}


def tie_break_cost(compilation: Compilation, program: Program, level: int) -> Floats:
    """Return the costs of the tie-break, to minimise, over the columns of a program extended from the compiled one."""
    layout = compilation.layout
    cost = np.zeros(len(program.upper))
    cost[: layout.width] = -tie_break.scaled(tie_break.gains(layout, level)) / tie_break.UNIT
    first = 0
    for group in program.column_groups:
        if group.kind == GIVEN:
            names = ["|".join(map(str, parts)) for parts in zip(*group.names, strict=True)]
            cost[first : first + len(names)] = tie_break.scaled(tie_break.column_weights(names))
        first += len(group.upper)
    return cost


def _unscaled(scaled: ScaledProgram, answer: Answer, unit: float) -> Floats:
    """Return prices in units of the objective per unit of the exact rows."""
    return answer.prices * (unit / scaled.divisor)
