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
from allocator.solve.face import PRICE_TOLERANCE, Face

MAGNIFICATION = float(1 << 20)
"""How much costs are magnified when prices of the wrong sign were too small for the engine to see."""

NEARLY = Fraction(1, 10**6)
"""Gap, in units of the objective, up to which a stage is taken as reached: what it leaves is counted in later gaps."""

ROUNDS = 2
"""Times the engine is asked again with magnified costs."""


@dataclass(frozen=True)
class _Tight:
    """A stage whose optimal plans are those where some columns keep their bound and some rows bind.

    ``columns``, ``rows``, ``kept``: those that this stage was the first to fix, stages kept being rows too;
    ``reduced``: what its multipliers leave.
    """

    stage: int
    bound: Bound
    reduced: list[Number]
    columns: list[int]
    rows: list[int]
    kept: list[int]


@dataclass
class Chain:
    """The bounds of the stages, one after the other; ``held`` columns are fixed at the value they have in the plan.

    ``tight``: stages whose optimal plans the face describes; ``kept``: the others, kept as rows, which bind when in
    ``binding``.
    """

    program: Program
    claims: Sequence[Claim]
    values: Sequence[Number]
    held: Flags
    scaled: ScaledProgram = field(init=False)
    matrix: Matrix = field(init=False)
    face: Face = field(init=False)
    tight: list[_Tight] = field(default_factory=list)
    kept: list[int] = field(default_factory=list)
    binding: set[int] = field(default_factory=set)

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
        bound = replace(bound, gap=self._gap(stage, bound, reduced))
        claim = self.claims[stage]
        if claim.kept is not None:
            if bound.gap <= NEARLY and claim.floor() == claim.floor(claim) == claim.reached(self.values):
                self._restrict(stage, bound, Bound(rows, stages, Fraction(0)), (raw, reduced))
            else:
                self.kept.append(stage)
        return bound

    def _multipliers(self, stage: int) -> tuple[Terms, dict[int, Number]]:
        """Return multipliers that are exactly dual to the best basis found, none of the wrong sign."""
        model = self._model(stage)
        rows, stages = self._first_exact(
            stage, [self._around_plan(stage, model), model] if self._reaches(stage) else [model]
        )
        free = self.face.equality
        return (
            {row: number for row, number in rows.items() if number > 0 or free[row]},
            {former: number for former, number in stages.items() if number > 0 or former in self.binding},
        )

    def _first_exact(self, stage: int, models: Sequence[LinearModel]) -> tuple[Terms, dict[int, Number]]:
        """Return the exact multipliers of the first model that has some, else the engine's own prices of the last."""
        for model in models:
            try:
                return self._exact_multipliers(stage, model)
            except (EngineError, NotUniqueError):
                continue
        return self._rounded_multipliers(stage, models[-1])

    def _reaches(self, stage: int) -> bool:
        """Tell whether the plan is claimed to be the best of a stage, all columns being free to be in part."""
        if self.program.integer.any() and not self.held.any():
            return False
        best = self.claims[stage].best
        if best is not None and self.claims[stage].value(self.values) != best:
            return False
        return all(self.claims[former].reached(self.values) >= self._floor(former, stage) for former in self.kept)

    def _around_plan(self, stage: int, model: LinearModel) -> LinearModel:
        """Return the model without the limits that the plan does not touch: they have no price if it is optimal.

        Limits so close that an engine takes one for the other are told apart exactly.
        """
        program, values = self.program, self.values
        slack = self._loose_rows()
        slack += [self.claims[former].reached(values) > self._floor(former, stage) for former in self.kept]
        above = np.array([value > 0 for value in values]) & ~self.face.fixed
        below = np.array([value < upper for value, upper in zip(values, program.upper.tolist(), strict=True)])
        return replace(
            model,
            row_upper=np.where(slack, np.inf, model.row_upper),
            lower=np.where(above, -np.inf, model.lower),
            upper=np.where(below & ~self.face.fixed, np.inf, model.upper),
        )

    def _exact_multipliers(self, stage: int, model: LinearModel) -> tuple[Terms, dict[int, Number]]:
        """Return the exact solution of the best basis found."""
        engine, gain = HighsEngine(), self.matrix.gains[stage]
        basis = engine.basis(model)
        rows, stages = self.matrix.multipliers(stage, self.kept, basis)
        for _ in range(ROUNDS):
            if not self._wrong(basis, self.matrix.reduced(gain, rows, stages), rows, stages):
                break
            try:
                basis = engine.basis(replace(model, cost=model.cost * MAGNIFICATION), basis)
            except EngineError:
                break
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

    def _loose_rows(self) -> list[bool]:
        """Tell which rows the plan does not touch."""
        program, free = self.program, self.face.equality.tolist()
        limits = enumerate(zip(program.limit.tolist(), free, strict=True))
        return [not binds and program.activity(row, self.values) < limit for row, (limit, binds) in limits]

    def _touched(self, left: list[Number]) -> list[bool]:
        """Tell which columns have a price and sit at the bound it pushes them to."""
        columns = zip(left, self.values, self.program.upper.tolist(), strict=True)
        return [(price > 0 and value == upper) or (price < 0 and value == 0) for price, value, upper in columns]

    def _wrong(self, basis: Basis, reduced: list[Number], rows: Terms, stages: dict[int, Number]) -> bool:
        """Tell whether a price has the wrong sign for the bound to be the optimum."""
        if any(number < 0 and former not in self.binding for former, number in stages.items()):
            return True
        if any(number < 0 and not self.face.equality[row] for row, number in rows.items()):
            return True
        columns = zip(reduced, basis.columns, self.face.fixed.tolist(), strict=True)
        return any(
            (left > 0 and status != UPPER) or (left < 0 and status != LOWER)
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

    def _floor(self, former: int, stage: int) -> Fraction:
        return self.claims[former].floor(self.claims[stage])

    def _model(self, stage: int) -> LinearModel:
        """Return the model of the face, with a row for each stage that is kept as such."""
        cost = self._cost(stage)
        model = self.face.model(self.scaled, cost, np.zeros(len(cost), dtype=np.bool_))
        for former in self.kept:
            row = self._cost(former)
            columns = np.flatnonzero(row)
            limit = -float(self._floor(former, stage) / Fraction(self._unit(former)))
            model = replace(
                model,
                start=np.append(model.start, model.start[-1] + len(columns)),
                column=np.append(model.column, columns),
                value=np.append(model.value, row[columns]),
                row_lower=np.append(model.row_lower, limit if former in self.binding else -np.inf),
                row_upper=np.append(model.row_upper, limit),
            )
        return model

    def _repaired(self, stage: int, bound: Bound, raw: list[Number]) -> tuple[Bound, list[Number]]:
        """Add former stages until no sign is wrong; at the last stage, until no price of theirs is zero either."""
        rows, stages, reduced = dict(bound.rows), dict(bound.stages), list(raw)
        strict = self.claims[stage].kept is None
        for former in reversed(self.tight):
            factor = _factor(former, Bound(rows, stages, bound.gap), reduced, strict=strict)
            if not factor:
                continue
            reduced = [
                left + factor * more if more else left for left, more in zip(reduced, former.reduced, strict=True)
            ]
            _add(rows, factor, former.bound.rows)
            _add(stages, factor, {**former.bound.stages, former.stage: 1})
        return Bound(rows, stages, bound.gap), reduced

    def _gap(self, stage: int, bound: Bound, reduced: list[Number]) -> Fraction:
        """Return the bound less the value of the plan: the sum of what each multiplier leaves."""
        gap, program, values = Fraction(0), self.program, self.values
        limits, uppers = program.limit.tolist(), program.upper.tolist()
        for row, number in bound.rows.items():
            if not program.equality[row]:
                gap += number * (limits[row] - program.activity(row, values))
        for former, number in bound.stages.items():
            gap += number * (self.claims[former].reached(values) - self._floor(former, stage))
        for left, value, upper, held in zip(reduced, values, uppers, self.held.tolist(), strict=True):
            if left and not held and (room := upper - value if left > 0 else value):
                gap += abs(Fraction(left)) * room
        return gap

    def _restrict(self, stage: int, bound: Bound, raw: Bound, lefts: tuple[list[Number], list[Number]]) -> None:
        """Keep the plans that are optimal for a stage: columns and rows that have a price and that the plan touches.

        ``raw``: the multipliers before former stages were added; ``lefts``: what these and ``bound`` leave of columns.
        """
        left, reduced = lefts
        touched, loose, scales = self._touched(left), self._loose_rows(), self.program.scale.tolist()
        # Where a gap is left, prices that may be nothing but rounding fix nothing: later stages would count on them.
        least = 0.0 if bound.gap == 0 else PRICE_TOLERANCE * self._unit(stage)
        free = np.flatnonzero(~self.face.fixed).tolist()
        columns = [j for j in free if touched[j] and abs(float(left[j])) * scales[j] > least]
        prices = {row: abs(float(number)) * self.scaled.divisor[row] for row, number in raw.rows.items() if number}
        rows = [row for row in prices if prices[row] > least and not self.face.equality[row] and not loose[row]]
        kept = [former for former, number in raw.stages.items() if number and former not in self.binding]
        self.binding.update(kept)
        self.tight.append(_Tight(stage, bound, reduced, columns, rows, kept))
        at_upper = np.array([float(left[column] > 0) for column in columns])
        face = self.face.with_values(np.array(columns, dtype=np.int64), at_upper)
        equality = face.equality.copy()
        equality[rows] = True
        self.face = replace(face, equality=equality)


def _factor(former: _Tight, bound: Bound, reduced: list[Number], *, strict: bool) -> int:
    """Return how many times a former stage is to be added for the signs it freed to be right."""
    pairs = [(former.bound.rows[row], bound.rows.get(row, 0)) for row in former.rows]
    pairs += [(former.bound.stages[kept], bound.stages.get(kept, 0)) for kept in former.kept]
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
