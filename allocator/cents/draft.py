"""A plan in whole cents being made: what is launched, and what each cell commits."""

from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

import numpy as np

from allocator.cents.free_payments import rounded, spread
from allocator.program.frame import Ints
from allocator.program.layout import Layout
from allocator.program.program import Holds, Program
from allocator.rules import rate_floor
from allocator.solve.vertex import Number


@dataclass(frozen=True)
class Draft:
    """``funded[l]`` and ``amounts[c]`` in whole cents, and ``target[c]``, the exact commitments they come from.

    ``paid[i]`` and ``paid_target[i]`` are the same for the payments that are decided (see ``Layout``); they sum to the
    commitments of their cells.

    Where the exact funded amount of a launch is not a whole number of cents it is rounded, and the targets of its
    cells are scaled with it, so that they still meet every rule that is proportional to the launch.
    """

    funded: Ints
    amounts: Ints
    target: tuple[Number, ...]
    paid: Ints
    paid_target: tuple[Number, ...]

    def with_amounts(self, amounts: Ints) -> "Draft":
        """Return the same draft with other commitments."""
        return replace(self, amounts=amounts)


def first_draft(program: Program, layout: Layout, values: list[Number]) -> Draft:
    """Round commitments down to the cent, floors up, and give what is left of each launch to its owner."""
    frame = layout.frame
    to_fund = frame.to_fund.tolist()
    operations = frame.launch_operation.tolist()
    exact = [share * to_fund[operation] for share, operation in zip(values[: layout.launches], operations, strict=True)]
    funded = _funded(operations, exact)
    ratios = [int(f > 0) if f == e else Fraction(f) / e for f, e in zip(funded, exact, strict=True)]
    locked = _locked_cells(layout)
    target = tuple(
        values[layout.launches + cell] * (1 if cell in locked else ratios[launch])
        for cell, launch in enumerate(frame.cell_launch.tolist())
    )
    amounts = np.array([floor(t) for t in target], dtype=np.int64)
    unpaid = np.zeros(len(layout.payments), dtype=np.int64)
    draft = Draft(np.array(funded, dtype=np.int64), amounts, target, unpaid, ())
    draft = draft.with_amounts(_raised_to_floors(program, layout, draft, values))
    draft = draft.with_amounts(_give_back(layout, draft))
    payments = spread(layout, draft.amounts, values)
    return replace(draft, paid=rounded(layout, draft.amounts, payments), paid_target=payments)


def _raised_to_floors(program: Program, layout: Layout, draft: Draft, values: list[Number]) -> Ints:
    """Round up the commitments of other partners than the owner that a floor holds up."""
    amounts = draft.amounts.copy()
    columns = exact_columns(layout, draft, values)
    first_row = 0
    for group in program.row_groups:
        rows = range(first_row, first_row + len(group))
        first_row += len(group)
        if group.family != rate_floor.FAMILY:
            continue
        for row in rows:
            (column, coefficient), *_ = ((c, a) for c, a in program.terms(row) if a < 0)
            short = program.activity(row, columns) - int(program.limit[row])
            cell = column - layout.launches
            if short > 0 and not layout.frame.cell_is_owner[cell]:
                amounts[cell] += ceil(Fraction(short) / -coefficient)
    return amounts


def _funded(operations: list[int], exact: list[Number]) -> list[int]:
    """Round what each launch funds so that each operation keeps its whole cents, however many launches it has."""
    launches: dict[int, list[int]] = defaultdict(list)
    for launch, operation in enumerate(operations):
        launches[operation].append(launch)
    funded = [floor(amount) for amount in exact]
    for members in launches.values():
        left = floor(sum(exact[launch] for launch in members)) - sum(funded[launch] for launch in members)
        members.sort(key=lambda launch: (funded[launch] - exact[launch], launch))
        for launch in members[:left]:
            funded[launch] += 1
    return funded


def _locked_cells(layout: Layout) -> set[int]:
    """Return the cells under a lock: what is already decided is not scaled down with its operation."""
    frame = layout.frame
    locked = {
        (frame.operation_index[lock.operation], frame.partner_index[lock.partner]) for lock in frame.scenario.locks
    }
    pairs = zip(frame.cell_operation.tolist(), frame.cell_partner.tolist(), strict=True)
    return {cell for cell, pair in enumerate(pairs) if pair in locked}


def _give_back(layout: Layout, draft: Draft) -> Ints:
    """Give the cents left in each launch to its owner, or in a fixed plan to the largest remainders.

    Where floors were rounded up beyond what the launch funds, the cells furthest above their target give back.
    """
    frame = layout.frame
    amounts = draft.amounts.copy()
    left = draft.funded.copy()
    np.subtract.at(left, frame.cell_launch, amounts)
    for launch in np.flatnonzero(left).tolist():
        owner, rest = int(frame.owner_cell[launch]), int(left[launch])
        if owner >= 0 and not frame.planned[frame.launch_operation[launch]] and amounts[owner] + rest >= 0:
            amounts[owner] += rest
            continue
        cells = np.flatnonzero(frame.cell_launch == launch).tolist()
        cent = 1 if rest > 0 else -1
        cells = [cell for cell in cells if amounts[cell] + cent >= 0 and draft.target[cell] > 0]
        cells.sort(key=lambda cell: (cent * (int(amounts[cell]) - draft.target[cell]), cell))
        for cell in cells[: abs(rest)]:
            amounts[cell] += cent
    return amounts


def exact_columns(layout: Layout, draft: Draft, values: list[Number]) -> list[Number]:
    """Return the value of every column under a draft; presences and deviations keep their exact value."""
    columns = list(values)
    to_fund = layout.frame.to_fund[layout.frame.launch_operation].tolist()
    columns[: layout.launches] = [
        int(f > 0) if f in (0, k) else Fraction(f, k) for f, k in zip(draft.funded.tolist(), to_fund, strict=True)
    ]
    columns[layout.launches : layout.launches + layout.cells] = draft.amounts.tolist()
    columns[layout.payments.start : layout.payments.stop] = draft.paid.tolist()
    return columns


def tolerances(program: Program) -> list[int]:
    """Return by how much whole cents may miss each row, that amount excluded; 0 where they must meet it exactly."""
    return [
        group.cent if group.holds is Holds.TO_THE_CENT else 0 for group in program.row_groups for _ in range(len(group))
    ]


def broken_rows(program: Program, columns: list[Number]) -> list[int]:
    """Return the rows a plan in whole cents does not meet, each in its own way of holding."""
    tolerance = tolerances(program)
    binding = np.concatenate([np.full(len(g), g.holds is not Holds.BY_DEFINITION) for g in program.row_groups])
    broken = []
    rows = np.flatnonzero(binding & ~program.loose_rows(columns))
    for row, over in zip(rows.tolist(), program.excess(rows, columns), strict=True):
        if least := tolerance[row]:
            broken_here = over >= least or (program.equality[row] and over <= -least)
        else:
            broken_here = over > 0 or (bool(program.equality[row]) and over != 0)
        if broken_here:
            broken.append(row)
    return broken
