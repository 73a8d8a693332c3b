"""The program: exact integer rows over named columns, assembled from arrays.

Columns hold cents (commitments, deviations) or pure numbers in [0, 1] (shares of launches, presences).
Rows are ``sum(coefficient * column) <= limit`` or ``= limit`` with int64 coefficients and limits, so that a
plan can be checked exactly; the floating-point form given to engines is derived in ``scaling``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from allocator.program.bulk import excess_in_bulk
from allocator.program.frame import Flags, Frame, Ints, Names
from allocator.program.sums import weighted_sum

SURE = 1e-9
"""Part of the sum of the sizes of its terms by which the floating-point sum of a row is never wrong.

A sum of n terms is off by n times 2^-53 of it at most, and no row has a million of them.
"""


class Holds(Enum):
    """How a plan in whole cents meets a row.

    TO_THE_CENT: to less than one cent (a flat aid or a fixed plan in an operation funded in part, amounts that are
    not a whole number of times each other).
    BY_DEFINITION: the row only defines what a goal measures and binds no one.
    """

    EXACTLY = "exactly"
    TO_THE_CENT = "to the cent"
    BY_DEFINITION = "by definition"


@dataclass(frozen=True)
class Columns:
    """A group of columns of one kind.

    ``names``: arrays of codes, joined to make each column's id. ``upper``: exact upper bounds (the lower bound
    is 0). ``scale``: the unit in which engines see the column (cents for amounts, 1 for shares).
    """

    kind: str
    names: tuple[Names, ...]
    upper: Ints
    scale: Ints
    integer: Flags


@dataclass(frozen=True)
class Rows:
    """A group of rows of one family: COO triplets local to the group, limits, sense.

    ``holds`` says how a plan in whole cents meets the rows, and ``cent`` what one cent weighs in rows that hold
    to the cent.
    """

    family: str
    names: tuple[Names, ...]
    row: Ints
    column: Ints
    coefficient: Ints
    limit: Ints
    equality: bool = False
    holds: Holds = Holds.EXACTLY
    cent: int = 1

    def __len__(self) -> int:
        return len(self.limit)


Term = tuple[Ints, Ints, Ints | int]
"""Local rows, columns and coefficients of some entries; one integer stands for a constant coefficient."""


def rows_of(
    family: str,
    names: tuple[Names, ...],
    terms: Sequence[Term],
    limit: Ints | int,
    *,
    equality: bool = False,
    holds: Holds = Holds.EXACTLY,
    cent: int = 1,
) -> Rows:
    """Build a group of rows, one per name, from terms; one integer limit is shared by all rows."""
    count = len(names[0])
    weights = _concatenate([_spread(coefficient, len(row)) for row, _, coefficient in terms])
    kept = weights != 0
    return Rows(
        family=family,
        names=names,
        row=_concatenate([row for row, _, _ in terms])[kept],
        column=_concatenate([column for _, column, _ in terms])[kept],
        coefficient=weights[kept],
        limit=_spread(limit, count),
        equality=equality,
        holds=holds,
        cent=cent,
    )


def _spread(value: Ints | int, count: int) -> Ints:
    return value if isinstance(value, np.ndarray) else np.full(count, value, dtype=np.int64)


@dataclass(frozen=True)
class Program:
    """A whole program in compressed-row form, with the groups it was made from."""

    frame: Frame
    column_groups: tuple[Columns, ...]
    row_groups: tuple[Rows, ...]
    start: Ints = field(repr=False)
    column: Ints = field(repr=False)
    coefficient: Ints = field(repr=False)
    limit: Ints = field(repr=False)
    equality: Flags = field(repr=False)
    upper: Ints = field(repr=False)
    scale: Ints = field(repr=False)
    integer: Flags = field(repr=False)

    @property
    def shape(self) -> tuple[int, int]:
        """Numbers of rows and columns."""
        return len(self.limit), len(self.upper)

    def extended(self, columns: Sequence[Columns], rows: Sequence[Rows]) -> "Program":
        """Return the program with groups of columns and rows added after its own; the others keep their place."""
        added = assemble(self.frame, columns, rows)
        return replace(
            self,
            column_groups=(*self.column_groups, *added.column_groups),
            row_groups=(*self.row_groups, *added.row_groups),
            start=np.concatenate([self.start, self.start[-1] + added.start[1:]]),
            column=np.concatenate([self.column, added.column]),
            coefficient=np.concatenate([self.coefficient, added.coefficient]),
            limit=np.concatenate([self.limit, added.limit]),
            equality=np.concatenate([self.equality, added.equality]),
            upper=np.concatenate([self.upper, added.upper]),
            scale=np.concatenate([self.scale, added.scale]),
            integer=np.concatenate([self.integer, added.integer]),
        )

    def has_terms_of(self, other: "Program") -> bool:
        """Tell whether two programs differ by nothing but limits and senses: same columns, same terms row by row."""
        parts = ("start", "column", "coefficient", "upper", "scale", "integer")
        return all(np.array_equal(getattr(self, part), getattr(other, part)) for part in parts)

    def under_limits_of(self, other: "Program") -> "Program":
        """Return the program under the limits and senses that another has on the rows it begins with."""
        limit, equality = self.limit.copy(), self.equality.copy()
        limit[: len(other.limit)], equality[: len(other.equality)] = other.limit, other.equality
        return replace(self, limit=limit, equality=equality)

    def column_ids(self) -> list[str]:
        """Stable names of the columns, made of codes only."""
        return [name for group in self.column_groups for name in _ids(group.kind, group.names)]

    def row_ids(self) -> list[str]:
        """Stable names of the rows, made of codes only."""
        return [name for group in self.row_groups for name in _ids(group.family, group.names)]

    def terms(self, row: int) -> Iterator[tuple[int, int]]:
        """Yield (column, coefficient) of a row as Python integers."""
        span = slice(self.start[row], self.start[row + 1])
        return zip(self.column[span].tolist(), self.coefficient[span].tolist(), strict=True)

    def activity(self, row: int, values: Sequence[Fraction | int]) -> Fraction | int:
        """Return the exact left-hand side of a row."""
        return weighted_sum(self.terms(row), values)

    def excess(self, rows: Ints, values: Sequence[Fraction | int]) -> list[Fraction | int]:
        """Return the exact left-hand side less the limit of some rows: positive where a limit is exceeded."""
        counts = self.start[rows + 1] - self.start[rows]
        filled = np.flatnonzero(counts)
        here, many = rows[filled], counts[filled]
        entries = np.arange(int(many.sum())) + np.repeat(self.start[here] - (np.cumsum(many) - many), many)
        column, coefficient, limit = self.column[entries], self.coefficient[entries], self.limit[here]
        bulk = excess_in_bulk(many, column, coefficient, limit, values)
        result: list[Fraction | int] = [-limit for limit in self.limit[rows].tolist()]
        for place, total, multiple, fits in zip(filled.tolist(), *(part.tolist() for part in bulk), strict=True):
            if fits:
                result[place] = Fraction(total, multiple) if total and multiple > 1 else total
            else:
                result[place] += self.activity(int(rows[place]), values)
        return result

    def loose_rows(self, values: Sequence[Fraction | int], reach: NDArray[np.float64] | None = None) -> Flags:
        """Tell the inequalities that exact values surely meet, even when each column moves by its ``reach``.

        Computed in floating point with more than its largest error taken off (``SURE`` of all terms): a row said to be
        loose is; one that is not must be looked at exactly. Looking at every row exactly takes many times longer.
        """
        rows = np.repeat(np.arange(len(self.limit)), np.diff(self.start))
        products = self.coefficient * np.array([float(value) for value in values])[self.column]
        sizes = np.abs(products)
        moved = sizes * SURE if reach is None else sizes * SURE + np.abs(self.coefficient) * reach[self.column]
        most = np.bincount(rows, products + moved, minlength=len(self.limit)) + SURE * np.abs(self.limit)
        loose: Flags = (most < self.limit) & ~self.equality
        return loose

    def broken_rows(self, values: Sequence[Fraction | int]) -> list[int]:
        """Return the rows that exact values do not meet exactly."""
        rows = np.flatnonzero(~self.loose_rows(values))
        pairs = zip(rows.tolist(), self.excess(rows, values), strict=True)
        return [row for row, over in pairs if over > 0 or (over and self.equality[row])]

    def out_of_bounds(self, values: Sequence[Fraction | int]) -> list[int]:
        """Return the columns whose exact value is negative or above its bound."""
        near = np.array([float(value) for value in values])
        margin = SURE * np.maximum(self.upper, 1)
        unsure = np.flatnonzero((near < margin) | (near > self.upper - margin)).tolist()
        upper = self.upper.tolist()
        return [column for column in unsure if not 0 <= values[column] <= upper[column]]


def _ids(kind: str, names: tuple[Names, ...]) -> list[str]:
    return ["|".join((kind, *(str(part) for part in parts))) for parts in zip(*names, strict=True)]


def assemble(frame: Frame, columns: Sequence[Columns], rows: Sequence[Rows]) -> Program:
    """Concatenate groups of columns and rows into one program; rows keep the order of the groups."""
    groups = [group for group in rows if len(group)]
    offsets = np.cumsum([0, *(len(group) for group in groups)])
    row = _concatenate([group.row + offset for group, offset in zip(groups, offsets[:-1], strict=True)])
    order = np.argsort(row, kind="stable")
    counts = np.bincount(row, minlength=int(offsets[-1]))
    flags: NDArray[np.bool_] = np.concatenate([np.full(len(g), g.equality) for g in groups] or [np.zeros(0, np.bool_)])
    return Program(
        frame=frame,
        column_groups=tuple(columns),
        row_groups=tuple(groups),
        start=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        column=_concatenate([group.column for group in groups])[order],
        coefficient=_concatenate([group.coefficient for group in groups])[order],
        limit=_concatenate([group.limit for group in groups]),
        equality=flags,
        upper=_concatenate([group.upper for group in columns]),
        scale=_concatenate([group.scale for group in columns]),
        integer=np.concatenate([group.integer for group in columns] or [np.zeros(0, np.bool_)]),
    )


def _concatenate(parts: Sequence[Ints]) -> Ints:
    return np.concatenate(parts).astype(np.int64, copy=False) if parts else np.zeros(0, dtype=np.int64)
