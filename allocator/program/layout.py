"""The columns every program has, and where to find them.

``share[l]`` in [0, 1]: part of the operation launched; ``commit[c]`` >= 0 cents: what the partner of a cell
commits; ``present[c]`` in {0, 1}: whether it takes part, only for cells where a rule depends on it;
``brings[o, p]`` and ``launched[o]`` in {0, 1}: whether a partner brings money to an operation and whether a part of an
operation is launched, only where a rule counts them; ``pay[c, t]`` >= 0 cents: what a cell whose payments are free pays
in year t, and ``beyond[c, t]`` >= 0 cents: by how much that is more than the profile of the operation would pay.
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
        self._build_payments()

    def _build_payments(self) -> None:
        """Place the payments of free cells: ``i = (c, t)``, from the start year to the end of the horizon.

        ``paying_cell[i]`` and ``paying_year[i]`` say which they are; ``due[i]`` is the share (numerator, denominator)
        that the profile pays in that year, and ``profiled`` lists the payments where it is not zero.
        """
        frame = self.frame
        free = np.flatnonzero(frame.free_cells)
        counts = frame.scenario.last_year + 1 - frame.cell_year[free]
        self.paying_cell: Ints = np.repeat(free, counts)
        offset = np.arange(len(self.paying_cell)) - np.repeat(np.cumsum(counts) - counts, counts)
        self.paying_year: Ints = frame.cell_year[self.paying_cell] + offset
        shares = [frame.profiles[str(frame.operation(cell).profile)] for cell in self.paying_cell.tolist()]
        due = [share.get(after, (0, 1)) for share, after in zip(shares, offset.tolist(), strict=True)]
        self.due: Ints = np.array(due, dtype=np.int64).reshape(-1, 2)
        self.profiled: Ints = np.flatnonzero(self.due[:, 0])

    @property
    def width(self) -> int:
        """Number of columns before those that goals add."""
        return self._after_decisions + len(self.paying_cell) + len(self.profiled)

    @property
    def _after_decisions(self) -> int:
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

    @property
    def payments(self) -> range:
        """Columns of all payments that are decided."""
        return range(self._after_decisions, self._after_decisions + len(self.paying_cell))

    def pay(self, payment: Ints) -> Ints:
        """Columns of payments that are decided."""
        return self._after_decisions + payment

    def beyond(self) -> Ints:
        """Columns of what is paid beyond the profile, one for each of the payments in ``profiled``."""
        return self._after_decisions + len(self.paying_cell) + np.arange(len(self.profiled))

    def payment_names(self, payments: Ints) -> tuple[Names, ...]:
        """Operation, partner, start year and year of payment of payments that are decided."""
        return *self._cell_names(self.paying_cell[payments]), self.paying_year[payments].astype(object)

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
        decisions = self._presences(), self._participations(), self._divided()
        every = np.arange(len(self.paying_cell))
        return (
            self._shares(),
            self._commitments(),
            *decisions,
            self._payments("pay", every),
            self._payments("beyond", self.profiled),
        )

    def _shares(self) -> Columns:
        frame = self.frame
        one = np.ones(self.launches, dtype=np.int64)
        whole = np.array([not operation.divisible for operation in frame.operations], dtype=np.bool_)
        names = frame.operation_codes[frame.launch_operation], frame.launch_year.astype(object)
        return Columns("share", names, one, one, whole[frame.launch_operation])

    def _commitments(self) -> Columns:
        frame = self.frame
        upper = frame.to_fund[frame.cell_operation]
        names = self._cell_names(np.arange(self.cells))
        return Columns("commit", names, upper, upper, np.zeros(self.cells, dtype=np.bool_))

    def _presences(self) -> Columns:
        return _decisions("present", self._cell_names(self.frame.presence_cells))

    def _cell_names(self, cells: Ints) -> tuple[Names, Names, Names]:
        frame = self.frame
        return (
            frame.operation_codes[frame.cell_operation[cells]],
            frame.partner_codes[frame.cell_partner[cells]],
            frame.cell_year[cells].astype(object),
        )

    def _participations(self) -> Columns:
        frame, pairs = self.frame, self.counted_pairs
        operations, partners = frame.pair_operation[pairs], frame.pair_partner[pairs]
        return _decisions("brings", (frame.operation_codes[operations], frame.partner_codes[partners]))

    def _divided(self) -> Columns:
        return _decisions("launched", (self.frame.operation_codes[self.divided],))

    def _payments(self, kind: str, payments: Ints) -> Columns:
        frame = self.frame
        upper = frame.to_fund[frame.cell_operation[self.paying_cell[payments]]]
        return Columns(kind, self.payment_names(payments), upper, upper, np.zeros(len(payments), dtype=np.bool_))


def _placed(count: int, chosen: Ints, first: int) -> Ints:
    columns = np.full(count, MISSING, dtype=np.int64)
    columns[chosen] = first + np.arange(len(chosen))
    return columns


def _decisions(kind: str, names: tuple[Names, ...]) -> Columns:
    one = np.ones(len(names[0]), dtype=np.int64)
    return Columns(kind, names, one, one, np.ones(len(one), dtype=np.bool_))
