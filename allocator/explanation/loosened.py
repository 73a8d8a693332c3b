"""A program whose requirements may all be exceeded, solved again and again as some of them start or stop counting.

Each row of a requirement gets a column that says by how much it is exceeded, two where it is an equality. A column
costs one unit where its requirement counts and nothing where it does not: whatever counts, there is an answer, and
each solve starts from the one before. Nothing here is more than a claim: prices prove a contradiction only through an
exact bound, and a plan is one only once its exact values meet every row.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from allocator.compilation import Compilation
from allocator.engines import Engine, LinearModel, Status
from allocator.engines.engine import Answer, EngineError, Floats, Resting, session_of
from allocator.explanation.requirement import Requirement
from allocator.goals.goal import Objective
from allocator.program.frame import Flags, Ints
from allocator.program.program import Program
from allocator.program.scaling import scale
from allocator.proof.bound import proven_bound
from allocator.solve.face import Face, Priced
from allocator.solve.vertex import NotUniqueError, Number, exact_values, exact_values_beside
from scenarios.document import GoalKind

FREE = -1
"""Requirement of the rows that define the plan: they always count."""

CLOSER, MARGIN = 4, 4e-9
"""How many times a solve is repeated under limits drawn in, each time by four times what an engine may not see."""

REMEMBERED = 3
"""Plans whose whole decisions are tried again."""

SAME = 1e-9
"""What a scaled column moves by, between two answers, without having moved: its exact value is looked at first."""

_NOTHING = np.zeros(0, dtype=np.int64)

_ANY_PLAN = Objective(GoalKind.FUNDED_COST, _NOTHING, _NOTHING, maximise=False)
"""An objective of zero for every plan: a bound above zero says that there is none."""


@dataclass(frozen=True)
class Loosened:
    """One program, its requirements by rank, and the engine's session on it.

    ``owner``: rank of the requirement of each row, FREE for the others; ``exceeded``: row of each added column;
    ``margin`` and ``inside``: by how much the limits of rows and the bounds of columns are drawn in, in scaled units;
    ``taken``: whole decisions of the last plans found; ``stood``: where the engine last stopped, as it said it and
    exactly.
    """

    program: Program
    owner: Ints
    exceeded: Ints
    divisor: Floats
    margin: Floats
    inside: Floats
    taken: list[Ints]
    stood: list[tuple[Floats, list[Number]]]
    model: LinearModel
    engine: Engine

    @classmethod
    def of(cls, compilation: Compilation, asked: Sequence[Requirement], engine: Engine) -> "Loosened":
        """Return the program of a compilation whose goals are left aside, with room in every requirement."""
        program = compilation.program
        owner = np.full(len(program.limit), FREE, dtype=np.int64)
        for rank, requirement in enumerate(asked):
            owner[list(requirement.rows)] = rank
        over = np.flatnonzero(owner != FREE)
        under = over[program.equality[over]]
        scaled, (rows, columns) = scale(program), program.shape
        tight = Face.whole(program).model(scaled, np.zeros(columns), np.zeros(columns, dtype=np.bool_))
        exceeded = np.concatenate([over, under])
        model = _with_columns(tight, rows, exceeded, np.repeat([-1.0, 1.0], [len(over), len(under)]))
        drawn_in = np.zeros(rows), np.zeros(columns + len(exceeded))
        return cls(program, owner, exceeded, scaled.divisor, *drawn_in, [], [], model, session_of(engine))

    def solve(self, kept: Collection[int]) -> Answer:
        """Exceed as little as possible the requirements whose rank is kept. Raises EngineError."""
        return self._solved(kept, _NOTHING)

    def _solved(self, kept: Collection[int], taken: Ints, *, whole: bool = False) -> Answer:
        """Solve under the whole decisions ``taken`` (0 or 1 for each column that is whole), none when empty.

        ``whole``: they are chosen by the engine; otherwise, and with none taken, they may be taken in part.
        """
        counts = np.isin(self.owner[self.exceeded], sorted(kept))
        lower, upper = self.model.lower + self.inside, self.model.upper - self.inside
        if len(taken):
            columns = np.flatnonzero(self.program.integer)
            lower[columns] = upper[columns] = taken
        model = replace(
            self.model,
            cost=np.concatenate([np.zeros(len(self.program.upper)), counts.astype(np.float64)]),
            row_upper=self.model.row_upper - np.where(self.program.equality, 0.0, self.margin),
            lower=lower,
            upper=upper,
            integer=np.concatenate([self.program.integer & whole, np.zeros(len(self.exceeded), dtype=np.bool_)]),
        )
        answer = self.engine.solve(model)
        if answer.status is not Status.OPTIMAL:
            raise EngineError(f"{self.engine.record().name}: {answer.detail}")
        return answer

    def counting(self, kept: Collection[int]) -> Flags:
        """Tell which rows count when the requirements whose rank is kept do."""
        counting: Flags = np.isin(self.owner, (*kept, FREE))
        return counting

    def contradicting(self, kept: Collection[int], answer: Answer) -> list[int] | None:
        """Return the ranks kept whose prices prove, in exact arithmetic, that no plan meets them all; None if none."""
        priced = (np.abs(answer.prices) > 0) & self.counting(kept)
        # Most prices that are only noise are left out; where the proof needs them, they are taken.
        for some in (priced & Priced.read(answer).rows, priced):
            prices = np.where(some, answer.prices, 0.0) / self.divisor
            if proven_bound(self.program, _ANY_PLAN, prices) > 0:
                return sorted({int(rank) for rank in self.owner[some] if rank != FREE})
        return None

    def is_met(self, kept: Collection[int], answer: Answer) -> bool:
        """Tell whether an exact plan near an answer meets every requirement kept; False if unsure.

        Whole decisions are those of the answer when they are whole, else those of plans found before.
        """
        if self._leads_to_a_plan(kept, _NOTHING, answer):
            return True
        return any(self._leads_to_a_plan(kept, taken) for taken in reversed(self.taken))

    def remember(self, values: Sequence[Number]) -> None:
        """Keep the whole decisions of a plan, to be tried under other requirements."""
        whole = np.flatnonzero(self.program.integer).tolist()
        if whole:
            self._keep(np.array([int(values[column]) for column in whole], dtype=np.int64))

    def _keep(self, taken: Ints) -> None:
        self.taken.append(taken)
        del self.taken[:-REMEMBERED]

    def is_met_by_whole_decisions(self, kept: Collection[int]) -> bool:
        """Tell whether the whole decisions an engine chooses lead to an exact plan that meets every requirement kept.

        False if unsure. Any plan will do: the search for the one that the tie-break prefers takes much longer.
        """
        whole = np.flatnonzero(self.program.integer)
        if not len(whole):
            return False
        try:
            answer = self._solved(kept, _NOTHING, whole=True)
        except EngineError:
            return False
        taken = np.round(answer.values[whole]).astype(np.int64)
        if not self._leads_to_a_plan(kept, taken):
            return False
        self._keep(taken)
        return True

    def _leads_to_a_plan(self, kept: Collection[int], taken: Ints, answer: Answer | None = None) -> bool:
        """Tell whether the engine stops at an exact plan; limits it exceeds unseen are drawn in, and it runs again."""
        counting = self.counting(kept)
        for _again in range(CLOSER):
            try:
                given = answer or self._solved(kept, taken)
                near = self._beside_the_last(given)
                if near is not None and self._is_plan(near, counting):
                    return True
                values = self._where_it_stopped(given)
            except (NotUniqueError, EngineError):
                return False
            outside = self.program.out_of_bounds(values)
            broken = [row for row in self.program.broken_rows(values) if counting[row]]
            if not outside and not broken:
                return self._are_whole(values)
            self.inside[outside] += MARGIN
            self.margin[broken] += MARGIN
            answer = None
        return False

    def _is_plan(self, values: Sequence[Number], counting: Flags) -> bool:
        """Tell whether exact values meet every bound, every row that counts and every whole decision."""
        broken = self.program.broken_rows(values)
        return not (counting[broken].any() or self.program.out_of_bounds(values)) and self._are_whole(values)

    def _beside_the_last(self, answer: Answer) -> list[Number] | None:
        """Return what may be the exact values of an answer: those of the last one, but in the columns that moved.

        From one question to the next few columns move. Values that meet every row are a plan whatever was guessed.
        """
        if not self.stood or not isinstance(self.engine, Resting):
            return None
        claimed, exact = self.stood[-1]
        width = len(self.program.upper)
        at_limit, binding = self.engine.resting()
        moved = np.abs(answer.values[:width] - claimed) > SAME
        values = exact.copy()
        for column in np.flatnonzero(moved & at_limit[:width]).tolist():
            values[column] = int(self.program.upper[column]) if answer.values[column] > 0.5 else 0
        try:
            found = exact_values_beside(self.program, values, moved & ~at_limit[:width], self._tight(at_limit, binding))
        except (NotUniqueError, EngineError):
            return None
        self.stood[-1] = (answer.values[:width], found)
        return found

    def _tight(self, at_limit: Flags, binding: Flags) -> Flags:
        """Tell which rows an answer rests on; one that is exceeded freely only tells by how much."""
        tight = binding.copy()
        tight[self.exceeded[~at_limit[len(self.program.upper) :]]] = False
        return tight

    def _where_it_stopped(self, answer: Answer) -> list[Number]:
        """Return the exact values of an answer just given. Raises NotUniqueError, EngineError."""
        if not isinstance(self.engine, Resting):
            raise EngineError(f"{self.engine.record().name} does not say what its answers rest on")
        width = len(self.program.upper)
        at_limit, binding = self.engine.resting()
        tight = self._tight(at_limit, binding)
        values = exact_values(self.program, ~at_limit[:width], answer.values[:width] > 0.5, tight)
        self.stood[:] = [(answer.values[:width], values)]
        return values

    def _are_whole(self, values: Sequence[Number]) -> bool:
        return all(values[column] in (0, 1) for column in np.flatnonzero(self.program.integer).tolist())


def _with_columns(model: LinearModel, rows: int, exceeded: Ints, weights: Floats) -> LinearModel:
    """Add one column for each row exceeded, from zero to more than it can be exceeded by."""
    count, width = len(exceeded), len(model.lower)
    row = np.repeat(np.arange(rows), np.diff(model.start))
    most = 1.0 + np.abs(model.row_upper) + np.bincount(row, np.abs(model.value), minlength=rows)
    row = np.concatenate([row, exceeded])
    order = np.argsort(row, kind="stable")
    return replace(
        model,
        start=np.concatenate([[0], np.cumsum(np.bincount(row, minlength=rows))]).astype(np.int64),
        column=np.concatenate([model.column, width + np.arange(count)])[order],
        value=np.concatenate([model.value, weights])[order],
        lower=np.concatenate([model.lower, np.zeros(count)]),
        upper=np.concatenate([model.upper, most[exceeded]]),
        cost=np.zeros(width + count),
        integer=np.zeros(width + count, dtype=np.bool_),
    )
