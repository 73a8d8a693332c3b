"""The program as an MPS or LP file an auditor can open with any solver.

Numbers are exact, and shifted by powers of ten only: in raw cents solvers were seen to call optimal what is not. Each
column is counted in the largest power of ten its bound reaches (its bound tells which: 3.4 for 340 000 cents), each
row is divided by that of its largest number. Rows and columns carry their stable names (``|`` is written ``#`` and
``-`` is written ``~``, which no code contains). The objective is the committee's first goal, in its own units, to
minimise: a goal to maximise is written with its sign changed.
"""

from decimal import Decimal
from math import gcd
from pathlib import Path

import numpy as np

from allocator.compilation import Compilation
from allocator.engines.engine import Floats, LinearModel
from allocator.program.frame import Ints
from allocator.program.program import Program
from allocator.solve.stages import opened

FORMATS = ("mps", "lp")

_EXACT_UP_TO = 10**13
"""PuLP writes thirteen significant digits; a larger number would be rounded."""

_NAMES = str.maketrans("|-", "#~")


def write_model(compilation: Compilation, path: Path) -> None:
    """Write the program to ``path``, in the format of its suffix (``.mps`` or ``.lp``).

    Raises ValueError for another suffix, or when a number is too large to be written exactly.
    """
    suffix = path.suffix.removeprefix(".")
    if suffix not in FORMATS:
        raise ValueError(f"unknown model format {suffix!r}: expected one of {', '.join(FORMATS)}")
    program, model = _exact_model(compilation)
    columns = [name.translate(_NAMES) for name in program.column_ids()]
    rows = [name.translate(_NAMES) for name in program.row_ids()]
    from allocator.engines.pulp import as_pulp  # only files wait for PuLP

    problem, _ = as_pulp(model, columns, rows)
    if suffix == "mps":
        problem.writeMPS(str(path))
    else:
        problem.writeLP(str(path))


def _exact_model(compilation: Compilation) -> tuple[Program, LinearModel]:
    """Return the program of the first goal (of its first level, for a goal of equality) and its model in integers."""
    program, objectives = compilation.program, []
    for aim in compilation.objectives[:1]:
        program, objective = opened(program, aim)
        objectives.append(objective)
    coefficient, limit = _reduced(program)
    cost = np.zeros(len(program.upper), dtype=np.int64)
    for objective in objectives:
        np.add.at(cost, objective.column, -objective.coefficient if objective.maximise else objective.coefficient)
    for numbers in (coefficient, limit, cost, program.upper):
        if np.abs(numbers).max(initial=0) >= _EXACT_UP_TO:
            raise ValueError(f"a number of the program exceeds {_EXACT_UP_TO} and would not be written exactly")
    unit = _powers(program.upper)
    entries = _powers(coefficient) + unit[program.column]
    largest = np.zeros(len(limit), dtype=np.int64)
    np.maximum.at(largest, np.repeat(np.arange(len(limit)), np.diff(program.start)), entries)
    row_upper = _shifted(limit, -largest)
    model = LinearModel(
        start=program.start,
        column=program.column,
        value=_shifted(coefficient, unit[program.column] - np.repeat(largest, np.diff(program.start))),
        row_lower=np.where(program.equality, row_upper, -np.inf),
        row_upper=row_upper,
        lower=np.zeros(len(program.upper)),
        upper=_shifted(program.upper, -unit),
        cost=_shifted(cost, unit),
        integer=program.integer,
    )
    return program, model


def _reduced(program: Program) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], ...]:
    """Divide every row by the greatest common divisor of its integers."""
    coefficient, limit = program.coefficient.copy(), program.limit.copy()
    for row in range(len(limit)):
        span = slice(program.start[row], program.start[row + 1])
        divisor = gcd(int(limit[row]), *coefficient[span].tolist()) or 1
        coefficient[span] //= divisor
        limit[row] //= divisor
    return coefficient, limit


def _powers(numbers: Ints) -> Ints:
    """Return the exponent of the largest power of ten that each number reaches."""
    return np.array([len(str(abs(number))) - 1 for number in numbers.tolist()], dtype=np.int64)


def _shifted(numbers: Ints, exponents: Ints) -> Floats:
    """Multiply each number by a power of ten: thirteen digits are written back exactly."""
    pairs = zip(numbers.tolist(), exponents.tolist(), strict=True)
    return np.array([float(Decimal(number).scaleb(exponent)) for number, exponent in pairs])
