"""From a plan to its proof: for each stage, multipliers that no plan can beat.

Weak duality with boxes: whatever the multipliers ``y`` of the rows (non-negative on ``<=`` rows) and ``l >= 0`` of
the former stages, every plan ``x`` that keeps them satisfies
``c x <= y b - sum l_s kept_s + sum_j max(0, c_j + sum l_s c_sj - y A_j) * upper_j``. Wrong multipliers give a weak
bound, never a false one. Good ones come from the stage's linear program restricted to the plans optimal so far: the
signs that restriction frees are set right by adding enough of the former stages' own multipliers, which are
strictly non-zero there. Everything is computed again with HiGHS, whoever found the plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import ceil, floor

import numpy as np

from allocator.engines.engine import EngineError, Floats, LinearModel, Status
from allocator.engines.highs import Basis, HighsEngine
from allocator.program.frame import Flags
from allocator.program.program import Program
from allocator.program.scaling import ScaledProgram, scale
from allocator.proof.multipliers import LOWER, UPPER, Matrix
from allocator.proof.proof import Bound, Claim
from allocator.solve.elimination import NotUniqueError, Number, Terms
from allocator.solve.face import Face

MAGNIFICATION = float(1 << 20)
"""How much costs are magnified when prices of the wrong sign were too small for the engine to see."""

ROUNDS = 2
"""Times the engine is asked again with magnified costs."""


@dataclass(frozen=True)
class _Tight:
    """A stage whose optimal plans are those where some columns keep their bound and some rows bind.

    ``columns``, ``rows``: those that this stage was the first to fix; ``reduced``: what its multipliers leave.
    """

    stage: int
    bound: Bound
    reduced: list[Number]
    columns: list[int]
    rows: list[int]


@dataclass
class Chain:
    """The bounds of the stages, one after the other; ``held`` columns are fixed at the value they have in the plan."""

    program: Program
    claims: Sequence[Claim]
    values: Sequence[Number]
    held: Flags
    scaled: ScaledProgram = field(init=False)
    matrix: Matrix = field(init=False)
    face: Face = field(init=False)
    tight: list[_Tight] = field(default_factory=list)
    kept: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.scaled = scale(self.program)
        self.matrix = Matrix(self.program, self.claims)
        columns = np.flatnonzero(self.held)
        ones = np.array([float(self.values[column] > 0) for column in columns.tolist()])
        self.face = Face.whole(self.program).with_values(columns, ones)

    def bounds(self) -> tuple[Bound, ...]:
        """Return one bound per claim. Raises EngineError or NotUniqueError when HiGHS gives no usable basis."""
        return tuple(self._bound(stage) for stage in range(len(self.claims)))

    def _bound(self, stage: int) -> Bound:
        gain = self.matrix.gains[stage]
        rows, stages = self._multipliers(stage)
        raw = self.matrix.reduced(gain, rows, stages)
        bound, reduced = self._repaired(stage, Bound(rows, stages, Fraction(0)), raw)
        bound = replace(bound, gap=self._gap(bound, reduced))
        claim = self.claims[stage]
        if claim.kept is not None:
            if bound.gap == 0 and claim.floor == claim.reached(self.values):
                self._restrict(stage, bound, (raw, rows), reduced)
            else:
                self.kept.append(stage)
        return bound

    def _multipliers(self, stage: int) -> tuple[Terms, dict[int, Number]]:
        """Return multipliers that are exactly dual to the best basis found, none of the wrong sign."""
        model = self._model(self._cost(stage))
        try:
            rows, stages = self._exact_multipliers(stage, model)
        except (EngineError, NotUniqueError):
            rows, stages = self._rounded_multipliers(stage, model)
        free = self.face.equality
        return (
            {row: number for row, number in rows.items() if number > 0 or free[row]},
            {former: number for former, number in stages.items() if number > 0},
        )

    def _exact_multipliers(self, stage: int, model: LinearModel) -> tuple[Terms, dict[int, Number]]:
        """Return the exact solution of the best basis found."""
        engine, gain = HighsEngine(), self.matrix.gains[stage]
        basis = engine.basis(model)
        rows, stages = self.matrix.multipliers(stage, self.kept, basis)
        for _ in range(ROUNDS):
            if not self._wrong(basis, self.matrix.reduced(gain, rows, stages), rows, stages):
                break
            basis = engine.basis(replace(model, cost=model.cost * MAGNIFICATION), basis)
            rows, stages = self.matrix.multipliers(stage, self.kept, basis)
        return rows, stages

    def _rounded_multipliers(self, stage: int, model: LinearModel) -> tuple[Terms, dict[int, Number]]:
        """Return the engine's own prices, as fractions: they bound every plan too, less closely."""
        answer = HighsEngine().solve(model)
        if answer.status is not Status.OPTIMAL:
            raise EngineError(f"HiGHS: {answer.detail}")
        unit = self._unit(stage)
        divisors = [*self.scaled.divisor.tolist(), *(self._unit(former) for former in self.kept)]
        prices = {
            place: -Fraction(price) * Fraction(unit) / Fraction(divisor)
            for place, (price, divisor) in enumerate(zip(answer.prices.tolist(), divisors, strict=True))
            if price
        }
        size = len(self.scaled.divisor)
        rows: Terms = {place: number for place, number in prices.items() if place < size}
        return rows, {self.kept[place - size]: number for place, number in prices.items() if place >= size}

    def _wrong(self, basis: Basis, reduced: list[Number], rows: Terms, stages: dict[int, Number]) -> bool:
        """Tell whether a price has the wrong sign for the bound to be the optimum."""
        if any(number < 0 for number in stages.values()):
            return True
        if any(number < 0 and not self.face.equality[row] for row, number in rows.items()):
            return True
        columns = zip(reduced, basis.columns, self.face.fixed.tolist(), strict=True)
        return any(
            (left > 0 and status == LOWER) or (left < 0 and status == UPPER)
            for left, status, fixed in columns
            if not fixed
        )

    def _unit(self, stage: int) -> float:
        """Return what the scaled costs of a stage are divided by, for the largest to be 1."""
        gain, scales = self.matrix.gains[stage], self.program.scale
        return max((abs(float(number * int(scales[column]))) for column, number in gain.items()), default=0.0) or 1.0

    def _cost(self, stage: int) -> Floats:
        """Return the scaled costs to minimise."""
        cost = np.zeros(len(self.program.upper))
        for column, number in self.matrix.gains[stage].items():
            cost[column] = -float(number * int(self.program.scale[column]))
        return cost / self._unit(stage)

    def _model(self, cost: Floats) -> LinearModel:
        """Return the model of the face, with a row for each stage that is kept as such."""
        model = self.face.model(self.scaled, cost, np.zeros(len(cost), dtype=np.bool_))
        for stage in self.kept:
            row = self._cost(stage)
            columns = np.flatnonzero(row)
            model = replace(
                model,
                start=np.append(model.start, model.start[-1] + len(columns)),
                column=np.append(model.column, columns),
                value=np.append(model.value, row[columns]),
                row_lower=np.append(model.row_lower, -np.inf),
                row_upper=np.append(model.row_upper, -float(self.claims[stage].floor / Fraction(self._unit(stage)))),
            )
        return model

    def _repaired(self, stage: int, bound: Bound, raw: list[Number]) -> tuple[Bound, list[Number]]:
        """Add former stages until no sign is wrong; at the last stage, until no price of theirs is zero either."""
        rows, stages, reduced = dict(bound.rows), dict(bound.stages), list(raw)
        strict = self.claims[stage].kept is None
        for former in reversed(self.tight):
            factor = _factor(former, rows, reduced, strict=strict)
            if not factor:
                continue
            reduced = [
                left + factor * more if more else left for left, more in zip(reduced, former.reduced, strict=True)
            ]
            _add(rows, factor, former.bound.rows)
            _add(stages, factor, {**former.bound.stages, former.stage: 1})
        return Bound(rows, stages, bound.gap), reduced

    def _gap(self, bound: Bound, reduced: list[Number]) -> Fraction:
        """Return the bound less the value of the plan: the sum of what each multiplier leaves, never negative."""
        gap, program, values = Fraction(0), self.program, self.values
        limits, uppers = program.limit.tolist(), program.upper.tolist()
        for row, number in bound.rows.items():
            if not program.equality[row]:
                gap += number * (limits[row] - program.activity(row, values))
        for former, number in bound.stages.items():
            gap += number * (self.claims[former].reached(values) - self.claims[former].floor)
        for left, value, upper, held in zip(reduced, values, uppers, self.held.tolist(), strict=True):
            if left and not held and (room := upper - value if left > 0 else value):
                gap += abs(Fraction(left)) * room
        return gap

    def _restrict(self, stage: int, bound: Bound, raw: tuple[list[Number], Terms], reduced: list[Number]) -> None:
        """Keep the plans that are optimal for a stage: columns whose price is not zero, rows whose price is not."""
        left, prices = raw
        columns = [j for j in np.flatnonzero(~self.face.fixed).tolist() if left[j]]
        rows = [row for row, number in prices.items() if number and not self.face.equality[row]]
        self.tight.append(_Tight(stage, bound, reduced, columns, rows))
        at_upper = np.array([float(left[column] > 0) for column in columns])
        face = self.face.with_values(np.array(columns, dtype=np.int64), at_upper)
        equality = face.equality.copy()
        equality[rows] = True
        self.face = replace(face, equality=equality)


def _factor(former: _Tight, rows: Terms, reduced: list[Number], *, strict: bool) -> int:
    """Return how many times a former stage is to be added for the signs it freed to be right."""
    pairs = [(former.bound.rows[row], rows.get(row, 0)) for row in former.rows]
    pairs += [(former.reduced[column], reduced[column]) for column in former.columns]
    wanted = [Fraction(-number) / right for right, number in pairs if not number or (number > 0) != (right > 0)]
    if not wanted:
        return 0
    return floor(max(wanted)) + 1 if strict else ceil(max(wanted))


def _add(terms: Terms, factor: int, more: Terms) -> None:
    for place, number in more.items():
        terms[place] = terms.get(place, 0) + factor * number
        if not terms[place]:
            del terms[place]
