"""The bench of proofs measures real proofs."""

from benchmarks.proofs import measure, table


def test_a_small_committee_is_proven_and_verified() -> None:
    measured = measure(8, lambda _: None)
    assert [gap for _, gap in measured.gaps] == [0, 0, 0]
    assert measured.unique
    assert measured.verify > 0
    assert table((8,), (measured,)).row_count == 3 + 3 + 1
