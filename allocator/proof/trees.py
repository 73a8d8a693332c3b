"""Whole decisions: a tree of cases, each closed by exact multipliers, that together leave nothing out.

Every case is a part of the plans where some whole columns are decided. Its relaxation suggests multipliers; they are
rounded to short fractions, and what they prove of the case is computed exactly: that no plan of it beats the best one,
or that it has no plan. A case that neither closes is split in two. Nothing of the search that found the plan is used
but the value it reached. Reference: Cheung, Gleixner and Steffy, "Verifying integer programming results", Integer
Programming and Combinatorial Optimization (2017).
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import frexp, gcd, lcm

import numpy as np

from allocator.engines.engine import EngineError, Floats
from allocator.engines.highs import HighsEngine
from allocator.program.frame import Ints
from allocator.program.program import Program
from allocator.program.scaling import scale
from allocator.program.sums import exact_sum
from allocator.proof.proof import Claim, Leaf, Node, Split
from allocator.solve.elimination import Number, Terms
from allocator.solve.whole.box import Box
from allocator.solve.whole.branching import Branching
from allocator.solve.whole.exact_prices import exact_bound
from allocator.solve.whole.measures import Measure
from allocator.solve.whole.relaxation import Relaxations, Relaxed
from allocator.solve.whole.rows import Kept, SearchRows
from allocator.solve.whole.tree import NEAR

CLOSED = Fraction(1, 200)
"""What a case may leave above the best value, in units of the objective, where divisible columns count."""

GRIDS = 18, 26, 34, 44, 56
"""Bits that multipliers keep of the largest one (scaled): the fewest that close a case are kept."""

FINE = 80
"""Binary digits of a bound: fractions of every denominator would be slow to add."""


def step_of(program: Program, gain: Terms) -> Fraction | None:
    """Return what every value is a whole multiple of when only whole columns count, else None."""
    if not gain or not all(program.integer[column] for column in gain):
        return None
    bottom = lcm(*(number.denominator for number in gain.values()))
    return Fraction(gcd(*(int(number * bottom) for number in gain.values())), bottom)


class Tree:
    """The tree of one stage, the former ones being kept. ``work``: relaxations solved times undecided columns."""

    def __init__(self, program: Program, claims: Sequence[Claim], rank: int, values: Sequence[Number]):
        claim = claims[rank]
        self.program, self.gain = program, claim.gain
        self.best = claim.reached(values) if claim.kept is None else claim.floor()
        if claim.best is not None:
            self.best = claim.best if claim.maximise else -claim.best
        self.alone = claim.kept is None
        self.step = step_of(program, self.gain)
        self.measure = _measure(program, claim)
        self.floors = [former.floor(claim) for former in claims[:rank]]
        formers = zip(claims, self.floors, strict=False)  # the floors end where the stage begins
        kept = [Kept(_measure(program, former), -floor) for former, floor in formers]
        self.rows = SearchRows(scale(program), kept)
        divisors = [*self.rows.scaled.divisor.tolist(), *(float(one.measure.unit) for one in kept)]
        self.factors = [float(self.measure.unit) / divisor for divisor in divisors]
        self.limits, self.upper = program.limit.tolist(), program.upper.tolist()
        self.whole = np.flatnonzero(program.integer)
        box = Box.whole(program)
        self.root = Box(box.lower, box.upper, np.append(box.equality, np.zeros(rank, dtype=np.bool_)))
        self.relaxations = Relaxations(self.rows, HighsEngine(), self.measure, [self.root], 0)
        self.branching = Branching(len(program.upper))

    @property
    def work(self) -> int:
        """What the tree took so far."""
        return self.relaxations.work

    def grow(self, allowed: int) -> tuple[Node, ...] | None:
        """Return the nodes in preorder, None when the work allowed does not suffice or a case is never closed."""
        waiting, nodes = [self.root], list[Node]()
        while waiting:
            if self.work > allowed:
                return None
            box = waiting.pop()
            relaxed = self._relaxed(box)
            leaf = self._leaf(box, relaxed)
            if leaf is not None:
                nodes.append(leaf)
                continue
            free = box.free(self.whole)
            if not len(free):
                return None
            column = self._column(box, relaxed, free)
            nodes.append(Split(column))
            if relaxed is not None:
                box = Box(box.lower, box.upper, box.equality, basis=relaxed.basis)
            waiting += [box.fixing(np.array([column]), side) for side in (1.0, 0.0)]
        return tuple(nodes)

    def _relaxed(self, box: Box) -> Relaxed | None:
        try:
            return self.relaxations.relax(box)
        except EngineError:
            return None

    def _column(self, box: Box, relaxed: Relaxed | None, free: Ints) -> int:
        if relaxed is None:
            return int(free[0])
        room = max(relaxed.objective + float(self.best / self.measure.unit), 1e-9)
        return self.branching.branch(self.relaxations, box, relaxed, free, room).column

    def _leaf(self, box: Box, relaxed: Relaxed | None) -> Leaf | None:
        """Return what closes a case, None when it is to be split."""
        if relaxed is None:
            prices = self.relaxations.emptiness(box)
            return None if prices is None else self._first_closing(box, self._rounded(prices, 1.0), None)
        unit, near = self.measure.unit, NEAR * max(1.0, abs(relaxed.objective))
        strictly = self.step is not None or (self.alone and len(box.free(self.whole)) > 0)
        most = self.best + (self.step or 0)
        room = float(most / unit) + relaxed.objective
        if room < -near or (room <= near and strictly):
            return None
        if room <= near:
            exact = exact_bound(self.rows, self.measure, box, relaxed)
            offered = [*([] if exact is None else [exact.prices]), *self._rounded(relaxed.prices, 0.0)]
            return self._first_closing(box, offered, self.best + CLOSED)
        return self._first_closing(box, self._rounded(relaxed.prices, room), most)

    def _rounded(self, prices: Floats, room: float) -> Iterator[Terms]:
        """Yield exact multipliers of rows, then stages, ever closer to the engine's; ``room``: what may be lost."""
        largest = float(np.abs(prices).max(initial=0.0)) or 1.0
        priced = np.flatnonzero(prices).tolist()
        for grid in GRIDS:
            if len(priced) * 2.0**-grid <= room / largest or grid == GRIDS[-1]:
                # Whole multiples of powers of two: sums of such numbers keep short denominators.
                terms = {
                    row: _dyadic(prices[row] * self.factors[row], largest * self.factors[row], grid) for row in priced
                }
                yield {row: number for row, number in terms.items() if number}

    def _first_closing(self, box: Box, offered: Iterable[Terms], most: Fraction | None) -> Leaf | None:
        """Return the first multipliers that keep a case under what it may reach; None: that prove it empty."""
        size, empty = len(self.limits), most is None
        for terms in offered:
            kept = {row: number for row, number in terms.items() if number > 0 or box.equality[row]}
            if self._bound(box, kept, empty=empty) < (most or 0):
                rows = {row: number for row, number in kept.items() if row < size}
                return Leaf(rows, {row - size: number for row, number in kept.items() if row >= size}, empty)
        return None

    def _bound(self, box: Box, prices: Terms, *, empty: bool) -> Fraction:
        """Return what no plan of a case exceeds, each term rounded up to a multiple of 2 to the minus ``FINE``."""
        total = 0
        left: dict[int, dict[int, int]] = {}
        for column, number in {} if empty else self.gain.items():
            left[column] = {number.denominator: number.numerator}
        for row, price in prices.items():
            top, bottom = price.numerator, price.denominator
            limit = Fraction(self.rows.limit(row))
            total += _up(top * limit.numerator, bottom * limit.denominator)
            for column, number in self.rows.terms(row):
                _add(left.setdefault(column, {}), bottom * number.denominator, -top * number.numerator)
        for column, sums in left.items():
            number = exact_sum(sums)
            if number and (box.upper if number > 0 else box.lower)[column]:
                total += _up(number.numerator * self.upper[column], number.denominator)
        return Fraction(total, 1 << FINE)


def _up(top: int, bottom: int) -> int:
    return -((-top << FINE) // bottom)


def _add(sums: dict[int, int], bottom: int, top: int) -> None:
    sums[bottom] = sums.get(bottom, 0) + top


def _dyadic(number: float, largest: float, grid: int) -> Number:
    """Return a number with as many binary digits as leave ``grid`` of them to the largest."""
    power = 1 << max(grid - frexp(largest)[1], 0)
    return Fraction(round(Fraction(number) * power), power)


def _measure(program: Program, claim: Claim) -> Measure:
    """Return a claim as something to minimise."""
    columns = np.array(sorted(claim.gain), dtype=np.int64)
    coefficients = tuple(-claim.gain[column] for column in columns.tolist())
    cost = np.zeros(len(program.upper))
    cost[columns] = [
        float(number * scale) for scale, number in zip(program.scale[columns].tolist(), coefficients, strict=True)
    ]
    unit = float(np.abs(cost).max(initial=0.0)) or 1.0
    return Measure(claim.goal, columns, coefficients, cost / unit, Fraction(unit), None)
