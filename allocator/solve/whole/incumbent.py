"""The best selection measured exactly so far. A selection is the value, 0 or 1, of every whole column."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from allocator.engines.engine import EngineError, Floats
from allocator.program.frame import Ints
from allocator.solve.elimination import Number
from allocator.solve.ordered_goals import ExactPlan
from allocator.solve.whole.measures import Measure

Chosen = NDArray[np.bool_]
Vector = tuple[Fraction, ...]
"""Exact values of the measures, in order; the smaller in that order, the better."""


@dataclass
class Incumbent:
    """Selections measured exactly, each once, and the best of them.

    ``plan_of`` gives the exact plan of a selection, None when there is none, and ``proof_of`` the same plan once exact
    prices prove that it is the best one. ``visible``: columns that make two plans differ to a reader (commitments).
    ``complete`` adds to the values of a plan those of the columns that only measure goals of equality. ``kept``: by
    rank, the value within which every plan is as good (a tolerance). ``equals``: selections exactly as good as the best
    one with other amounts.
    """

    measures: list[Measure]
    whole: Ints
    visible: Ints
    plan_of: Callable[[Chosen], ExactPlan | None]
    proof_of: Callable[[Chosen], ExactPlan | None]
    complete: Callable[[Sequence[Number]], list[Number]]
    kept: dict[int, Fraction] = field(default_factory=dict)
    chosen: Chosen | None = None
    plan: ExactPlan | None = None
    vector: Vector = ()
    equals: list[tuple[Chosen, ExactPlan]] = field(default_factory=list)
    seen: dict[bytes, Vector | None] = field(default_factory=dict)
    proven: dict[bytes, bool] = field(default_factory=dict)
    failure: EngineError | None = None
    """Why some selection could not be measured."""

    def try_selection(self, chosen: Chosen) -> Vector | None:
        """Measure a selection exactly and keep it when it is the best; return its values, None without a plan."""
        key = chosen.tobytes()
        if key in self.seen:
            return self.seen[key]
        try:
            plan = self.plan_of(chosen)
        except EngineError as error:
            self.failure = error
            plan = None
        vector = None if plan is None else self._vector(plan)
        self.seen[key] = vector
        if plan is not None and vector is not None:
            self._compare(chosen, plan, vector)
        return vector

    def is_proven(self, chosen: Chosen) -> bool:
        """Tell whether exact prices prove that the plan of a selection, measured already, is the best one it has."""
        key = chosen.tobytes()
        if key not in self.proven:
            try:
                plan = self.proof_of(chosen)
            except EngineError:
                plan = None
            self.proven[key] = plan is not None and plan.level == 0 and self._vector(plan) == self.seen.get(key)
        return self.proven[key]

    def _vector(self, plan: ExactPlan) -> Vector:
        values = self.complete(plan.values)
        exact = (measure.value(values) for measure in self.measures)
        return tuple(max(value, self.kept.get(rank, value)) for rank, value in enumerate(exact))

    def keep_within(self, rank: int, value: Fraction) -> None:
        """Let plans lose something on a measure: selections already measured are measured again when met."""
        self.kept[rank] = value
        self.seen = {key: None for key, vector in self.seen.items() if vector is None}
        self.proven = {}
        chosen, self.chosen, self.plan, self.vector, self.equals = self.chosen, None, None, (), []
        if chosen is not None:
            self.try_selection(chosen)

    def refuse(self, chosen: Chosen) -> None:
        """Never take this selection."""
        self.seen[chosen.tobytes()] = None

    def _compare(self, chosen: Chosen, plan: ExactPlan, vector: Vector) -> None:
        if self.plan is None or vector < self.vector:
            self.chosen, self.plan, self.vector, self.equals = chosen, plan, vector, []
        elif vector == self.vector and self._amounts(plan.values) != self._amounts(self.plan.values):
            self.equals.append((chosen, plan))

    def settle(self, measure: Measure) -> None:
        """Keep the best for one more measure of the selections that are equal so far."""
        if self.chosen is None or self.plan is None:
            return
        every = [
            (measure.value(plan.values), chosen, plan) for chosen, plan in [(self.chosen, self.plan), *self.equals]
        ]
        least = min(value for value, _, _ in every)
        (_, self.chosen, self.plan), *others = [found for found in every if found[0] == least]
        self.equals = [(chosen, plan) for _, chosen, plan in others]

    def _amounts(self, values: list[Number]) -> list[Number]:
        return [values[column] for column in self.visible.tolist()]

    def scaled(self, rank: int) -> Fraction | None:
        """Return the best value of a measure in its scaled unit, None before any selection was found."""
        return self.vector[rank] / self.measures[rank].unit if self.vector else None

    def read(self, values: Floats) -> Chosen:
        """Return the selection of a plan whose whole columns are whole, nearly."""
        found: Chosen = values[self.whole] > 0.5
        return found
