"""Rows that forbid a partner to commit to some launches."""

import numpy as np

from allocator.program.frame import Frame
from allocator.program.layout import Layout
from allocator.rules.forbidden import forbidden
from tests.allocator.rules.tiny import operation, scenario


def test_one_row_per_cell_that_allows_nothing() -> None:
    frame = Frame(scenario(operations=(operation(latest_start=2027),)))
    rows = forbidden(frame, Layout(frame), "famille", "R", np.array([1, 3]))
    assert [list(names) for names in rows.names] == [["R", "R"], ["OP", "OP"], ["REG", "REG"], [2026, 2027]]
    assert (rows.row.tolist(), rows.coefficient.tolist(), rows.limit.tolist()) == ([0, 1], [1, 1], [0, 0])
    assert rows.column.tolist() == [3, 5]
