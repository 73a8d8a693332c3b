"""The bench of proofs measures real proofs."""

from benchmarks.proofs import measure, table


def test_a_small_committee_is_proven_and_verified() -> None:
    measured = measure(8, lambda _: None)
    assert [gap for _, gap in measured.gaps] == [0, 0, 0]
    assert measured.unique
    assert measured.verify > 0
    assert table((8,), (measured,)).row_count == 3 + 3 + 1


def test_all_or_nothing_operations_show_their_trees() -> None:
    measured = measure(12, lambda _: None, 1.0)
    assert any(gap > 0 for _, gap in measured.gaps)
    assert measured.cases[-1] is not None
    shown = table((12,), (measured,))
    assert shown.row_count == 3 + 3 + 1 + sum(cases is not None for cases in measured.cases)
