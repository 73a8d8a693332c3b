"""Live formulas: the text a spreadsheet recalculates, and its exact value, built together.

A ``Live`` is an expression over cells. Its operators write the formula and compute the value in the same
gesture, so that the value stored beside a formula is the value of that formula. No operator accepts a
bare number: what is not in a cell cannot enter a formula.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction


class Shape(IntEnum):
    """How tightly a formula holds together, from the loosest: what decides where parentheses go."""

    SUM = 0
    PRODUCT = 1
    ATOM = 2


@dataclass(frozen=True)
class Live:
    """A formula without its equals sign, and its exact value (euros, fractions or counts)."""

    formula: str
    value: Fraction
    shape: Shape = Shape.ATOM

    def __add__(self, other: "Live") -> "Live":
        """Sum of two expressions."""
        return Live(f"{self.formula}+{other.formula}", self.value + other.value, Shape.SUM)

    def __sub__(self, other: "Live") -> "Live":
        """Difference of two expressions."""
        return Live(f"{self.formula}-{other._within(Shape.PRODUCT)}", self.value - other.value, Shape.SUM)

    def __mul__(self, other: "Live") -> "Live":
        """Product of two expressions."""
        left, right = self._within(Shape.PRODUCT), other._within(Shape.PRODUCT)
        return Live(f"{left}*{right}", self.value * other.value, Shape.PRODUCT)

    def __truediv__(self, other: "Live") -> "Live":
        """Quotient of two expressions; ZeroDivisionError when the divisor is worth zero."""
        left, right = self._within(Shape.PRODUCT), other._within(Shape.ATOM)
        return Live(f"{left}/{right}", self.value / other.value, Shape.PRODUCT)

    def _within(self, shape: Shape) -> str:
        """Give the formula as it stands where only ``shape`` or tighter may stand."""
        return self.formula if self.shape >= shape else f"({self.formula})"


MAX_TERMS = 200
"""Terms that a sum may list: spreadsheet programs refuse more than 255 arguments and 8 192 characters."""


def total(terms: Sequence[Live]) -> Live:
    """Sum of cells that need not be neighbours. Raises ValueError when they are too many to be listed."""
    if len(terms) > MAX_TERMS:
        raise ValueError(f"a sum cannot list {len(terms)} cells, {MAX_TERMS} at most")
    return Live(f"SUM({','.join(term.formula for term in terms)})", sum((term.value for term in terms), Fraction(0)))


def least(terms: Sequence[Live]) -> Live:
    """Smallest of several expressions."""
    return Live(f"MIN({','.join(term.formula for term in terms)})", min(term.value for term in terms))


def greatest(terms: Sequence[Live]) -> Live:
    """Largest of several expressions."""
    return Live(f"MAX({','.join(term.formula for term in terms)})", max(term.value for term in terms))


def positives(terms: Sequence[Live]) -> Live:
    """Count the cells that hold more than nothing. Raises ValueError when they are too many to be listed."""
    if len(terms) > MAX_TERMS:
        raise ValueError(f"a sum cannot list {len(terms)} cells, {MAX_TERMS} at most")
    tests = ",".join(f"N({term.formula}>0)" for term in terms)
    return Live(f"SUM({tests})", Fraction(sum(term.value > 0 for term in terms)))


def span(cells: Sequence[Live]) -> str:
    """Address of the range that goes from the first cell to the last, all on one line or in one column."""
    return f"{cells[0].formula}:{cells[-1].formula.rpartition('!')[2]}"


def span_total(cells: Sequence[Live]) -> Live:
    """Sum of neighbouring cells, written as a range."""
    return Live(f"SUM({span(cells)})", sum((cell.value for cell in cells), Fraction(0)))


def total_where(keys: Sequence[tuple[str, str]], amounts: str, value: Fraction) -> Live:
    """Sum of the lines of column ``amounts`` that have the texts wanted.

    ``keys`` holds pairs of a column of texts and a cell (or a quoted word) that must be the same, case included:
    SUMIF would take the codes 01 and 1, or a and A, for one another.
    """
    tests = "*".join(f"EXACT({column},{key})" for column, key in keys)
    return Live(f"SUMPRODUCT({tests}*{amounts})", value)


def total_of_year(years: str, year: str, amounts: str, value: Fraction) -> Live:
    """Sum of the lines of column ``amounts`` of one year: both are numbers, which EXACT does not compare everywhere."""
    return Live(f"SUMPRODUCT(({years}={year})*{amounts})", value)


def euros(cents: int) -> Fraction:
    """Exact euros for integer cents."""
    return Fraction(cents, 100)
