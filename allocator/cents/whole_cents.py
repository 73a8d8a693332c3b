"""The cents stage: from the exact plan to commitments and payments in whole cents that meet every rule.

Commitments are rounded down and what is left goes to the owner. Where that exceeds a limit, a small integer
program moves a few cents around it; where whole cents leave no room for that, the limits exceeded are tightened
by what was exceeded and the plan is solved again, so that the operation funded in part at that limit gives up
the missing cents. Payments follow. Every row is checked exactly at the end, under the true limits.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from allocator.cents import free_payments
from allocator.cents.adjustment import Adjustment
from allocator.cents.draft import Draft, broken_rows, exact_columns, first_draft
from allocator.cents.joint_rounding import round_together
from allocator.cents.payments import Paid, committed, overspent, simple_payments, too_early
from allocator.compilation import Compilation
from allocator.engines.engine import EngineError
from allocator.program.frame import Ints
from allocator.program.program import Program
from allocator.rules import owner_capacity, selection
from allocator.rules.names import in_words
from allocator.rules.purse import purses
from allocator.solve.infeasible import NoWholeCentsError
from allocator.solve.ordered_goals import NoPlanError
from allocator.solve.vertex import Number

MAX_TIGHTENINGS = 8
"""Times the plan is solved again under tighter limits."""

MAX_MOVED = 400
"""Commitments and launches up to which moving cents is tried; beyond, the integer program takes minutes."""

NEAR, FAR = 3, 3000
"""Cents a commitment or a launch may move by at first, and as a last resort: as few as possible, thirty euros at most.

Far is needed when a rate, two years of one operation and a total already decided hold together in whole cents for
some splits only.
"""

Resolve = Callable[[Program, Ints], list[Number]]
"""Solves the same goals again under other limits, with some shares held at 1; raises NoPlanError."""


@dataclass(frozen=True)
class WholePlan:
    """Commitments and payments in whole cents."""

    draft: Draft
    payments: tuple[Paid, ...]


def whole_plan(compilation: Compilation, values: list[Number], resolve: Resolve) -> WholePlan:
    """Return the plan in whole cents.

    Raises NoWholeCentsError when no rounding within reach meets every row, EngineError when payments cannot.
    """
    frame = compilation.layout.frame
    draft, values = _commitments(compilation, values, resolve)
    limited = [*purses(frame, "payment"), *owner_capacity.yearly(frame)]
    payments = simple_payments(compilation.layout, draft)
    if overspent(frame, limited, payments) or too_early(frame, draft, payments):
        payments = round_together(frame, draft, limited, payments)
        draft = committed(draft, payments)
    early = too_early(frame, draft, payments)
    if early or overspent(frame, limited, payments) or _broken(compilation, draft, values):
        raise EngineError("no plan in whole cents meets every budget")
    return WholePlan(draft, tuple(payments))


def _commitments(compilation: Compilation, values: list[Number], resolve: Resolve) -> tuple[Draft, list[Number]]:
    tightened = compilation.program
    for _ in range(MAX_TIGHTENINGS):
        draft = _first_draft(compilation, values)
        broken = _broken(compilation, draft, values)
        if not broken:
            return draft, values
        moved = _moved(compilation, draft, values, broken, NEAR)
        if moved is not None:
            return moved, values
        if compilation.program.equality[broken].all():
            break
        tightened = _tightened(compilation, tightened, broken, draft, values)
        again = _solved_again(tightened, values, resolve)
        if again is None:
            break
        values = again
    for reach, give_up in ((FAR, False), (NEAR, True), (FAR, True)):
        moved = _moved(compilation, draft, values, broken, reach, give_up=give_up)
        if moved is not None:
            return moved, values
    names = compilation.program.row_ids()
    raise NoWholeCentsError(tuple(in_words(names[row]) for row in broken))


def _first_draft(compilation: Compilation, values: list[Number]) -> Draft:
    """Return the first draft, its free payments rounded together where that is what it takes to meet every row."""
    draft = first_draft(compilation.program, compilation.layout, values)
    if not len(compilation.layout.payments) or not _broken(compilation, draft, values):
        return draft
    columns = exact_columns(compilation.layout, draft, values)
    paid = free_payments.together(compilation.program, compilation.layout, columns, draft.paid_target)
    return draft if paid is None else replace(draft, paid=paid)


def _solved_again(tightened: Program, values: list[Number], resolve: Resolve) -> list[Number] | None:
    """Solve under tighter limits; what was funded in whole stays so whenever that is possible."""
    shares = tightened.column_groups[0]
    whole = np.flatnonzero([value == 1 for value in values[: len(shares.upper)]])
    for program, held in ((_launched_in_whole(tightened, values), whole), (tightened, whole[:0])):
        try:
            return resolve(program, held)
        except NoPlanError:
            continue
    return None


def _launched_in_whole(program: Program, values: list[Number]) -> Program:
    """Hold at one the operations that the plan launches in whole over several years."""
    equality = program.equality.copy()
    first = 0
    for group in program.row_groups:
        if group.family == selection.FAMILY:
            for row in range(first, first + len(group)):
                equality[row] |= program.activity(row, values) == 1
        first += len(group)
    return replace(program, equality=equality)


def _moved(
    compilation: Compilation,
    draft: Draft,
    values: list[Number],
    broken: list[int],
    reach: int,
    *,
    give_up: bool = False,
) -> Draft | None:
    """Return the draft with a few cents moved, when that meets every row."""
    columns = exact_columns(compilation.layout, draft, values)
    adjustment = Adjustment(compilation.program, compilation.layout, draft, columns, reach, give_up=give_up)
    moved = adjustment.solve(broken, MAX_MOVED)
    return None if moved is None or _broken(compilation, moved, values) else moved


def _tightened(
    compilation: Compilation, tightened: Program, broken: list[int], draft: Draft, values: list[Number]
) -> Program:
    """Lower the limits exceeded by a little more than what exceeded them."""
    original = compilation.program
    columns = exact_columns(compilation.layout, draft, values)
    limit = tightened.limit.copy()
    for row in np.array(broken)[~original.equality[broken]].tolist():
        over = ceil(original.activity(row, columns) - int(original.limit[row]))
        limit[row] -= over + over // 8 + 1
    return replace(tightened, limit=limit)


def _broken(compilation: Compilation, draft: Draft, values: list[Number]) -> list[int]:
    columns = exact_columns(compilation.layout, draft, values)
    return broken_rows(compilation.program, columns)
