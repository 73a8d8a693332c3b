"""When rounding down is not enough: a small integer program over the cents of the rows that are too tight.

Only cells linked, through rows that rounding could break, to a row that it did break are moved, by a few cents at
most; an operation launched over several years may also move cents from one launch to another. CP-SAT works in
exact integers, in one thread, so that the answer is the same everywhere.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor, lcm
from typing import TYPE_CHECKING

import numpy as np

from allocator.cents.draft import Draft, tolerances
from allocator.goals import tie_break
from allocator.program.frame import Flags, Ints
from allocator.program.layout import Layout
from allocator.program.program import Holds, Program
from allocator.solve.vertex import Number

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

LAUNCH_WEIGHT = 16
"""What a cent moved from a launch weighs, against the heaviest commitment."""

WORK = 5.0
"""Limit of work of the integer program, in its own units and not in seconds: the same answer on any machine."""


class Adjustment:
    """The rows that whole cents could break around one draft, and what each cent moved changes in them.

    ``reach``: how many cents away from its exact value a commitment or a launch may be moved. ``give_up``: whether
    divisible operations may lose some of them, or gain one: a cent more is sometimes what a flat aid needs.
    """

    def __init__(
        self,
        program: Program,
        layout: Layout,
        draft: Draft,
        columns: list[Number],
        reach: int,
        *,
        give_up: bool = False,
    ) -> None:
        self.program = program
        self.layout = layout
        self.draft = draft
        self.reach = reach
        self.give_up = give_up
        self.tolerances = tolerances(program)
        self.units = self._movable()
        self.terms: dict[int, dict[int, Number]] = {}
        reach_of = np.zeros(len(program.upper))
        reach_of[list(self.units)] = [2.0 * reach * float(unit) for unit in self.units.values()]
        near = np.flatnonzero(~program.loose_rows(columns, reach_of) & ~_defines(program))
        self.over = dict(zip(near.tolist(), program.excess(near, columns), strict=True))
        self.rows_of: dict[int, list[int]] = defaultdict(list)
        for row in self.over:
            for column in program.column[program.start[row] : program.start[row + 1]].tolist():
                self.rows_of[column].append(row)

    def _movable(self) -> dict[int, Number]:
        """Return the columns that may move, with what one cent is worth in each."""
        layout, frame = self.layout, self.layout.frame
        moving = np.flatnonzero(self._moves(np.arange(layout.cells)))
        units: dict[int, Number] = dict.fromkeys(layout.commit(moving).tolist(), 1)
        every = np.arange(len(layout.payments))
        units |= dict.fromkeys(layout.pay(every[self._moves(layout.paying_cell)]).tolist(), 1)
        active = np.bincount(frame.launch_operation[self.draft.funded > 0], minlength=len(frame.operations))
        split = (active > 1) & ~frame.planned
        if self.give_up:
            split |= np.array([operation.divisible for operation in frame.operations], dtype=np.bool_) & ~frame.planned
        for launch in np.flatnonzero(split[frame.launch_operation] & (self.draft.funded > 0)).tolist():
            units[launch] = Fraction(1, int(frame.to_fund[frame.launch_operation[launch]]))
        return units

    def _moves(self, cells: Ints) -> Flags:
        """Tell which cells commit something, and may commit a few cents more or less."""
        moving = np.array([target > 0 for target in self.draft.target], dtype=np.bool_) | (self.draft.amounts > 0)
        chosen: Flags = moving[cells]
        return chosen

    def _can_break(self, row: int) -> bool:
        """Tell whether moving cents could break a row; its terms are then known."""
        if row not in self.over:
            return False
        terms = {c: a * self.units[c] for c, a in self.program.terms(row) if c in self.units}
        furthest = 2 * self.reach * sum(max(a, -a) for a in terms.values())
        if not terms or (-self.over[row] >= furthest and not self.program.equality[row]):
            return False
        self.terms[row] = terms
        return True

    def _linked(self, broken: Iterable[int], most: int) -> tuple[list[int], list[int]]:
        """Return the rows and columns linked to broken rows; when columns exceed ``most``, the others are left out."""
        rows: set[int] = set()
        seen: set[int] = set()
        columns: set[int] = set()
        pending = list(broken)
        while pending and len(columns) <= most:
            row = pending.pop()
            if row in seen:
                continue
            seen.add(row)
            if not self._can_break(row):
                continue
            rows.add(row)
            for column in self.terms[row]:
                if column not in columns:
                    columns.add(column)
                    pending.extend(self.rows_of[column])
        return sorted(rows), sorted(columns)

    def solve(self, broken: list[int], most: int) -> Draft | None:
        """Return a draft that meets every linked row, or None when there is none within reach.

        None too when more than ``most`` columns are linked.
        """
        rows, columns = self._linked(broken, most)
        if not 0 < len(columns) <= most:
            return None
        from ortools.sat.python import cp_model  # long to import: waited for where cents are to be moved

        model = cp_model.CpModel()
        moves = {column: self._move(model, column) for column in columns}
        for row in rows:
            self._add_row(model, row, moves)
        self._keep_operations_whole(model, moves)
        self._prefer(model, moves)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 0
        solver.parameters.max_deterministic_time = WORK
        if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        return self._moved({column: solver.value(move) for column, move in moves.items()})

    def _move(self, model: "cp_model.CpModel", column: int) -> "cp_model.IntVar":
        if column < self.layout.launches:
            return model.new_int_var(-min(self.reach, int(self.draft.funded[column])), self.reach, f"c{column}")
        target, now = self._stands(column)
        return model.new_int_var(
            max(0, floor(target) - self.reach) - now, ceil(target) + self.reach - now, f"c{column}"
        )

    def _stands(self, column: int) -> tuple[Number, int]:
        """Return the exact value and the whole cents of a commitment or a payment."""
        if column in self.layout.payments:
            payment = column - self.layout.payments.start
            return self.draft.paid_target[payment], int(self.draft.paid[payment])
        cell = column - self.layout.launches
        return self.draft.target[cell], int(self.draft.amounts[cell])

    def _keep_operations_whole(self, model: "cp_model.CpModel", moves: "dict[int, cp_model.IntVar]") -> None:
        """Move cents between the launches of an operation without losing any, or losing as few as possible."""
        launches: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for column, move in moves.items():
            if column < self.layout.launches:
                launches[int(self.layout.frame.launch_operation[column])].append(move)
        for operation, members in launches.items():
            if self.give_up:
                model.add(sum(members) <= min(1, self._room(operation)))
            else:
                model.add(sum(members) == 0)

    def _room(self, operation: int) -> int:
        """Return the cents that an operation still lacks."""
        frame = self.layout.frame
        return int(frame.to_fund[operation]) - int(self.draft.funded[frame.launch_operation == operation].sum())

    def _add_row(self, model: "cp_model.CpModel", row: int, moves: "dict[int, cp_model.IntVar]") -> None:
        slack = Fraction(-self.over[row])
        terms = self.terms[row]
        whole = lcm(*(coefficient.denominator for coefficient in terms.values()))
        moved = sum(int(coefficient * whole) * moves[column] for column, coefficient in terms.items())
        cent = self.tolerances[row]
        most, least = (slack + cent) * whole, (slack - cent) * whole
        model.add(moved <= (ceil(most) - 1 if cent else floor(most)))
        if self.program.equality[row]:
            model.add(moved >= (floor(least) + 1 if cent else ceil(least)))

    def _prefer(self, model: "cp_model.CpModel", moves: "dict[int, cp_model.IntVar]") -> None:
        """Move as few cents as possible, and among equal moves follow the published weights."""
        weights = np.abs(tie_break.gains(self.layout, 0)) // tie_break.UNIT
        heaviest = int(weights.max(initial=1))
        costs = []
        for column, move in moves.items():
            size = model.new_int_var(0, 4 * self.reach, f"s{column}")
            model.add_abs_equality(size, move)
            weight = heaviest * LAUNCH_WEIGHT + column
            if column >= self.layout.launches:
                weight = int(weights[column])
            costs.append(weight * size * 2 + move)
        model.minimize(sum(costs))

    def _moved(self, by: dict[int, int]) -> Draft:
        funded, amounts, paid = self.draft.funded.copy(), self.draft.amounts.copy(), self.draft.paid.copy()
        for column, cents in by.items():
            if column < self.layout.launches:
                funded[column] += cents
            elif column in self.layout.payments:
                paid[column - self.layout.payments.start] += cents
            else:
                amounts[column - self.layout.launches] += cents
        return replace(self.draft, funded=funded, amounts=amounts, paid=paid)


def _defines(program: Program) -> Flags:
    """Tell the rows that only define what a goal measures."""
    groups = program.row_groups
    defines = np.array([group.holds is Holds.BY_DEFINITION for group in groups], dtype=np.bool_)
    return np.repeat(defines, [len(group) for group in groups])
