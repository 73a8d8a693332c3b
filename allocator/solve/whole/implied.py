"""Limits that follow from whole decisions: what a partner can commit at most if an operation is launched at all.

For each whole column both values are tried and their consequences drawn, limit by limit, in exact integers (probing).
A value with no plan is excluded; where a column ``x`` can reach at most ``u0`` with the decision at 0 and ``u1`` with
it at 1, ``x <= u0 + (u1 - u0) * decision`` holds for every selection: this cuts relaxations that would launch half an
operation with partners who could not bear a whole one. Reference: Savelsbergh, "Preprocessing and probing techniques
for mixed integer programming problems", ORSA Journal on Computing 6 (1994).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from allocator.program.program import Program, Rows, Term, rows_of
from allocator.solve.whole.box import Box

LOCAL = 64
"""Rows with more terms (budgets) are read once, for what each column can reach alone."""

PASSES = 3
"""How many times the consequences of a decision are drawn again."""


class _NoPlanError(Exception):
    """The limits contradict each other."""


@dataclass
class _Limit:
    """``sum(coefficient * column) <= limit``, exactly."""

    terms: list[tuple[int, int]]
    limit: int


@dataclass
class _Reach:
    """Least and most of every column, in exact integers rounded outwards; changes are kept apart."""

    integer: list[bool]
    least: list[int]
    most: list[int]
    changed: dict[int, tuple[int, int]] = field(default_factory=dict)

    def of(self, column: int) -> tuple[int, int]:
        """Return the least and the most of a column."""
        return self.changed.get(column) or (self.least[column], self.most[column])

    def settle(self) -> None:
        """Keep the changes for good."""
        for column, (least, most) in self.changed.items():
            self.least[column], self.most[column] = least, most
        self.changed = {}

    def draw(self, limit: _Limit) -> list[int]:
        """Draw the consequences of one limit; return the columns that changed."""
        bounds = [self.of(column) for column, _ in limit.terms]
        lowest = sum(
            coefficient * (least if coefficient > 0 else most)
            for (_, coefficient), (least, most) in zip(limit.terms, bounds, strict=True)
        )
        room = limit.limit - lowest
        if room < 0:
            raise _NoPlanError
        moved = []
        for (column, coefficient), (least, most) in zip(limit.terms, bounds, strict=True):
            if abs(coefficient) * (most - least) <= room:
                continue
            step = room // abs(coefficient) if self.integer[column] else -(-room // abs(coefficient))
            if step < most - least:
                self.changed[column] = (least, least + step) if coefficient > 0 else (most - step, most)
                moved.append(column)
        return moved


def with_implied_rows(program: Program) -> tuple[Program, Box | None]:
    """Return the program with its implied rows, and the box left by excluded values; None when nothing is left."""
    limits = list(_limits(program))
    reach = _Reach(program.integer.tolist(), [0] * len(program.upper), program.upper.tolist())
    try:
        for _ in range(PASSES):
            for limit in limits:
                reach.draw(limit)
            reach.settle()
        probing = _Probing(reach, [limit for limit in limits if len(limit.terms) <= LOCAL])
        found = [row for column in np.flatnonzero(program.integer).tolist() for row in probing.try_both(column)]
    except _NoPlanError:
        return program, None
    extended = program.extended([], [_rows(found)]) if found else program
    box = Box.whole(extended)
    whole = np.flatnonzero(program.integer)
    for value, bounds in ((1.0, reach.least), (0.0, reach.most)):
        box = box.fixing(whole[np.array(bounds, dtype=object)[whole] == int(value)], value)
    return extended, box


def _limits(program: Program) -> Iterator[_Limit]:
    equalities, limits = program.equality.tolist(), program.limit.tolist()
    for row, (equality, limit) in enumerate(zip(equalities, limits, strict=True)):
        sums: dict[int, int] = defaultdict(int)
        for column, coefficient in program.terms(row):
            sums[column] += coefficient
        terms = [(column, coefficient) for column, coefficient in sums.items() if coefficient]
        yield _Limit(terms, limit)
        if equality:
            yield _Limit([(column, -coefficient) for column, coefficient in terms], -limit)


class _Probing:
    """Both values of each whole column tried on the limits of few terms."""

    def __init__(self, reach: _Reach, limits: list[_Limit]) -> None:
        self.reach = reach
        self.limits_of: dict[int, list[_Limit]] = defaultdict(list)
        for limit in limits:
            for column, _ in limit.terms:
                self.limits_of[column].append(limit)

    def try_both(self, decision: int) -> Iterator[tuple[int, int, int, int]]:
        """Yield ``(column, decision, u0, u1)`` for each implied limit; exclude a value without a plan.

        Raises _NoPlanError when neither value has one.
        """
        if self.reach.least[decision] == self.reach.most[decision]:
            return
        reached = [self._consequences(decision, value) for value in (0, 1)]
        without, with_it = reached
        if without is None or with_it is None:
            kept = 1 if without is None else 0
            if reached[kept] is None:
                raise _NoPlanError
            self.reach.least[decision] = self.reach.most[decision] = kept
            return
        for column in sorted(without):
            # What a budget alone caps is not moved by the decision: it caps the launch all the same.
            at_zero, at_one = without[column][1], with_it.get(column, self.reach.of(column))[1]
            if column != decision and at_zero < at_one < self._said(column, decision, at_zero):
                yield column, decision, at_zero, at_one

    def _consequences(self, decision: int, value: int) -> dict[int, tuple[int, int]] | None:
        self.reach.changed = {decision: (value, value)}
        moved = [decision]
        try:
            for _ in range(PASSES):
                near = {id(limit): limit for column in moved for limit in self.limits_of[column]}
                moved = [column for limit in near.values() for column in self.reach.draw(limit)]
        except _NoPlanError:
            return None
        else:
            return self.reach.changed
        finally:
            self.reach.changed = {}

    def _said(self, column: int, decision: int, at_zero: int) -> int:
        """Return what one limit already says of a column when the decision is 1, in the same linear way."""
        best = self.reach.most[column] + 1
        for limit in self.limits_of[decision]:
            terms = dict(limit.terms)
            own, other = terms.get(column, 0), terms.get(decision, 0)
            others = (coefficient for member, coefficient in terms.items() if member not in (column, decision))
            if own > 0 > other and limit.limit <= own * at_zero and all(coefficient > 0 for coefficient in others):
                best = min(best, (limit.limit - other) // own)
        return best


def _rows(found: list[tuple[int, int, int, int]]) -> Rows:
    columns, decisions, at_zero, at_one = (np.array(part, dtype=np.int64) for part in zip(*found, strict=True))
    local = np.arange(len(found), dtype=np.int64)
    names = columns.astype(object), decisions.astype(object)
    terms: list[Term] = [(local, columns, 1), (local, decisions, at_zero - at_one)]
    return rows_of("implied", names, terms, at_zero)
