"""What lenders lend to each operation: the loans some rules count beside grants."""

from collections.abc import Callable

import numpy as np

from allocator.program.frame import Frame, Ints
from scenarios.document import Loan


def lent(frame: Frame, amount: Callable[[Loan], int]) -> Ints:
    """Return, for each operation, the sum of ``amount`` over its loans, in cents for the whole operation."""
    sums = np.zeros(len(frame.operations), dtype=np.int64)
    for loan in frame.scenario.loans:
        sums[frame.operation_index[loan.operation]] += amount(loan)
    return sums
