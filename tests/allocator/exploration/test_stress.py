"""A whole stress test of the tutorial: frequencies, critical partners, sample, resumption, workers."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import count
from pathlib import Path

import pytest
from distributed import LocalCluster

from allocator.allocation import Allocation
from allocator.exploration import stress as module
from allocator.exploration.draws import draw
from allocator.exploration.results_file import ResultsFile, ResultsUnusable
from allocator.exploration.sample import sample, verify_sample
from allocator.exploration.spec import ILLUSTRATIVE, StressSpec, Withdrawal
from allocator.exploration.stress import Stressed
from allocator.exploration.trial import Outcome
from allocator.exploration.workers import ClusterError, Workers, job, workers
from allocator.solve.allocate import allocate
from scenarios.document import Scenario

HERE = Workers(None, 1)
SPEC = ILLUSTRATIVE.model_copy(update={"draws": 40})
STATE = StressSpec(
    title="L'État", draws=100, seed=4,
    withdrawals=(Withdrawal(partner="ETAT", probability=Fraction(3, 10), cut=Fraction(1, 2)),),
)  # fmt: skip

Run = Callable[..., Stressed]


@pytest.fixture(scope="module")
def plan(tutorial: Scenario) -> Allocation:
    return allocate(tutorial)


@pytest.fixture
def run(tutorial: Scenario, plan: Allocation) -> Run:
    def stressed(spec: StressSpec, *, results: ResultsFile | None = None, verified: int = 0) -> Stressed:
        return module.stress(
            tutorial, plan, spec, HERE, results=results, verified=verified, progress=lambda _done, _total: None
        )

    return stressed


def test_frequencies_are_those_of_what_was_drawn(tutorial: Scenario, run: Run) -> None:
    """ECOLE stays funded exactly when the State does not halve its budgets; nothing else depends on it."""
    found = run(STATE, verified=2)
    cuts = sum(bool(draw(STATE, tutorial, rank).cuts) for rank in range(STATE.draws))
    odds = {one.operation: (one.whole, one.part) for one in found.odds}
    assert odds == {
        "COPRO": (100, 0), "ECOLE": (100 - cuts, 0), "ETUDE": (100, 0), "GYMNASE": (0, 0), "PLACE": (0, 100),
    }  # fmt: skip
    low, high = next(one for one in found.odds if one.operation == "ECOLE").interval()
    assert low < 0.7 < high
    kept = 1 - cuts / 100
    assert low < kept < high
    assert high - low == pytest.approx(2 * 1.96 * (kept * (1 - kept) / 100) ** 0.5, abs=0.02)
    assert found.verified.different == ()
    assert found.verified.ranks == (0, 50)


def test_critical_partners_by_hand(run: Run) -> None:
    """ECOLE needs the State, the region and the city; COPRO can do without Anah."""
    critical = run(SPEC.model_copy(update={"draws": 1})).critical
    assert [(one.partner, one.lost, one.value) for one in critical] == [
        ("VILLE", ("ECOLE", "ETUDE"), 50), ("ETAT", ("ECOLE",), 40), ("REGION", ("ECOLE",), 40),
        ("COPRO", ("COPRO",), 25), ("ANAH", (), 0),
    ]  # fmt: skip
    assert not any(one.no_plan for one in critical)


def test_intervals_at_both_ends(run: Run) -> None:
    """No success in n draws: the upper end is 1 - 0.025^(1/n), the rule of Clopper and Pearson."""
    found = run(STATE)
    odds = {one.operation: one for one in found.odds}
    gymnasium, copro = odds["GYMNASE"], odds["COPRO"]
    assert gymnasium.interval() == pytest.approx((0, 1 - 0.025 ** (1 / 100)))
    assert copro.interval() == pytest.approx((0.025 ** (1 / 100), 1))
    assert copro.interval(in_part=True) == copro.interval()


def test_an_interrupted_run_goes_on(
    tutorial: Scenario, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, wanted = tmp_path / "tirages.jsonl", job(tutorial, SPEC)
    whole = run(SPEC)

    class Interrupted(Workers):
        def outcomes(self, wanted: object, ranks: Iterator[int]) -> Iterator[Outcome]:
            for done, outcome in enumerate(super().outcomes(wanted, ranks)):
                if done == 15:
                    raise KeyboardInterrupt
                yield outcome

    monkeypatch.setattr(f"{__name__}.HERE", Interrupted(None, 1))
    with pytest.raises(KeyboardInterrupt):
        run(SPEC, results=ResultsFile(path, wanted))
    assert len(path.read_text(encoding="utf-8").splitlines()) == 16
    with path.open("ab") as target:
        target.write(b'{"draw": 39, "sta')  # a kill in the middle of a line
    monkeypatch.undo()
    computed = []
    monkeypatch.setattr(module, "_saved", lambda group, _results: computed.extend(group) or group)
    assert run(SPEC, results=ResultsFile(path, wanted)) == whole
    assert len(computed) == 25
    assert path.read_bytes().endswith(b"\n")


def test_more_draws_are_added_to_those_already_made(tutorial: Scenario, run: Run, tmp_path: Path) -> None:
    path, wanted = tmp_path / "tirages.jsonl", job(tutorial, SPEC)
    run(SPEC.model_copy(update={"draws": 20}), results=ResultsFile(path, wanted))
    assert run(SPEC, results=ResultsFile(path, wanted)) == run(SPEC)
    assert len(list(ResultsFile(path, wanted).outcomes())) == 40
    assert run(SPEC.model_copy(update={"draws": 20}), results=ResultsFile(path, wanted)).draws == 20


def test_the_draws_of_something_else_are_refused(tutorial: Scenario, tmp_path: Path) -> None:
    path = tmp_path / "tirages.jsonl"
    list(ResultsFile(path, job(tutorial, SPEC)).outcomes())
    with pytest.raises(ResultsUnusable, match="un autre scénario"):
        list(ResultsFile(path, job(tutorial, SPEC.model_copy(update={"seed": 2}))).outcomes())
    for line in ("{", '{"draw": 1}', '{"draw": 1, "states": "2"}', '{"draw": "1", "states": ""}', "3"):
        damaged = tmp_path / "abîmé.jsonl"
        damaged.write_bytes(path.read_bytes() + line.encode() + b"\n")
        with pytest.raises(ResultsUnusable, match="ligne 2"):
            list(ResultsFile(damaged, job(tutorial, SPEC)).outcomes())


def test_a_sample_that_differs_is_said(tutorial: Scenario) -> None:
    claimed = dict.fromkeys(range(3), "22201")
    different = verify_sample(tutorial, STATE, claimed).different
    assert different == tuple(rank for rank in range(3) if draw(STATE, tutorial, rank).cuts)
    assert sample(10, 3) == (0, 3, 6)
    assert sample(2, 5) == (0, 1)
    assert sample(5, 0) == ()


def test_the_same_outcomes_from_one_process_two_and_a_cluster(tutorial: Scenario) -> None:
    wanted, ranks = job(tutorial, SPEC), range(25)

    def outcomes(**options: object) -> list[Outcome]:
        with workers(**options) as hands:
            return sorted(hands.outcomes(wanted, iter(ranks)), key=lambda one: one.draw)

    alone = outcomes(count=1)
    assert [one.draw for one in alone] == list(ranks)
    assert outcomes(count=2) == alone
    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, processes=True
    ) as cluster:
        assert outcomes(cluster=cluster.scheduler_address) == alone


def test_batches_wait_only_as_they_are_asked_for(tutorial: Scenario) -> None:
    """Draws without end: nothing but the first ones is ever made, whoever stops listening."""
    with workers(2) as hands:
        endless = hands.outcomes(job(tutorial, SPEC), count())
        assert next(endless).draw < 60
        endless.close()


def test_a_cluster_that_does_not_answer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allocator.exploration.workers.ANSWER_WITHIN", "0.5s")
    with pytest.raises(ClusterError, match="ne répond à l'adresse tcp"), workers(cluster="tcp://127.0.0.1:1"):
        pass
