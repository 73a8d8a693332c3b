"""Equality among whole decisions: the sums of the lowest rates, one objective after the other.

Prices do not tell which members are settled when columns are whole. Making the lowest rate as high as possible, then
the sum of the two lowest, then of the three lowest, and so on, gives the same vector of rates without any. The sum of
the k lowest rates ``y_i`` is the maximum over t of ``k * t - sum_i max(0, t - y_i)``: a column ``t`` and one column
``below`` per member, with ``weight_i * t <= measure_i + weight_i * below_i``. Highest rates are the mirror image.
Reference: Ogryczak and Tamir, "Minimizing the sum of the k largest functions in linear time", Information Processing
Letters 85 (2003).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

import numpy as np

from allocator.goals.goal import Aim, Members, Objective
from allocator.program.program import Columns, Holds, Program, Rows, rows_of
from allocator.solve.stages import Ladder
from allocator.solve.vertex import Number


@dataclass(frozen=True)
class PlainAims:
    """Aims as plain objectives over a program extended with what measures them.

    ``objectives``: the rank of the aim and the objective, in order. ``sums``: for each member sum, the members, how
    many of the worst rates it adds, and the unit of its columns, which follow each other in this order.
    """

    program: Program
    objectives: tuple[tuple[int, Objective], ...]
    sums: tuple[tuple[Members, int, int], ...]

    def completed(self, values: Sequence[Number]) -> list[Number]:
        """Return the values of all columns from those of the columns of the program before it was extended."""
        width = len(self.program.upper) - sum(1 + len(members.codes) for members, _, _ in self.sums)
        found = list(values[:width])
        for members, count, unit in self.sums:
            sign = 1 if members.maximise else -1
            rates = [unit * rate for rate in members.rates(values)]
            worst = sign * sorted(sign * rate for rate in rates)[count - 1]
            found.append(worst)
            found.extend(max(Fraction(0), sign * (worst - rate)) for rate in rates)
        return found


def plain(program: Program, aims: Sequence[Aim]) -> PlainAims:
    """Write every aim as plain objectives."""
    objectives: list[tuple[int, Objective]] = []
    sums: list[tuple[Members, int, int]] = []
    for rank, aim in enumerate(aims):
        if isinstance(aim, Objective):
            objectives.append((rank, aim))
            continue
        ladder = Ladder(program, aim)
        for count in range(1, len(aim.codes) + 1):
            columns, rows, objective = _sum(ladder, len(program.upper), count)
            program = program.extended(columns, [rows])
            objectives.append((rank, objective))
            sums.append((aim, count, ladder.unit))
    return PlainAims(program, tuple(objectives), tuple(sums))


def _sum(ladder: Ladder, column: int, count: int) -> tuple[Sequence[Columns], Rows, Objective]:
    members = ladder.members
    size = len(members.codes)
    sign = 1 if members.maximise else -1
    every = np.arange(size)
    weights = np.array([ladder.ratio(member).numerator for member in range(size)], dtype=np.int64)
    away = column + 1 + every
    terms = [
        *ladder.measured(range(size)),
        (every, np.full(size, column), sign * weights),
        (every, away, -weights),
    ]
    codes, ranks = np.array(members.codes, dtype=object), np.full(size, count, dtype=object)
    kind = np.array([str(members.kind.value)], dtype=object)
    rows = rows_of(f"{members.kind.value}_sum", (codes, ranks), terms, 0, holds=Holds.BY_DEFINITION)
    bound = np.array([ceil(ladder.unit * max(ladder.largest)) + 1], dtype=np.int64)
    no = np.zeros(size, dtype=np.bool_)
    columns = (
        Columns("worst", (kind, ranks[:1]), bound, bound, no[:1]),
        Columns("beyond", (codes, ranks), bound.repeat(size), bound.repeat(size), no),
    )
    coefficient = np.array([count, *[-sign] * size], dtype=np.int64)
    objective = Objective(members.kind, np.array([column, *away.tolist()]), coefficient, members.maximise)
    return columns, rows, objective
