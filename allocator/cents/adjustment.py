"""When rounding down is not enough: a small integer program over the cents of the rows that are too tight.

Only cells linked, through rows that rounding could break, to a row that it did break are moved, by a few cents
at most. CP-SAT works in exact integers, in one thread, so that the answer is the same everywhere.
"""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from math import ceil, floor

import numpy as np
from ortools.sat.python import cp_model

from allocator.cents.draft import Draft
from allocator.goals import tie_break
from allocator.program.frame import Ints
from allocator.program.layout import Layout
from allocator.program.program import Holds, Program
from allocator.solve.vertex import Number

REACH = 3
"""How many cents away from its exact value a commitment may be moved."""


class Adjustment:
    """The rows and cells that whole cents could break, around one draft."""

    def __init__(self, program: Program, layout: Layout, draft: Draft, columns: list[Number]) -> None:
        self.program = program
        self.layout = layout
        self.draft = draft
        self.columns = columns
        first, last = layout.launches, layout.launches + layout.cells
        movable = {first + cell for cell, target in enumerate(draft.target) if target > 0}
        self.terms: dict[int, dict[int, int]] = {}
        self.rows_of: dict[int, list[int]] = defaultdict(list)
        for row, holds in enumerate(_holds(program)):
            terms = {c: a for c, a in program.terms(row) if first <= c < last and c in movable}
            if holds is not Holds.BY_DEFINITION and terms and self._can_break(row, terms):
                self.terms[row] = terms
                for column in terms:
                    self.rows_of[column].append(row)
        self.holds = _holds(program)

    def _can_break(self, row: int, terms: dict[int, int]) -> bool:
        slack = int(self.program.limit[row]) - self.program.activity(row, self.columns)
        return bool(self.program.equality[row]) or slack < 2 * REACH * sum(abs(a) for a in terms.values())

    def _linked(self, broken: Iterable[int]) -> tuple[list[int], list[int]]:
        """Return the rows and columns linked to broken rows."""
        rows, columns = set(), set()
        pending = [row for row in broken if row in self.terms]
        while pending:
            row = pending.pop()
            if row in rows:
                continue
            rows.add(row)
            for column in self.terms[row]:
                if column not in columns:
                    columns.add(column)
                    pending.extend(self.rows_of[column])
        return sorted(rows), sorted(columns)

    def solve(self, broken: list[int], most: int) -> Ints | None:
        """Return commitments that meet every linked row, or None when there are none within reach.

        None too when more than ``most`` cells are linked.
        """
        rows, columns = self._linked(broken)
        if not 0 < len(columns) <= most:
            return None
        model = cp_model.CpModel()
        first = self.layout.launches
        moves = {}
        for column in columns:
            target, now = self.draft.target[column - first], int(self.draft.amounts[column - first])
            low, high = max(0, floor(target) - REACH), ceil(target) + REACH
            moves[column] = model.new_int_var(low - now, high - now, f"c{column}")
        for row in rows:
            self._add_row(model, row, moves)
        self._prefer(model, moves)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 0
        if solver.solve(model) != cp_model.OPTIMAL:
            return None
        amounts = self.draft.amounts.copy()
        for column, move in moves.items():
            amounts[column - first] += solver.value(move)
        return amounts

    def _add_row(self, model: cp_model.CpModel, row: int, moves: dict[int, cp_model.IntVar]) -> None:
        slack = Fraction(int(self.program.limit[row])) - self.program.activity(row, self.columns)
        moved = sum(coefficient * moves[column] for column, coefficient in self.terms[row].items())
        to_the_cent = self.holds[row] is Holds.TO_THE_CENT
        model.add(moved <= (ceil(slack + 1) - 1 if to_the_cent else floor(slack)))
        if self.program.equality[row]:
            model.add(moved >= (floor(slack - 1) + 1 if to_the_cent else ceil(slack)))

    def _prefer(self, model: cp_model.CpModel, moves: dict[int, cp_model.IntVar]) -> None:
        """Move as few cents as possible, and among equal moves follow the published weights."""
        weights = tie_break.cell_weights(self.layout.frame)
        costs = []
        for column, move in moves.items():
            size = model.new_int_var(0, 4 * REACH, f"s{column}")
            model.add_abs_equality(size, move)
            weight = int(weights[column - self.layout.launches])
            costs.append(weight * size * 2 + move)
        model.minimize(sum(costs))


def _holds(program: Program) -> list[Holds]:
    return np.repeat([group.holds for group in program.row_groups], [len(g) for g in program.row_groups]).tolist()
