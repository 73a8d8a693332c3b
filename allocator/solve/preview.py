"""A preview: what the plan would be about after one edit, shown while the decisive run is still to come.

It repeats the stages of a decision on the edited scenario, each from the basis at which it ended before the edit, in
floating point only: no exact plan, no whole cents, no check. Three things are taken from the decision: the order in
which members of a goal of equality stop, whole decisions, and the level of the tie-break. Levels that follow each other
are solved together, each weighing ``RATIO`` times less than the one before. A preview is therefore never a result:
``confirm`` says whether the decisive run, cold and exact, gives the same cents.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import repeat

import highspy
import numpy as np

from allocator.allocation import Allocation, Commitment, Line, totals
from allocator.compilation import Compilation, compile_scenario
from allocator.engines import Status
from allocator.engines.engine import Answer, EngineError, Floats
from allocator.engines.highs import HighsEngine, HighsSession
from allocator.goals.goal import Aim, Members, Objective
from allocator.program.scaling import ScaledProgram, scale
from allocator.solve.allocate import Decision
from allocator.solve.carried import carried
from allocator.solve.face import Face, Priced
from allocator.solve.ordered_goals import scaled_cost, tie_break_cost
from allocator.solve.stages import Ladder
from scenarios.document import Scenario
from scenarios.fingerprint import fingerprint

TOGETHER, RATIO = 4, 8
"""Levels solved together, and how many times less each weighs than the one before.

More levels, or a larger ratio, leave weights too near the tolerances of an engine; a smaller one lets a level take from
the level before.
"""

ALMOST = 1e-2
"""Part of a cent that floating point may leave under a whole number of cents."""


@dataclass(frozen=True)
class Preview:
    """About what the plan of an edited scenario would be; not verified, never exported or archived.

    ``commitments``: in cents, sorted, zeros left out. ``goals``: about what each goal reaches, in the units of
    ``GoalReached``.
    """

    scenario: Scenario
    commitments: tuple[Commitment, ...]
    goals: tuple[float, ...]


@dataclass(frozen=True)
class Confirmation:
    """What the decisive run says of a preview: commitments that differ, and by how many cents in all."""

    moved: int
    cents: int

    @property
    def same(self) -> bool:
        """Whether every commitment is the same to the cent."""
        return self.moved == 0


@dataclass(frozen=True)
class Ready:
    """What previews of edits to one decided scenario start from: its stages, and the basis at which each ends."""

    decision: Decision
    stages: "_Stages"
    session: HighsSession
    ends: tuple[highspy.HighsBasis, ...]


def ready(decision: Decision, engine: HighsEngine) -> Ready | None:
    """Prepare previews of edits to a decided scenario, in two or three solves; None when they cannot be had.

    A loss admitted on a goal depends on what the goal reaches exactly: there is no preview then.
    """
    if any(aim.tolerance is not None for aim in decision.compilation.objectives):
        return None
    stages, session, ends = _stages(decision, decision.compilation), engine.session(), list[highspy.HighsBasis]()
    for answer in stages.answers(session, repeat(None)):
        if answer is None:
            return None
        ends.append(session.basis())
    return Ready(decision, stages, session, tuple(ends))


def preview(start: Ready, edited: Scenario) -> Preview | None:
    """Return about what the plan of an edited scenario would be, None when only the decisive run can tell.

    That is when the edit changes who or what goals compare, or leaves no plan under the whole decisions taken. Raises
    what ``compile_scenario`` raises.
    """
    compilation, before, ends = compile_scenario(edited), start.decision.compilation, start.ends
    if not _same_question(before, compilation):
        return None
    if compilation.program.has_terms_of(before.program):
        stages = start.stages.under_limits_of(compilation)
    else:
        stages = _stages(start.decision, compilation)
        ends = carried(ends, start.stages.scaled.program, stages.scaled.program)
    answer = None
    for answer in stages.answers(start.session, ends):
        if answer is None:
            return None
    if answer is None:
        return None
    values = answer.values * stages.scaled.program.scale
    goals = tuple(_reached(aim, values) for aim in compilation.objectives)
    return Preview(edited, tuple(sorted(_commitments(compilation, values))), goals)


def confirm(previewed: Preview, decided: Allocation) -> Confirmation:
    """Compare a preview with the decisive plan, to the cent. Raises ValueError when it is that of another scenario."""
    if fingerprint(previewed.scenario) != decided.fingerprint:
        raise ValueError(f"{decided.scenario}: the plan is not that of the scenario previewed")
    before, after = (totals(lines, _cell) for lines in (previewed.commitments, decided.commitments))
    gaps = [abs(before.get(cell, 0) - after.get(cell, 0)) for cell in before.keys() | after.keys()]
    return Confirmation(sum(gap > 0 for gap in gaps), sum(gaps))


def _cell(line: Line) -> tuple[str, str, int]:
    return line.operation, line.partner, line.start


@dataclass(frozen=True)
class _Stages:
    """The stages of a decision on the program of a scenario near it: what is left free, and the costs, in order."""

    scaled: ScaledProgram
    face: Face
    costs: tuple[Floats, ...]

    def under_limits_of(self, edited: Compilation) -> "_Stages":
        """Return the same stages under the limits of a scenario with the same terms."""
        program = self.scaled.program.under_limits_of(edited.program)
        scaled = replace(self.scaled, program=program, limit=program.limit / self.scaled.divisor)
        return _Stages(scaled, replace(self.face, equality=program.equality), self.costs)

    def answers(self, session: HighsSession, starts: Iterable[highspy.HighsBasis | None]) -> Iterator[Answer | None]:
        """Solve the stages, each from a basis (the one before when None); give None once there is no plan."""
        face, none = self.face, np.zeros(len(self.face.lower), dtype=np.bool_)
        for cost, start in zip(self.costs, starts, strict=False):
            model = face.model(self.scaled, cost, none)
            try:
                answer = session.solve(model) if start is None else session.solve_from(model, start)
                if answer.status is not Status.OPTIMAL:
                    yield None
                    return
                face = face.restricted(answer, Priced.read(answer))
            except EngineError:
                yield None
                return
            yield answer


def _stages(decision: Decision, compilation: Compilation) -> _Stages:
    """Return the stages of a decision, with the levels that it went through, on another program."""
    program, stages = compilation.program, list[list[Objective]]()
    for aim in compilation.objectives:
        if isinstance(aim, Objective):
            stages.append([aim])
            continue
        ladder, levels = Ladder(program, aim), list[Objective]()
        for rank, active in enumerate(_active(decision, aim), start=1):
            level = ladder.level(program, active, rank)
            program = program.extended([level.columns], [level.rows])
            levels.append(level.objective)
        stages.extend(levels[first : first + TOGETHER] for first in range(0, len(levels), TOGETHER))
    scaled, whole = scale(program), np.flatnonzero(compilation.program.integer)
    decided = np.array([float(decision.plan.values[column]) for column in whole.tolist()])
    costs = [_weighted(scaled, together) for together in stages]
    last = tie_break_cost(compilation, program, decision.plan.level)
    return _Stages(scaled, Face.whole(program).with_values(whole, decided), (*costs, last))


def _weighted(scaled: ScaledProgram, together: Sequence[Objective]) -> Floats:
    """Return the costs of objectives solved together, those that come first weighing more."""
    total = np.zeros(len(scaled.program.upper))
    for place, objective in enumerate(together):
        total += scaled_cost(scaled, objective)[0] / RATIO**place
    return total


def _active(decision: Decision, members: Members) -> Iterable[list[int]]:
    """Return the members still free at each level of a goal, as the decision found them."""
    place = {code: index for index, code in enumerate(members.codes)}
    known = len(decision.compilation.program.row_groups)
    for group in decision.plan.program.row_groups[known:]:
        if group.family == members.kind.value:
            yield [place[code] for code in group.names[0].tolist()]


def _same_question(decided: Compilation, edited: Compilation) -> bool:
    """Tell whether goals compare the same members, and whole decisions are the same columns."""
    return (
        [_compared(aim) for aim in decided.objectives] == [_compared(aim) for aim in edited.objectives]
        and np.array_equal(np.flatnonzero(decided.program.integer), np.flatnonzero(edited.program.integer))
        and (not edited.program.integer.any() or decided.program.column_ids() == edited.program.column_ids())
    )


def _compared(aim: Aim) -> tuple[object, ...]:
    return aim.kind, aim.tolerance, aim.codes if isinstance(aim, Members) else ()


def _reached(aim: Aim, values: Floats) -> float:
    if isinstance(aim, Objective):
        return float(aim.coefficient @ values[aim.column])
    pairs = zip(aim.measures, aim.weights, strict=True)
    rates = [float(coefficient @ values[column]) / float(weight) for (column, coefficient), weight in pairs]
    return (min if aim.maximise else max)(rates, default=0.0)


def _commitments(compilation: Compilation, values: Floats) -> Iterator[Commitment]:
    """Give commitments rounded as the decisive run first rounds them: down, what is left going to the owner."""
    frame, layout = compilation.layout.frame, compilation.layout
    amounts = values[layout.amounts.start : layout.amounts.stop]
    whole = np.floor(amounts + ALMOST).astype(np.int64)
    left = np.floor(np.bincount(frame.cell_launch, amounts, layout.launches) + ALMOST).astype(np.int64)
    np.subtract.at(left, frame.cell_launch, whole)
    owned = np.flatnonzero(frame.owner_cell >= 0)
    whole[frame.owner_cell[owned]] += left[owned]
    for cell in np.flatnonzero(whole > 0).tolist():
        partner, year = str(frame.partner_codes[frame.cell_partner[cell]]), int(frame.cell_year[cell])
        yield Commitment(frame.operation(cell).code, partner, year, int(whole[cell]))
