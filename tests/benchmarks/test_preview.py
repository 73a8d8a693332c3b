"""The bench of previews measures both sides of its ratio and asks the decisive run."""

import pytest

from benchmarks import preview


def test_a_small_committee_is_measured(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(preview, "EVERY", 60)
    edits = preview.measure(20)
    assert len(edits) == 2
    assert all(edit.bare > 0 and edit.previewed > 0 and edit.confirmation is not None for edit in edits)
    preview.main(["--sizes", "12"])
    assert "12" in capsys.readouterr().out


def test_one_budget_alone_is_raised() -> None:
    scenario = preview.committee(5, 4, 3)
    edited = preview.raised(scenario, 1)
    assert [a == b for a, b in zip(scenario.budgets, edited.budgets, strict=True)].count(False) == 1
