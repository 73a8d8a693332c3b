"""The bench of explanations runs on a small committee: what it prints must not rot."""

import pytest

from benchmarks import explanations


def test_the_bench_says_each_time_and_the_ratio(capsys: pytest.CaptureFixture[str]) -> None:
    explanations.main(["--operations", "30", "--draws", "4"])
    printed = capsys.readouterr().out
    assert "Pourquoi ce montant, une opération" in printed
    assert "Ce qu'il faudrait pour une opération" in printed
    assert "Rapport par tirage" in printed
