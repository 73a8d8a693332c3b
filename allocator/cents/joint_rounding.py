"""Payments rounded together so that no yearly budget is exceeded.

Each payment is rounded down or up by a linear program whose corner points are whole numbers: its rows (a payment
in its commitment in its operation) and its columns (a payment in its purse and year, years running on with
carry-over) are two nested families, so that the matrix is totally unimodular, and the exact payments themselves
are one of its points. Capacities of owners may bear on operations that cut across one another: the roundings are
then asked to be whole. Reference: Cox, "A constructive procedure for unbiased controlled rounding", Journal of
the American Statistical Association 82 (1987).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor, inf

import numpy as np

from allocator.cents.draft import Draft
from allocator.cents.payments import Paid, early_cents
from allocator.engines.engine import EngineError, LinearModel, Status
from allocator.engines.highs import HighsEngine
from allocator.goals import tie_break
from allocator.program.frame import Frame
from allocator.rules.purse import Purse

Row = tuple[list[int], float, float]


def round_together(frame: Frame, draft: Draft, limited: Sequence[Purse], payments: Sequence[Paid]) -> list[Paid]:
    """Return the payments rounded within every budget. Raises EngineError when that cannot be confirmed."""
    down = [replace(paid, amount=floor(paid.exact)) for paid in payments]
    choices = [i for i, paid in enumerate(down) if not paid.is_whole]
    column = {i: j for j, i in enumerate(choices)}
    rows = [
        *_commitment_rows(frame, draft, down),
        *_budget_rows(frame, limited, down),
        *_early_rows(frame, draft, down),
    ]
    kept = [([column[i] for i in members if i in column], low, high) for members, low, high in rows]
    across = any(purse.operations is not None for purse in limited)
    model = _model(frame, [down[i] for i in choices], [row for row in kept if row[0]], whole=across)
    answer = HighsEngine().solve(model)
    if answer.status is not Status.OPTIMAL:
        raise EngineError("payments cannot be rounded within the yearly budgets")
    ups = np.round(answer.values)
    if np.abs(ups - answer.values).max(initial=0.0) > 1e-6:
        raise EngineError("payments were not rounded to whole cents")
    for i, j in column.items():
        down[i] = replace(down[i], amount=down[i].amount + int(ups[j]))
    return down


def _commitment_rows(frame: Frame, draft: Draft, down: Sequence[Paid]) -> list[Row]:
    """Pay commitments in full; in a fixed plan, to the cent, and the operation in full."""
    by_cell: dict[int, list[int]] = defaultdict(list)
    by_launch: dict[int, list[int]] = defaultdict(list)
    for i, paid in enumerate(down):
        by_cell[paid.cell].append(i)
        by_launch[int(frame.cell_launch[paid.cell])].append(i)
    rows: list[Row] = []
    for cell, members in sorted(by_cell.items()):
        floors = sum(down[i].amount for i in members)
        if frame.planned[frame.cell_operation[cell]]:
            exact = sum((down[i].exact for i in members), start=Fraction(0))
            rows.append((members, floor(exact) - floors, ceil(exact) - floors))
        else:
            rest = int(draft.amounts[cell]) - floors
            rows.append((members, rest, rest))
    for launch, members in sorted(by_launch.items()):
        if frame.planned[frame.launch_operation[launch]]:
            rest = int(draft.funded[launch]) - sum(down[i].amount for i in members)
            rows.append((members, rest, rest))
    return rows


def _budget_rows(frame: Frame, limited: Sequence[Purse], down: Sequence[Paid]) -> list[Row]:
    rows: list[Row] = []
    for purse in limited:
        counted = purse.cells(frame)
        held = [i for i, paid in enumerate(down) if counted[paid.cell]]
        for _, summed, limit in purse.limits:
            members = [i for i in held if down[i].year in summed]
            rows.append((members, -inf, limit - sum(down[i].amount for i in members)))
    return rows


def _early_rows(frame: Frame, draft: Draft, down: Sequence[Paid]) -> list[Row]:
    """Keep early payments under their ceilings; years of one commitment, they are nested in its own row."""
    by_cell: dict[int, list[int]] = defaultdict(list)
    for i, paid in enumerate(down):
        by_cell[paid.cell].append(i)
    rows: list[Row] = []
    for limit, most in early_cents(frame, draft):
        members = [i for i in by_cell[limit.cell] if down[i].year in limit.years]
        rows.append((members, -inf, most - sum(down[i].amount for i in members)))
    return rows


def _model(frame: Frame, choices: Sequence[Paid], rows: Sequence[Row], *, whole: bool) -> LinearModel:
    """Prefer the roundings of greatest published weight, so that the corner point is one and the same."""
    weights = [
        tie_break.weight(
            f"{frame.operation(paid.cell).code}|{frame.cell_year[paid.cell]}",
            str(frame.partner_codes[frame.cell_partner[paid.cell]]),
            paid.year,
            0,
        )
        for paid in choices
    ]
    counts = [len(members) for members, _, _ in rows]
    return LinearModel(
        start=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        column=np.array([j for members, _, _ in rows for j in members], dtype=np.int64),
        value=np.ones(sum(counts)),
        row_lower=np.array([low for _, low, _ in rows], dtype=np.float64),
        row_upper=np.array([high for _, _, high in rows], dtype=np.float64),
        lower=np.zeros(len(choices)),
        upper=np.ones(len(choices)),
        cost=-tie_break.scaled(np.array(weights, dtype=np.int64)),
        integer=np.full(len(choices), whole),
    )
