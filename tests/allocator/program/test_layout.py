"""Where the shares, commitments and presences stand among the columns."""

import numpy as np

from allocator.program.frame import MISSING, Frame
from allocator.program.layout import Layout
from tests.allocator.rules.tiny import columns, eligibility, operation, rule, scenario

DOCUMENT = scenario(
    goals=(),
    operations=(operation("A", latest_start=2027, divisible=True), operation("B", receipts=200)),
    eligibilities=(eligibility("REG", "A", presence="optional"), eligibility("REG", "B")),
    rules=(rule("rate_floor", partner="REG", rate="1/3", base="cost"),),
)


def test_columns_in_order() -> None:
    assert columns(DOCUMENT) == [
        "share|A|2026 <= 1",
        "share|A|2027 <= 1",
        "share|B|2026 <= 1 whole",
        "commit|A|COM|2026 <= 1200",
        "commit|A|REG|2026 <= 1200",
        "commit|A|COM|2027 <= 1200",
        "commit|A|REG|2027 <= 1200",
        "commit|B|COM|2026 <= 1000",
        "commit|B|REG|2026 <= 1000",
        "present|A|REG|2026 <= 1 whole",
        "present|A|REG|2027 <= 1 whole",
    ]


def test_positions() -> None:
    layout = Layout(Frame(DOCUMENT))
    assert (layout.launches, layout.cells, layout.width) == (3, 6, 11)
    assert layout.share(np.array([0, 2])).tolist() == [0, 2]
    assert layout.commit(np.array([0, 5])).tolist() == [3, 8]
    assert layout.present.tolist() == [MISSING, 9, MISSING, 10, MISSING, MISSING]


def test_columns_are_measured_as_parts_of_the_operation() -> None:
    groups = Layout(Frame(DOCUMENT)).columns()
    assert [group.kind for group in groups] == ["share", "commit", "present", "brings", "launched", "pay", "beyond"]
    assert [group.scale.tolist() for group in groups] == [
        [1, 1, 1],
        [1200, 1200, 1200, 1200, 1000, 1000],
        [1, 1],
        [],
        [],
        [],
        [],
    ]
    assert all((group.scale == group.upper).all() for group in groups)
