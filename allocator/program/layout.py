"""The columns every program has, and where to find them.

``share[l]`` in [0, 1]: part of the operation launched; ``commit[c]`` >= 0 cents: what the partner of a cell
commits; ``present[c]`` in {0, 1}: whether it takes part, only for cells where a rule depends on it.
"""

from functools import cached_property

import numpy as np

from allocator.program.frame import MISSING, Frame, Ints
from allocator.program.program import Columns


class Layout:
    """Positions of the shares, commitments and presences of a frame."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.launches = len(frame.launch_year)
        self.cells = len(frame.cell_launch)

    @property
    def width(self) -> int:
        """Number of columns before those that goals add."""
        return self.launches + self.cells + len(self.frame.presence_cells)

    def share(self, launch: Ints) -> Ints:
        """Columns of the shares of launches."""
        return launch

    def commit(self, cell: Ints) -> Ints:
        """Columns of the commitments of cells."""
        return self.launches + cell

    @cached_property
    def present(self) -> Ints:
        """Column of the presence of each cell, MISSING where presence is not a decision."""
        columns = np.full(self.cells, MISSING, dtype=np.int64)
        chosen = self.frame.presence_cells
        columns[chosen] = self.launches + self.cells + np.arange(len(chosen))
        return columns

    def columns(self) -> tuple[Columns, Columns, Columns]:
        """Return the three groups, in the order of the positions above."""
        return self._shares(), self._commitments(), self._presences()

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
        one = np.ones(len(cells), dtype=np.int64)
        names = (
            frame.operation_codes[frame.cell_operation[cells]],
            frame.partner_codes[frame.cell_partner[cells]],
            frame.cell_year[cells].astype(object),
        )
        return Columns("present", names, one, one, np.ones(len(cells), dtype=np.bool_))
