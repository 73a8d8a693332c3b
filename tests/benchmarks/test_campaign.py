"""The campaign: what is drawn covers every family, and what disagrees, fails or is refused is named by its seed."""

from collections import Counter
from pathlib import Path

import pytest

from allocator.engines.engine import EngineError
from benchmarks import campaign
from benchmarks.families import FAMILIES, families
from scenarios.checks import findings
from scenarios.document import GoalKind, Scenario
from tests.allocator.campaign_draw import drawn


def test_a_range_is_done_once_and_its_figures_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["--seeds", "0", "3", "--log", str(tmp_path)]
    campaign.main(command)
    first = (tmp_path / "campaign.jsonl").read_text(encoding="utf-8")
    campaign.main(command)
    assert (tmp_path / "campaign.jsonl").read_text(encoding="utf-8") == first
    (done,) = campaign.logged(tmp_path / "campaign.jsonl")
    assert (done.first, done.last, done.draws, done.plans + done.impossible) == (0, 3, 3, 3)
    assert "tirages" in capsys.readouterr().out


def test_disagreements_failures_and_refusals_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def outcome(scenario: Scenario, engine: str) -> campaign.Outcome:
        seed = int(scenario.code.removeprefix("M"))
        if seed == 3 and engine == "ortools":
            raise EngineError("trouble")
        if seed == 4:
            raise AssertionError("refused")
        if seed == 0:
            return campaign.Outcome((engine == "pulp",), has_plan=True)
        return campaign.Outcome(("same",), (engine == "highs",), has_plan=True) if seed == 1 else campaign.Outcome(())

    monkeypatch.setattr(campaign, "outcome", outcome)
    done = campaign.run(0, 5)
    assert (done.disagreements, done.flags) == ([0], [1])
    assert done.failures == [(3, "ortools", "trouble")]
    assert [(seed, engine) for seed, engine, _text in done.broken] == [(4, engine) for engine in campaign.ENGINES]
    assert (done.plans, done.impossible) == (2, 3)


def test_draws_are_valid_and_meet_every_family_and_goal() -> None:
    met: Counter[str] = Counter()
    linear = 0
    for seed in range(300):
        scenario = drawn(seed)
        assert findings(scenario) == []
        met.update(families(scenario))
        met.update(str(goal.kind.value) for goal in scenario.goals)
        linear += all(line.divisible for line in scenario.operations)
    assert {name for name in (*FAMILIES, *map(str, GoalKind)) if met[name] < 5} == set()
    assert linear >= 60
