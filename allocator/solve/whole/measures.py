"""What the search compares selections by, in order: the goals, the published tie-break, then the fewest presences.

Every measure is minimised. Its exact value is a fraction in its own unit; its costs in floating point, on scaled
columns, are only used to propose and to bound.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import gcd

import numpy as np

from allocator.compilation import Compilation
from allocator.engines.engine import Floats
from allocator.goals import tie_break
from allocator.goals.goal import Objective
from allocator.program.frame import Ints
from allocator.program.program import Program
from allocator.program.scaling import ScaledProgram
from allocator.solve.elimination import Number
from allocator.solve.ordered_goals import scaled_cost, tie_break_cost


@dataclass(frozen=True)
class Measure:
    """``sum(coefficient * column)``, to minimise; ``cost * unit`` is the same on scaled columns.

    ``step``: every selection of whole columns gives a whole multiple of it; None when divisible columns count.
    """

    name: str
    column: Ints
    coefficient: tuple[Number, ...]
    cost: Floats
    unit: Fraction
    step: Fraction | None

    def value(self, values: list[Number]) -> Fraction:
        """Return the exact value of a plan."""
        return Fraction(
            sum((weight * values[j] for j, weight in zip(self.column.tolist(), self.coefficient, strict=True)), start=0)
        )


def measures(compilation: Compilation, extended: ScaledProgram, objectives: Sequence[Objective]) -> list[Measure]:
    """Return the measures in order; ``extended``: the compiled program with what goals of equality measure."""
    found = [_of_goal(extended, objective) for objective in objectives]
    found.append(of_tie_break(compilation, extended.program, 0))
    presences = _of_presences(compilation, extended.program)
    return [*found, presences] if len(presences.column) else found


def _of_goal(scaled: ScaledProgram, objective: Objective) -> Measure:
    cost, unit = scaled_cost(scaled, objective)
    sums: dict[int, int] = {}
    sign = -1 if objective.maximise else 1
    for column, coefficient in zip(objective.column.tolist(), objective.coefficient.tolist(), strict=True):
        sums[column] = sums.get(column, 0) + sign * coefficient
    kept = {column: coefficient for column, coefficient in sums.items() if coefficient}
    columns = np.array(list(kept), dtype=np.int64)
    return Measure(
        objective.kind.value, columns, tuple(kept.values()), cost, Fraction(unit), _step(scaled.program, kept)
    )


def _step(program: Program, coefficients: dict[int, int]) -> Fraction | None:
    if not all(program.integer[list(coefficients)].tolist()):
        return None
    return Fraction(reduce(gcd, coefficients.values(), 0) or 1)


def of_tie_break(compilation: Compilation, program: Program, level: int) -> Measure:
    """Return one draw of the tie-break as a measure."""
    cost = tie_break_cost(compilation, program, level)
    columns = np.flatnonzero(cost)
    coefficients = tuple(Fraction(cost[j]) / int(program.scale[j]) for j in columns.tolist())
    return Measure("tie_break", columns, coefficients, cost, Fraction(1), None)


def _of_presences(compilation: Compilation, program: Program) -> Measure:
    """Weigh whole columns that are not launches: a partner that brings nothing is not present.

    Whether it is changes no amount; without this, every such presence would double the number of equal selections.
    """
    whole = program.integer.copy()
    whole[: compilation.layout.launches] = False
    columns = np.flatnonzero(whole)
    cost = np.zeros(len(program.upper))
    ids = program.column_ids() if len(columns) else []
    cost[columns] = tie_break.scaled(tie_break.column_weights([ids[column] for column in columns.tolist()]))
    coefficients = tuple(Fraction(weight) for weight in cost[columns].tolist())
    return Measure("presences", columns, coefficients, cost, Fraction(1), None)
