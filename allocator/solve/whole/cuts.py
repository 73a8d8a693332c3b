"""Limits that every selection meets and that relaxations do not: mixed-integer rounding of the rows that choose.

A row over 0 or 1 decisions ``sum(a_j x_j) <= b``, in whole numbers, gives for any whole divisor ``d``, with
``r = b mod d`` and ``r_j = a_j mod d``::

    sum((floor(a_j / d) (d - r) + max(0, r_j - r)) x_j) <= floor(b / d) (d - r)

for every whole ``x >= 0``; a decision may first be turned round (``x = 1 - y``). Everything is computed in exact
integers: a cut is true of every selection, whatever the values it was looked for with. References: Marchand and Wolsey,
"Aggregation and mixed integer rounding to solve MIPs", Operations Research 49 (2001); Nemhauser and Wolsey, "Integer
and combinatorial optimization" (1988), section II.1.7.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm, sqrt

import numpy as np

from allocator.engines.engine import Floats
from allocator.program.program import Program
from allocator.solve.elimination import Number
from allocator.solve.whole.measures import Measure
from allocator.solve.whole.rows import Kept, SearchRows

ROUND = 40
"""Cuts kept at each round, the deepest first."""

DIVISORS = 12
"""Divisors tried on a row: the coefficients of the decisions furthest from whole."""

DEEP = 1e-4
"""Least distance from a relaxation to a cut worth adding, in the unit of one decision."""

SUMS = 1 << 22
"""Largest limit, in the greatest unit common to its row, whose sums are all built."""

LARGEST = 1 << 52
"""Largest coefficient of a cut."""

Terms = dict[int, int]


@dataclass(frozen=True)
class Choice:
    """``sum(coefficient * column) <= limit`` over whole columns only, in whole numbers."""

    terms: Terms
    limit: int


def choices(rows: SearchRows) -> list[Choice]:
    """Return what every row says of whole columns alone, where it says something of two of them at least."""
    program = rows.scaled.program
    shares = _shares(program)
    given: list[tuple[Iterable[tuple[int, Number]], Number]] = []
    binding = program.equality.tolist()
    for row in range(rows.count):
        given.append((list(rows.terms(row)), rows.limit(row)))
        if row < len(binding) and binding[row]:
            given.append(([(column, -number) for column, number in rows.terms(row)], -rows.limit(row)))
    found = (_choice(program, shares, terms, limit) for terms, limit in given)
    return [choice for choice in found if choice is not None]


def attained(choices: Sequence[Choice], lower: Floats, upper: Floats) -> Iterator[Choice]:
    """Yield the rows whose limit no selection within bounds attains, with the highest value that some do.

    Every sum is built, decision after decision, as the bits of one large integer.
    """
    for choice in choices:
        least, free = 0, list[int]()
        for column, number in choice.terms.items():
            if lower[column] == upper[column]:
                least += number * int(lower[column])
            else:
                least += min(number, 0)
                free.append(abs(number))
        unit, room = gcd(*free), choice.limit - least
        if not free or room < 0 or sum(free) <= room:
            continue
        highest = least + _highest([number // unit for number in free], room // unit) * unit
        if highest < choice.limit:
            yield Choice(choice.terms, highest)


def _highest(numbers: Sequence[int], limit: int) -> int:
    """Return the highest sum of some numbers within a limit; the limit itself when it is too large to tell."""
    if limit > SUMS:
        return limit
    sums, within = 1, (1 << limit + 1) - 1
    for number in numbers:
        sums |= (sums << number) & within
    return sums.bit_length() - 1


def _shares(program: Program) -> dict[int, tuple[int, Fraction]]:
    """Return the divisible columns that are so many times a whole one: ``a x + b z = 0``, as fixed plans say."""
    shares: dict[int, tuple[int, Fraction]] = {}
    two = np.flatnonzero(program.equality & (program.limit == 0) & (np.diff(program.start) == 2))
    for row in two.tolist():
        for (column, own), (other, coefficient) in _orders(list(program.terms(row))):
            if program.integer[other] and not program.integer[column]:
                shares[column] = other, Fraction(-coefficient, own)
    return shares


def _orders(terms: Sequence[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    first, second = terms
    yield first, second
    yield second, first


def _choice(
    program: Program, shares: dict[int, tuple[int, Fraction]], terms: Iterable[tuple[int, Number]], limit: Number
) -> Choice | None:
    """Say a row of whole columns alone: a divisible column is a share of one, or as low as it can weigh."""
    sums: dict[int, Number] = {}
    for column, number in terms:
        if program.integer[column]:
            sums[column] = sums.get(column, 0) + number
        elif column in shares:
            whole, share = shares[column]
            sums[whole] = sums.get(whole, 0) + number * share
        elif number < 0:
            limit -= number * int(program.upper[column])
    kept = {column: number for column, number in sums.items() if number}
    if len(kept) < 2:
        return None
    bottom = lcm(*(number.denominator for number in kept.values()))
    whole_terms = {column: int(number * bottom) for column, number in kept.items()}
    most = int(limit * bottom // 1)
    if sum(number for number in whole_terms.values() if number > 0) <= most:
        return None
    return Choice(whole_terms, most)


def separated(choices: Sequence[Choice], values: Floats) -> list[Kept]:
    """Return cuts that some values of the columns exceed, the deepest first."""
    found = [cut for choice in choices for cut in _cuts(choice, values)]
    unlike = {tuple(sorted(cut.terms.items())): (depth, cut) for depth, cut in found}
    deepest = sorted(unlike.items(), key=lambda item: (-item[1][0], item[0]))[:ROUND]
    return [row_of(cut, len(values)) for _, (_, cut) in deepest]


def _cuts(choice: Choice, values: Floats) -> Iterator[tuple[float, Choice]]:
    """Yield the cuts that a row gives, one for each divisor, with their depths."""
    at = {column: float(values[column]) for column in choice.terms}
    uncertain = sorted((column for column in at if 1e-6 < at[column] < 1 - 1e-6), key=lambda j: (abs(at[j] - 0.5), j))
    turned = {column for column in at if at[column] > 0.5}
    for divisor in sorted({abs(choice.terms[column]) for column in uncertain[:DIVISORS]}):
        tried = rounded(choice, divisor, turned)
        depth = _depth(tried, at)
        for column in uncertain[:DIVISORS]:
            other = rounded(choice, divisor, turned ^ {column})
            if (deeper := _depth(other, at)) > depth + DEEP:
                tried, depth = other, deeper
        if depth > DEEP and max(map(abs, tried.terms.values())) < LARGEST:
            yield depth, tried


def rounded(choice: Choice, divisor: int, turned: set[int]) -> Choice:
    """Return the mixed-integer rounding of a row for a divisor, some decisions being turned round."""
    limit = choice.limit - sum(choice.terms[column] for column in turned)
    quotient, rest = divmod(limit, divisor)
    left = divisor - rest
    terms: Terms = {}
    most = quotient * left
    for column, number in choice.terms.items():
        whole, part = divmod(-number if column in turned else number, divisor)
        weight = whole * left + max(0, part - rest)
        if column in turned:
            most -= weight
            weight = -weight
        if weight:
            terms[column] = weight
    return Choice(terms, most)


def _depth(cut: Choice, at: dict[int, float]) -> float:
    """Return how far values are beyond a cut, in the unit of one decision."""
    norm = sqrt(sum(number * number for number in cut.terms.values()))
    if not norm:
        return 0.0
    return (sum(number * at[column] for column, number in cut.terms.items()) - cut.limit) / norm


def row_of(cut: Choice, width: int) -> Kept:
    """Return a cut as a row of a search."""
    columns = np.array(sorted(cut.terms), dtype=np.int64)
    coefficients = tuple(cut.terms[column] for column in columns.tolist())
    unit = max(map(abs, coefficients))
    cost = np.zeros(width)
    cost[columns] = [number / unit for number in coefficients]
    return Kept(Measure("cut", columns, coefficients, cost, Fraction(unit), None), Fraction(cut.limit), redundant=True)
