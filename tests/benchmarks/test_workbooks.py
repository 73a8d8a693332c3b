"""The bench of workbooks writes a real agreement, and the same cells again."""

from benchmarks.workbooks import measure, table


def test_a_small_agreement_is_written_twice() -> None:
    announced: list[str] = []
    measured = measure(30, announced.append)
    assert measured.cells > 5_000
    assert 0 < measured.bare.seconds < measured.ours.seconds
    assert measured.ours.megabytes > 20
    assert len(announced) == 2
    assert table((30,), (measured,)).row_count == 6
