"""The rows a search works under: those of the program, then one per measure already settled."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from allocator.engines.engine import Floats
from allocator.program.frame import Ints
from allocator.program.scaling import ScaledProgram
from allocator.proof.safe_bound import SafeRows
from allocator.solve.elimination import Number
from allocator.solve.whole.measures import Measure


@dataclass(frozen=True)
class Kept:
    """A measure that plans may not exceed: ``measure <= limit``, exactly.

    ``redundant``: every selection meets it, it only makes relaxations closer.
    """

    measure: Measure
    limit: Fraction
    redundant: bool = False


@dataclass(frozen=True)
class SearchRows:
    """Exact and scaled rows; those of the program come first."""

    scaled: ScaledProgram
    kept: Sequence[Kept]

    @property
    def count(self) -> int:
        """Number of rows."""
        return len(self.scaled.limit) + len(self.kept)

    def terms(self, row: int) -> Iterator[tuple[int, Number]]:
        """Return the exact terms of a row."""
        extra = row - len(self.scaled.limit)
        if extra < 0:
            return self.scaled.program.terms(row)
        measure = self.kept[extra].measure
        return zip(measure.column.tolist(), measure.coefficient, strict=True)

    def limit(self, row: int) -> Number:
        """Return the exact limit of a row."""
        extra = row - len(self.scaled.limit)
        return int(self.scaled.program.limit[row]) if extra < 0 else self.kept[extra].limit

    @cached_property
    def _parts(self) -> tuple[list[Ints], list[Floats]]:
        columns = [np.flatnonzero(kept.measure.cost) for kept in self.kept]
        values = [kept.measure.cost[found] for kept, found in zip(self.kept, columns, strict=True)]
        return columns, values

    @cached_property
    def start(self) -> Ints:
        """Where each row starts among the scaled entries."""
        counts = [len(columns) for columns in self._parts[0]]
        first = self.scaled.program.start
        return np.concatenate([first, first[-1] + np.cumsum(counts, dtype=np.int64)])

    @cached_property
    def column(self) -> Ints:
        """Column of each scaled entry."""
        return np.concatenate([self.scaled.program.column, *self._parts[0]])

    @cached_property
    def value(self) -> Floats:
        """Scaled entries."""
        return np.concatenate([self.scaled.value, *self._parts[1]])

    @cached_property
    def upper(self) -> Floats:
        """Scaled limits."""
        limits = [float(kept.limit / kept.measure.unit) for kept in self.kept]
        return np.concatenate([self.scaled.limit, limits])

    @cached_property
    def safe(self) -> SafeRows:
        """The same rows, to prove bounds with."""
        return SafeRows(self.start, self.column, self.value, self.upper, len(self.scaled.program.upper))
