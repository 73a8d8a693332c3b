"""The benches run on the smallest committees: what they print must not rot."""

from dataclasses import replace
from multiprocessing import active_children
from time import perf_counter

import pytest

from benchmarks import engines, stages
from benchmarks.stopwatch import Stopwatch, TimedEngine
from scenarios.language import _

SMALL = 30
"""Operations of the smallest committee in which every nature is met, as its rules require."""


@pytest.fixture
def announced() -> list[str]:
    return []


@pytest.fixture
def runs(announced: list[str], monkeypatch: pytest.MonkeyPatch) -> list[stages.Seconds]:
    monkeypatch.setattr(stages, "RUNS", 2)
    return stages.measure(SMALL, announced.append)


def test_every_stage_of_every_pass_is_timed(runs: list[stages.Seconds]) -> None:
    assert len(runs) == 2
    for seconds in runs:
        assert seconds.keys() == stages.LABELS.keys() | {goal.value for goal in stages.GOALS}
        assert all(seconds[stage] > 0 for stage in seconds.keys() - {stages.RESOLVE})
        assert seconds[stages.TOTAL] == pytest.approx(sum(seconds[stage] for stage in stages.STAGES))
        assert seconds[stages.READ] > seconds[stages.CHECK]


def test_progress_tells_the_size_the_pass_and_the_stage(runs: list[stages.Seconds], announced: list[str]) -> None:
    assert announced[0] == "30 opérations, passage 1 sur 2 : lire le dossier, contrôles compris"
    assert announced[-1] == "30 opérations, passage 2 sur 2 : vérification exacte de toutes les règles"
    assert len(announced) % len(runs) == 0


def test_a_large_committee_is_measured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, "ONE_RUN_FROM", SMALL)
    assert len(stages.measure(SMALL, lambda _text: None)) == 1


def test_the_command_prints_one_column_per_size(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stages, "RUNS", 1)
    stages.main(["--sizes", str(SMALL), "36"])
    printed = capsys.readouterr().out
    lines = {line.split("│")[1].strip(): line.split("│")[2:-1] for line in printed.splitlines() if "│" in line}
    for label in [*stages.LABELS.values()]:
        assert len(lines[_(label).strip()]) == 2
    ratios = [line for label, line in lines.items() if label.startswith("Rapport")]
    assert len(ratios) == 3
    assert all(float(cell.strip().replace(",", ".")) > 0 for line in ratios for cell in line)


def test_a_ratio_is_the_median_of_the_ratios_of_each_pass() -> None:
    passes = [{"a": 6.0, "b": 1.0}, {"a": 30.0, "b": 10.0}, {"a": 8.0, "b": 2.0}]
    assert stages.ratio(passes, "a", "b") == 4.0


def test_an_engine_is_timed_within_the_stage_that_calls_it() -> None:
    class Answering:
        def record(self) -> str:
            return "record"

        def solve(self, model: object) -> object:
            return model

    watch = Stopwatch(lambda _stage: None)
    engine = TimedEngine(Answering(), watch)
    with pytest.raises(ValueError, match="outside any stage"):
        engine.solve("model")
    watch.start("first")
    watch.start("second")
    assert engine.solve("model") == "model"
    watch.stop()
    assert engine.record() == "record"
    assert watch.spent.keys() == {"first", "second"}
    assert watch.solving.keys() == {"second"}
    assert watch.solving["second"] <= watch.spent["second"]


def test_engines_are_compared_to_the_cent() -> None:
    case = engines.Case(SMALL, 0.0)
    highs, ortools = (engines.run(case, name, 120.0) for name in ("highs", "ortools"))
    assert highs is not None
    assert ortools is not None
    assert engines.same_cents(highs, ortools)
    assert ortools.engine.startswith("ortools ")
    (first, *others) = ortools.allocation.commitments
    moved = replace(ortools.allocation, commitments=(replace(first, amount=first.amount + 1), *others))
    assert not engines.same_cents(highs, replace(ortools, allocation=moved))


def test_an_engine_that_takes_too_long_is_stopped() -> None:
    begun = perf_counter()
    assert engines.run(engines.Case(5_000, 0.0), "pulp", 0.5) is None
    assert active_children() == []
    assert perf_counter() - begun < 10


def test_the_table_of_engines_says_what_was_stopped_and_what_differs() -> None:
    case = engines.Case(SMALL, 0.0)
    done = engines.run(case, "highs", 120.0)
    assert done is not None
    other = replace(done, engine="other", allocation=replace(done.allocation, payments=()))
    table = engines.table([(case, [done, other, None])])
    verdicts = [str(cell) for cell in table.columns[-1].cells]
    assert verdicts == [_("référence"), _("NON"), _("non comparé")]
    assert list(table.columns[1].cells) == [done.engine, "other", "pulp"]
