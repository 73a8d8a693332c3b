"""The published tie-break: among plans equal for every goal, one and the same everywhere.

Maximise ``sum_c weight_c * commit_c / (cost_o - receipts_o)``, where the weight of a cell is an integer in
[2^24, 2^25) drawn from SHA-256 of ``version|operation|partner|start year``: every weight is positive, so that
of two plans equal for the committee's goals the one that funds more is preferred, and the weights are unrelated
to each other, so that ties vanish. ``level`` draws other weights when one draw does not settle the plan.

Payments that are free weigh less than the commitments they pay, so that nothing goes unfunded to keep to a profile.
Per cent over the same amount to fund: ``+ weight / 32`` for a payment, and ``- weight / 4`` for what is paid beyond
the profile of the operation (in a year without a share, the whole payment): a partner leaves the profile only where
something asks it to, and then in one way. Weights are drawn from the same text with the year of payment at its end,
and for the latter with the word ``beyond`` after the version.
"""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256

import numpy as np

from allocator.engines.engine import Floats
from allocator.program.frame import Frame, Ints
from allocator.program.layout import Layout

VERSION = "1"
_BITS = 24

UNIT = 32
"""Gains are whole numbers of this part of a weight."""

_BEYOND = 8
"""What leaving the profile weighs, in that unit."""


@lru_cache(maxsize=1 << 17)
def weight(operation: str, partner: str, start: int, level: int) -> int:
    """Return the weight of one cell, an integer in [2^24, 2^25)."""
    return _drawn(f"{VERSION}.{level}|{operation}|{partner}|{start}")


def cell_weights(frame: Frame, level: int = 0) -> Ints:
    """Return the weight of every cell."""
    operations = frame.operation_codes[frame.cell_operation].tolist()
    partners = frame.partner_codes[frame.cell_partner].tolist()
    cells = zip(operations, partners, frame.cell_year.tolist(), strict=True)
    return np.array([weight(*cell, level) for cell in cells], dtype=np.int64)


def gains(layout: Layout, level: int) -> Ints:
    """Return, by column of the layout, what one cent gains, in parts of ``UNIT``, over the amount to fund."""
    gained = np.zeros(layout.width, dtype=np.int64)
    gained[layout.commit(np.arange(layout.cells))] = UNIT * cell_weights(layout.frame, level)
    every = np.arange(len(layout.paying_cell))
    names = ["|".join(map(str, codes)) for codes in zip(*layout.payment_names(every), strict=True)]
    beyond = _BEYOND * np.array([_drawn(f"{VERSION}.{level}|beyond|{name}") for name in names], dtype=np.int64)
    paid = np.array([_drawn(f"{VERSION}.{level}|{name}") for name in names], dtype=np.int64)
    gained[layout.pay(every)] = np.where(layout.due[:, 0] > 0, paid, paid - beyond)
    gained[layout.beyond()] = -beyond[layout.profiled]
    return gained


def column_weights(ids: Sequence[str]) -> Ints:
    """Return the weights of columns that are not commitments, drawn from their names."""
    return np.array([_drawn(f"{VERSION}|{name}") for name in ids], dtype=np.int64)


def _drawn(text: str) -> int:
    return (1 << _BITS) + int.from_bytes(sha256(text.encode()).digest()[:3], "big")


def scaled(weights: Ints) -> Floats:
    """Return the weights as exact floating-point numbers in [1, 2), for columns measured by operation."""
    return weights / float(1 << _BITS)
