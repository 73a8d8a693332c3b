"""Free payments in whole cents: each commitment paid in full, as near as possible to what the exact plan pays.

Exact payments are scaled to the whole commitment and rounded, the largest remainders up. Where that breaks a limit,
they are rounded together by a linear program: one column takes a payment up to the next cent, two others move it
further, which weighs much more. Rows add payments up with equal weights, by commitment on one side and by purse and
year on the other, two nested families, so that corner points are whole (see ``joint_rounding``); where limits cut
across one another, the columns are asked to be whole.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import floor, inf

import numpy as np

from allocator.engines.engine import LinearModel, Status
from allocator.engines.highs import HighsEngine
from allocator.goals import tie_break
from allocator.program.frame import Ints
from allocator.program.layout import Layout
from allocator.program.program import Holds, Program
from allocator.solve.elimination import Number

FURTHEST = 3000
"""Cents a payment may be moved by, beyond the cent next to its exact value: thirty euros."""

_FURTHER = 16.0
"""What a cent moved further weighs, against one rounded up."""

Row = tuple[list[int], float, float]
"""Payments added up, and the least and the most that they may make."""


def spread(layout: Layout, amounts: Ints, values: Sequence[Number]) -> tuple[Number, ...]:
    """Return the exact payments of whole commitments: those of the exact plan, or of the profile, in proportion."""
    found: list[Number] = []
    first = layout.payments.start
    for members in _by_cell(layout):
        amount = int(amounts[layout.paying_cell[members[0]]])
        parts: list[Number] = [values[first + payment] for payment in members]
        if not any(parts):
            parts = [Fraction(*layout.due[payment].tolist()) for payment in members]
        whole = sum(parts)
        found += [part * amount / Fraction(whole) for part in parts]
    return tuple(found)


def rounded(layout: Layout, amounts: Ints, exact: Sequence[Number]) -> Ints:
    """Round exact payments on their own, the largest remainders up; they sum to the commitments."""
    paid = np.array([floor(payment) for payment in exact], dtype=np.int64)
    for members in _by_cell(layout):
        up = int(amounts[layout.paying_cell[members[0]]]) - int(paid[members].sum())
        by_remainder = sorted(members, key=lambda payment: (int(paid[payment]) - exact[payment], payment))
        paid[by_remainder[:up]] += 1
    return paid


def _by_cell(layout: Layout) -> Iterator[list[int]]:
    ends = np.flatnonzero(np.diff(layout.paying_cell)) + 1
    groups = np.split(np.arange(len(layout.paying_cell)), ends)
    return (group.tolist() for group in groups if len(group))


def together(program: Program, layout: Layout, columns: Sequence[Number], exact: Sequence[Number]) -> Ints | None:
    """Return payments in whole cents that meet every row, the other columns being given; None when none is in reach."""
    floors = [floor(payment) for payment in exact]
    rows = list(_rows(program, layout, columns, floors))
    if any(low > high for _, low, high in rows):
        return None
    for whole in (False, True):
        answer = HighsEngine().solve(_model(layout, floors, rows, whole=whole))
        if answer.status is not Status.OPTIMAL:
            return None
        moves = np.round(answer.values)
        if np.abs(moves - answer.values).max(initial=0.0) <= 1e-6:
            up, more, less = moves.astype(np.int64).reshape(3, -1)
            paid: Ints = np.array(floors, dtype=np.int64) + up + more - less
            return paid
    return None


def _rows(program: Program, layout: Layout, columns: Sequence[Number], floors: Sequence[int]) -> Iterator[Row]:
    """Give every row that adds payments up, as what is left to add to their floors."""
    payments = layout.payments
    first = 0
    for group in program.row_groups:
        touched = np.unique(group.row[(group.column >= payments.start) & (group.column < payments.stop)])
        for local in touched.tolist() if group.holds is not Holds.BY_DEFINITION else ():
            row = first + local
            terms = list(program.terms(row))
            members = [column - payments.start for column, _ in terms if column in payments]
            one = next(weight for column, weight in terms if column in payments)
            others = sum(weight * columns[column] for column, weight in terms if column not in payments)
            most = Fraction(int(program.limit[row]) - others) / one - sum(floors[payment] for payment in members)
            yield members, float(most) if program.equality[row] else -inf, float(floor(most))
        first += len(group)


def _model(layout: Layout, floors: Sequence[int], rows: Sequence[Row], *, whole: bool) -> LinearModel:
    """Move as few cents as possible beyond the nearest ones, then follow the published weights."""
    count = len(floors)
    members = [payment for payments, _, _ in rows for payment in payments]
    moved = np.array(members, dtype=np.int64)
    weights = tie_break.gains(layout, 0)[layout.pay(np.arange(count))]
    drawn = tie_break.scaled(np.abs(weights)) / tie_break.UNIT
    return LinearModel(
        start=np.concatenate(([0], np.cumsum([3 * len(payments) for payments, _, _ in rows]))).astype(np.int64),
        column=np.stack([moved, count + moved, 2 * count + moved], axis=1).ravel(),
        value=np.tile([1.0, 1.0, -1.0], len(members)),
        row_lower=np.array([low for _, low, _ in rows], dtype=np.float64),
        row_upper=np.array([high for _, _, high in rows], dtype=np.float64),
        lower=np.zeros(3 * count),
        upper=np.concatenate([np.ones(count), np.full(count, FURTHEST), np.minimum(FURTHEST, floors)]),
        cost=np.concatenate([-drawn, _FURTHER + drawn, _FURTHER + drawn]),
        integer=np.full(3 * count, whole),
    )
