"""The columns every program has, and where to find them.

``share[l]`` in [0, 1]: part of the operation launched; ``commit[c]`` >= 0 cents: what the partner of a cell
commits; ``present[c]`` in {0, 1}: whether it takes part, only for cells where a rule depends on it;
``brings[o, p]`` and ``launched[o]`` in {0, 1}: whether a partner brings money to an operation and whether a part of an
operation is launched, only where a rule counts them.
"""

from functools import cached_property

import numpy as np

from allocator.program.frame import MISSING, Frame, Ints, Names
from allocator.program.participation import divided, participations
from allocator.program.program import Columns


class Layout:
    """Positions of the shares, commitments and decisions of a frame."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.launches = len(frame.launch_year)
        self.cells = len(frame.cell_launch)
        self.counted_pairs = participations(frame)
        self.divided = divided(frame)

    @property
    def width(self) -> int:
        """Number of columns before those that goals add."""
        return self._after_presences + len(self.counted_pairs) + len(self.divided)

    @property
    def _after_presences(self) -> int:
        return self.launches + self.cells + len(self.frame.presence_cells)

    @property
    def amounts(self) -> range:
        """Columns of all commitments."""
        return range(self.launches, self.launches + self.cells)

    def share(self, launch: Ints) -> Ints:
        """Columns of the shares of launches."""
        return launch

    def commit(self, cell: Ints) -> Ints:
        """Columns of the commitments of cells."""
        return self.launches + cell

    @cached_property
    def present(self) -> Ints:
        """Column of the presence of each cell, MISSING where presence is not a decision."""
        return _placed(self.cells, self.frame.presence_cells, self.launches + self.cells)

    @cached_property
    def brings(self) -> Ints:
        """Column that tells whether each pair brings money, MISSING where no rule counts it."""
        return _placed(len(self.frame.pair_operation), self.counted_pairs, self._after_presences)

    @cached_property
    def launched(self) -> Ints:
        """Column that tells whether a part of each operation is launched, MISSING where no rule asks."""
        first = self._after_presences + len(self.counted_pairs)
        return _placed(len(self.frame.operations), self.divided, first)

    def columns(self) -> tuple[Columns, ...]:
        """Return the groups, in the order of the positions above."""
        return self._shares(), self._commitments(), self._presences(), self._participations(), self._divided()

    def _shares(self) -> Columns:
        frame = self.frame
        one = np.ones(self.launches, dtype=np.int64)
        whole = np.array([not operation.divisible for operation in frame.operations], dtype=np.bool_)
        names = frame.operation_codes[frame.launch_operation], frame.launch_year.astype(object)
        return Columns("share", names, one, one, whole[frame.launch_operation])

    def _commitments(self) -> Columns:
        frame = self.frame
        upper = frame.to_fund[frame.cell_operation]
        names = (
            frame.operation_codes[frame.cell_operation],
            frame.partner_codes[frame.cell_partner],
            frame.cell_year.astype(object),
        )
        return Columns("commit", names, upper, upper, np.zeros(self.cells, dtype=np.bool_))

    def _presences(self) -> Columns:
        frame = self.frame
        cells = frame.presence_cells
        names = (
            frame.operation_codes[frame.cell_operation[cells]],
            frame.partner_codes[frame.cell_partner[cells]],
            frame.cell_year[cells].astype(object),
        )
        return _decisions("present", names)

    def _participations(self) -> Columns:
        frame, pairs = self.frame, self.counted_pairs
        operations, partners = frame.pair_operation[pairs], frame.pair_partner[pairs]
        return _decisions("brings", (frame.operation_codes[operations], frame.partner_codes[partners]))

    def _divided(self) -> Columns:
        return _decisions("launched", (self.frame.operation_codes[self.divided],))


def _placed(count: int, chosen: Ints, first: int) -> Ints:
    columns = np.full(count, MISSING, dtype=np.int64)
    columns[chosen] = first + np.arange(len(chosen))
    return columns


def _decisions(kind: str, names: tuple[Names, ...]) -> Columns:
    one = np.ones(len(names[0]), dtype=np.int64)
    return Columns(kind, names, one, one, np.ones(len(one), dtype=np.bool_))
