"""Exact numbers and the program: the rows and columns of ``data/program.json``."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

Number = int | Fraction
Documents = dict[str, Any]


def number(value: Any) -> Number:
    """Read an exact number: an integer or "p/q"."""
    if isinstance(value, str):
        return Fraction(*map(int, value.split("/")))
    if type(value) is not int:
        raise ValueError(f"{value!r} is not an exact number")
    return value


def pairs(table: Any, place: str, value: str, size: int) -> dict[int, Number]:
    """Read a sparse list as {place: number}; every place lies in range(size)."""
    places, values = table[place], table[value]
    if len(places) != len(values) or len(set(places)) != len(places):
        raise ValueError(f"{place}: lists do not match")
    if any(type(p) is not int or not 0 <= p < size for p in places):
        raise ValueError(f"{place} out of range")
    return {p: number(v) for p, v in zip(places, values, strict=True)}


def added(terms: Iterable[tuple[Number, Number]]) -> Fraction:
    """Add products exactly, by denominator: many times faster than adding fractions."""
    sums: dict[int, int] = defaultdict(int)
    for a, b in terms:
        sums[a.denominator * b.denominator] += a.numerator * b.numerator
    return sum((Fraction(top, bottom) for bottom, top in sums.items() if top), Fraction(0))


class Program:
    """The rows and columns of data/program.json, with their ranges checked."""

    def __init__(self, document: Any) -> None:
        columns, rows = document["columns"], document["rows"]
        self.ids, self.upper, self.integer = columns["id"], columns["upper"], columns["integer"]
        self.rows, self.sense, self.limit, self.holds = rows["id"], rows["sense"], rows["limit"], rows["holds"]
        self.start, self.column, self.coefficient = rows["start"], rows["column"], rows["coefficient"]
        sizes = {len(self.rows), len(self.sense), len(self.limit), len(self.holds), len(self.start) - 1}
        if len(sizes) > 1 or len({len(self.ids), len(self.upper), len(self.integer)}) > 1:
            raise ValueError("program: lists of different lengths")
        ends = self.start[0] == 0 and self.start[-1] == len(self.column) == len(self.coefficient)
        if not ends or any(a > b for a, b in pairwise(self.start)) or len(set(self.ids)) < len(self.ids):
            raise ValueError("program: broken layout")
        if any(not 0 <= column < len(self.ids) for column in self.column) or any(upper < 0 for upper in self.upper):
            raise ValueError("program: column out of range")
        if any(type(n) is not int for n in (*self.limit, *self.coefficient, *self.upper, *self.column, *self.start)):
            raise ValueError("program: a number is not whole")
        if not set(self.sense) <= {"<=", "="} or not set(self.holds) <= {"exactly", "to the cent", "by definition"}:
            raise ValueError("program: unknown sense")

    def terms(self, row: int) -> Iterator[tuple[int, int]]:
        """Give the columns and coefficients of a row."""
        span = slice(self.start[row], self.start[row + 1])
        return zip(self.column[span], self.coefficient[span], strict=True)

    def deciding(self) -> set[int]:
        """Return the columns that appear in a row which is not a mere definition."""
        rows = (row for row, holds in enumerate(self.holds) if holds != "by definition")
        return {column for row in rows for column, _ in self.terms(row)}

    def over(self, row: int, values: Sequence[Number]) -> Fraction:
        """Return by how much values exceed the limit of a row."""
        limit: int = self.limit[row]
        return added((number, values[column]) for column, number in self.terms(row) if values[column]) - limit

    def broken(self, values: Sequence[Number], *, exactly: bool) -> Iterator[str]:
        """Give the rows and bounds that values do not meet; `exactly`: whatever the rows allow to plans in cents."""
        for row, (sense, holds) in enumerate(zip(self.sense, self.holds, strict=True)):
            over = self.over(row, values)
            if not exactly and holds == "by definition":
                continue
            within = abs(over) < 1 if not exactly and holds == "to the cent" else over == 0
            if not within and (over > 0 or sense == "="):
                yield f"{self.rows[row]} ({over})"
        for column, (value, upper, integer) in enumerate(zip(values, self.upper, self.integer, strict=True)):
            if not 0 <= value <= upper or (integer and value.denominator != 1):
                yield f"{self.ids[column]} = {value}"
