"""The exact plan behind an engine's claim, and whether it is the only one.

Given which columns are free and which rows bind, the plan solves a linear system with integer coefficients,
in exact rationals. When binding rows come from prices that are not zero, a plan that this system determines entirely
is the only optimal one (complementary slackness): uniqueness is certified, not hoped.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from allocator.engines.engine import EngineError
from allocator.program.program import Program
from allocator.solve.elimination import NotUniqueError, Number, Terms, solve_exactly

__all__ = ["NotUniqueError", "Number", "exact_values", "exact_values_beside"]


def exact_values(
    program: Program, free: NDArray[np.bool_], at_upper: NDArray[np.bool_], binding: NDArray[np.bool_]
) -> list[Number]:
    """Return the exact value of every column.

    ``free`` columns are unknown, the others sit at 0 or, where ``at_upper``, at their upper bound; ``binding``
    rows hold with equality. Raises NotUniqueError when the system does not determine the free columns, and
    EngineError when it has no solution.
    """
    return _solved(program, np.where(at_upper, program.upper, 0).tolist(), free, binding)


def exact_values_beside(
    program: Program, known: Sequence[Number], free: NDArray[np.bool_], binding: NDArray[np.bool_]
) -> list[Number]:
    """Return the exact value of every column, those that are not ``free`` being ``known``.

    Only the binding rows that hold a free column are looked at: what the others become is to be checked. Raises as
    ``exact_values`` does.
    """
    touched = np.zeros(len(program.limit), dtype=np.bool_)
    touched[np.repeat(np.arange(len(program.limit)), np.diff(program.start))[free[program.column]]] = True
    return _solved(program, [*known], free, binding & touched)


def _solved(
    program: Program, values: list[Number], free: NDArray[np.bool_], binding: NDArray[np.bool_]
) -> list[Number]:
    rows, rest = _system(program, values, free.tolist(), binding)
    columns: list[int] = np.flatnonzero(free).tolist()
    found = solve_exactly(rows, rest, columns)
    for column in columns:
        values[column] = found[column]
    return values


def _system(
    program: Program, values: list[Number], is_free: list[bool], binding: NDArray[np.bool_]
) -> tuple[dict[int, Terms], Terms]:
    rows: dict[int, Terms] = {}
    rest: Terms = {}
    for row in np.flatnonzero(binding).tolist():
        known: Number = int(program.limit[row])
        terms: Terms = {}
        for column, coefficient in program.terms(row):
            if is_free[column]:
                terms[column] = terms.get(column, 0) + coefficient
            else:
                known -= coefficient * values[column]
        if terms:
            rows[row], rest[row] = terms, known
        elif known != 0:
            raise EngineError(f"a binding limit is not met (row {row}, by {known})")
    return rows, rest
