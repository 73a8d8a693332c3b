"""Several people at once: nothing lost, nothing overwritten, whatever the threads and the programs."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from textwrap import dedent
from threading import Barrier

import pytest

from scenarios.changes import CellChanged
from scenarios.store import ConflictError, Store, Version, open_store
from tests.scenarios.store.dossier import COMPLETE, NAME, cell, created, provenances

THREADS, COMMITS = 8, 25


def checked(store: Store, count: int) -> tuple[Version, ...]:
    """Return the history, after checking that its versions follow one another and that nothing is torn."""
    history = store.history(NAME)
    assert [version.number for version in history] == list(range(1, count + 1))
    assert [version.parent for version in history] == [None, *(version.id for version in history[:-1])]
    assert store.verify_log() == ()
    return history


@pytest.mark.parametrize(("second", "merged"), [(cell(1, "Chloé"), True), (cell(0, "Chloé"), False)])
def test_two_sessions_commit_on_the_same_version_at_once(url: str, second: CellChanged, merged: bool) -> None:
    with open_store(url) as one, open_store(url) as other:
        first = created(one)
        together = Barrier(2)

        def commit(store: Store, author: str, change: CellChanged) -> Version | ConflictError:
            together.wait()
            try:
                return store.commit(NAME, first.id, [change], author, "Vote")
            except ConflictError as error:
                return error

        with ThreadPoolExecutor(2) as pool:
            ours = pool.submit(commit, one, "Bruno", cell(0, "Bruno"))
            theirs = pool.submit(commit, other, "Chloé", second)
        ended = [ours.result(), theirs.result()]
        written = [version for version in ended if isinstance(version, Version)]
        assert {version.id for version in written} == {version.id for version in checked(one, 1 + len(written))[1:]}
        if merged:
            assert sorted(version.merged for version in written) == [False, True]
            assert provenances(other, other.head(NAME))[:2] == ["Bruno", "Chloé"]
        else:
            (conflict,) = [error for error in ended if isinstance(error, ConflictError)]
            assert conflict.head == written[0]
            assert {conflict.conflicts[0].ours, conflict.conflicts[0].theirs} == {"Bruno", "Chloé"}


def test_commits_on_cells_of_one_s_own_are_all_kept(store: Store) -> None:
    """Every thread starts each time from the last version it wrote itself: nearly all of its commits are merged."""
    first = created(store)

    def work(rank: int) -> list[Version]:
        done, before, start = [], COMPLETE.budgets[rank].provenance or None, first
        for turn in range(COMMITS):
            change = CellChanged("budgets", cell(rank, "").key, "provenance", before, f"{rank}-{turn}")
            start = store.commit(NAME, start.id, [change], f"Fil {rank}", f"Tour {turn}")
            assert start.changes == (change,)
            done.append(start)
            before = change.after
        return done

    with ThreadPoolExecutor(THREADS) as pool:
        done = [future.result() for future in [pool.submit(work, rank) for rank in range(THREADS)]]
    history = checked(store, 1 + THREADS * COMMITS)
    assert provenances(store, history[-1])[:THREADS] == [f"{rank}-{COMMITS - 1}" for rank in range(THREADS)]
    for rank, versions in enumerate(done):
        assert [version for version in history if version.author == f"Fil {rank}"] == versions


def test_commits_on_one_cell_are_each_seen_by_the_next(store: Store) -> None:
    """Every thread adds its letter to the same text: a commit that would overwrite another would lose one."""
    start = created(store)
    turns, letters = 8, "abcd"

    def add(letter: str) -> int:
        head, refused, left = start, 0, turns
        while left:
            before = provenances(store, head)[0]
            try:
                head = store.commit(NAME, head.id, [cell(0, before + letter, before=before)], "Fil", "Une lettre")
                left -= 1
            except ConflictError as error:
                head, refused = error.head, refused + 1
        return refused

    with ThreadPoolExecutor(len(letters)) as pool:
        refused = sum(pool.map(add, letters))
    history = checked(store, 1 + len(letters) * turns)
    added = provenances(store, history[-1])[0].removeprefix(provenances(store, start)[0])
    assert sorted(added) == sorted(letters * turns)
    assert refused > 0, "the threads met"


def test_programs_do_not_lose_each_other_s_commits(url: str) -> None:
    with open_store(url) as store:
        first = created(store)
        program = f"""
            import sys
            from scenarios.store import open_store
            from tests.scenarios.store.dossier import NAME, cell
            rank, before = int(sys.argv[1]), None
            with open_store({url!r}) as store:
                start = {first.id!r}
                for turn in range(10):
                    start = store.commit(NAME, start, [cell(rank, str(turn), before=before)], "Programme", "x").id
                    before = str(turn)
        """
        running = [subprocess.Popen([sys.executable, "-c", dedent(program), str(rank)]) for rank in (2, 3)]
        assert [process.wait(timeout=300) for process in running] == [0, 0]
        assert provenances(store, checked(store, 21)[-1])[2:4] == ["9", "9"]


def test_steps_staged_by_two_windows_of_one_user_are_both_kept(store: Store) -> None:
    created(store)

    def stage(rank: int) -> None:
        store.stage(NAME, "Anne", [cell(rank, "a")])

    with ThreadPoolExecutor(4) as pool:
        for future in [pool.submit(stage, rank) for rank in range(8)]:
            future.result()
    assert sorted(store.draft(NAME, "Anne").changes, key=str) == sorted((cell(rank, "a") for rank in range(8)), key=str)
