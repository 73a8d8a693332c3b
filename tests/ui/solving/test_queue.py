"""Calculations in processes: fair, cancelled, lost and replaced, and the plan that this process would find."""

import operator
import os
import threading
import time
from collections.abc import Iterator

import pytest

from allocator.explanation.why import Why
from allocator.solve.allocate import allocate
from allocator.solve.preview import confirm
from scenarios import library
from scenarios.document import Scenario
from scenarios.formats import read
from scenarios.language import speaking
from ui.solving.limits import Limits, limits
from ui.solving.messages import Kind
from ui.solving.queue import Queue
from ui.solving.tasks import Ask, Call, Decide
from ui.solving.ticket import State, Ticket

LONG = 60.0
WIDE = Limits(seconds=600, waiting=20)


@pytest.fixture
def alone() -> Iterator[Queue]:
    queue = Queue(1, WIDE)
    yield queue
    queue.close()


@pytest.fixture
def pair() -> Iterator[Queue]:
    queue = Queue(2, WIDE)
    yield queue
    queue.close()


def tutorial() -> Scenario:
    return read(library.find("tutoriel"))


def raised(scenario: Scenario) -> Scenario:
    """Return the scenario with its first commitment budget raised by 1 000 euros."""
    first = next(place for place, line in enumerate(scenario.budgets) if line.commitment is not None)
    budgets = list(scenario.budgets)
    budgets[first] = budgets[first].model_copy(update={"commitment": (budgets[first].commitment or 0) + 100_000})
    return scenario.model_copy(update={"budgets": tuple(budgets)})


def occupied(queue: Queue, owner: str = "first") -> Ticket[object]:
    """Start a calculation that runs until it is cancelled."""
    ticket = queue.submit(owner, Call(time.sleep, (600,)))
    begun = time.monotonic()
    while ticket.state is State.WAITING and time.monotonic() - begun < LONG:
        time.sleep(0.01)
    assert ticket.state is State.RUNNING
    return ticket


def test_the_plan_is_the_one_this_process_finds(alone: Queue) -> None:
    ticket = alone.submit("member", Decide("d", tutorial()))
    assert ticket.wait(LONG)
    assert ticket.state is State.DONE
    assert ticket.result == allocate(tutorial())
    assert ticket.position == 0


def test_after_an_edit_a_preview_comes_before_the_decisive_plan(alone: Queue) -> None:
    first = alone.submit("member", Decide("d", tutorial()))
    assert first.wait(LONG)
    assert first.preview is None
    time.sleep(2)  # the worker prepares previews while nothing is asked
    second = alone.submit("member", Decide("d", raised(tutorial())))
    assert second.wait(LONG)
    assert second.preview is not None
    assert confirm(second.preview, second.result).same
    assert second.result == allocate(raised(tutorial()))


def test_owners_are_served_in_turn(alone: Queue) -> None:
    blocked = occupied(alone)
    greedy = [alone.submit("greedy", Call(operator.add, (rank, 0))) for rank in range(3)]
    modest = alone.submit("modest", Call(operator.add, (10, 0)))
    assert [ticket.position for ticket in (*greedy, modest)] == [1, 3, 4, 2]
    blocked.cancel()
    assert all(ticket.wait(LONG) for ticket in (*greedy, modest))
    assert [ticket.result for ticket in (*greedy, modest)] == [0, 1, 2, 10]


def test_who_has_just_been_served_comes_last(alone: Queue) -> None:
    blocked = occupied(alone, owner="greedy")
    greedy, modest = (alone.submit(owner, Call(os.getpid)) for owner in ("greedy", "modest"))
    blocked.cancel()
    again = occupied(alone, owner="third")
    assert greedy.over
    assert modest.over
    again.cancel()


def test_one_calculation_does_not_keep_another_owner_waiting(pair: Queue) -> None:
    blocked = occupied(pair)
    other = pair.submit("other", Call(operator.add, (1, 2)))
    assert other.wait(LONG)
    assert other.result == 3
    assert blocked.state is State.RUNNING
    blocked.cancel()


def test_cancel_kills_the_calculation_and_another_process_serves(alone: Queue) -> None:
    pid = alone.submit("member", Call(os.getpid))
    assert pid.wait(LONG)
    blocked = occupied(alone)
    blocked.cancel()
    assert blocked.state is State.CANCELLED
    assert blocked.words == "Calcul arrêté à votre demande."
    with pytest.raises(ValueError, match="cancelled"):
        blocked.result  # noqa: B018 - reading it is what is tested
    after = alone.submit("member", Call(os.getpid))
    assert after.wait(LONG)
    assert after.result != pid.result


def test_a_calculation_that_waits_is_withdrawn(alone: Queue) -> None:
    blocked = occupied(alone)
    waiting = alone.submit("member", Call(os.getpid))
    assert waiting.words == "En attente : rang 1 dans la file"
    waiting.cancel()
    assert waiting.state is State.CANCELLED
    assert waiting.position == 0
    blocked.cancel()


def test_a_process_lost_fails_the_calculation_with_a_sentence_and_is_replaced(alone: Queue) -> None:
    ticket = alone.submit("member", Call(os._exit, (9,)))
    assert ticket.wait(LONG)
    assert ticket.failure is not None
    assert ticket.failure.kind is Kind.BROKEN
    assert ticket.words.startswith("Le calcul a été interrompu avant la fin")
    after = alone.submit("member", Call(operator.add, (1, 1)))
    assert after.wait(LONG)
    assert after.result == 2


def test_a_process_lost_between_two_calculations_is_replaced_unseen(alone: Queue) -> None:
    pid = alone.submit("member", Call(os.getpid))
    assert pid.wait(LONG)
    os.kill(pid.result, 9)
    time.sleep(0.2)
    after = alone.submit("member", Call(operator.add, (1, 1)))
    assert after.wait(LONG)
    assert after.state is State.DONE


def test_no_plan_is_an_answer_in_the_language_of_who_asked(alone: Queue) -> None:
    operations = tuple(line.model_copy(update={"mandatory": True}) for line in tutorial().operations)
    impossible = tutorial().model_copy(update={"operations": operations})
    french = alone.submit("member", Decide("d", impossible))
    with speaking("en"):
        english = alone.submit("member", Decide("d", impossible))
    assert french.wait(LONG)
    assert english.wait(LONG)
    assert french.failure is not None
    assert french.failure.kind is Kind.NO_PLAN
    assert french.failure.sentence.startswith("Les opérations obligatoires ne peuvent pas être toutes financées")
    assert english.failure is not None
    assert "mandatory" in english.failure.sentence.lower()


def test_an_error_of_the_program_does_not_end_the_worker(alone: Queue) -> None:
    broken = alone.submit("member", Call(operator.truediv, (1, 0)))
    assert broken.wait(LONG)
    assert broken.failure is not None
    assert broken.failure.kind is Kind.BROKEN
    assert "(ZeroDivisionError)" in broken.failure.sentence
    after = alone.submit("member", Call(os.getpid))
    assert after.wait(LONG)
    assert after.state is State.DONE


def test_what_cannot_be_copied_is_a_failure_not_a_silence(alone: Queue) -> None:
    ticket = alone.submit("member", Call(threading.Lock))
    assert ticket.wait(LONG)
    assert ticket.state is State.FAILED


def test_the_same_plan_asked_by_several_is_made_once(alone: Queue) -> None:
    blocked = occupied(alone)
    one, two = (alone.submit(owner, Decide("d", tutorial())) for owner in ("one", "two"))
    assert one.job is two.job
    one.cancel()
    blocked.cancel()
    assert two.wait(LONG)
    assert one.state is State.CANCELLED
    assert two.state is State.DONE


def test_a_question_is_answered_from_the_plan(alone: Queue) -> None:
    why = alone.submit("member", Ask("d", tutorial(), Why))
    assert why.wait(LONG)
    assert why.result.decision.allocation == allocate(tutorial())


def pid_of(queue: Queue, dossier: str) -> int:
    ticket = queue.submit("member", Call(os.getpid, (), dossier))
    assert ticket.wait(LONG)
    return ticket.result


def test_a_dossier_goes_back_to_the_worker_that_holds_its_plan_when_it_is_free(pair: Queue) -> None:
    holders = {dossier: pid_of(pair, dossier) for dossier in "abcdefgh"}
    assert holders == {dossier: pid_of(pair, dossier) for dossier in "abcdefgh"}
    holder = pid_of(pair, "a")
    blocked = pair.submit("other", Call(time.sleep, (600,), "a"))
    taken_over = pid_of(pair, "a")
    assert taken_over != holder
    blocked.cancel()
    assert {pid_of(pair, "a") for _rank in range(5)} == {taken_over}


def test_what_was_left_to_a_worker_that_starts_something_else_does_not_wait_for_it(pair: Queue) -> None:
    """Both asked before any worker looks: the free one left the second to the holder, and was not told it is busy."""
    for dossier in "abcd":
        holder = pid_of(pair, dossier)
        with pair._changed:
            busy = pair.submit("other", Call(time.sleep, (1,), dossier))
            after = pair.submit("member", Call(os.getpid, (), dossier))
        assert after.wait(LONG)
        assert busy.wait(LONG)
        assert after.result != holder


def test_what_engines_print_does_not_enter_the_messages(alone: Queue) -> None:
    ticket = alone.submit("member", Call(print, ("a line on standard output",)))
    assert ticket.wait(LONG)
    assert ticket.state is State.DONE


def test_closing_cancels_what_runs_and_what_waits() -> None:
    queue = Queue(1, WIDE)
    running, waiting = occupied(queue), queue.submit("member", Call(os.getpid))
    queue.close()
    assert running.state is State.CANCELLED
    assert waiting.state is State.CANCELLED


def test_a_calculation_longer_than_allowed_is_stopped_with_a_sentence_and_another_process_serves(alone: Queue) -> None:
    before = alone.submit("member", Call(os.getpid))
    assert before.wait(LONG)
    alone.limits = Limits(seconds=2, waiting=20)
    with speaking("en"):
        long = alone.submit("member", Call(time.sleep, (600,)))
    assert long.wait(LONG)
    alone.limits = WIDE
    assert (long.state, long.failure and long.failure.kind) == (State.FAILED, Kind.LIMIT)
    assert long.words.startswith("The calculation was stopped: it took longer than this server allows (2 seconds).")
    after = alone.submit("member", Call(os.getpid))
    assert after.wait(LONG)
    assert after.result != before.result


def test_a_calculation_that_ends_in_time_is_not_stopped_afterwards(alone: Queue) -> None:
    assert alone.submit("member", Call(os.getpid)).wait(LONG)
    alone.limits = Limits(seconds=2, waiting=20)
    first = alone.submit("member", Call(os.getpid))
    assert first.wait(LONG)
    alone.limits = WIDE
    second = alone.submit("member", Call(time.sleep, (3,)))
    third = alone.submit("member", Call(os.getpid))
    assert third.wait(LONG)
    assert second.state is State.DONE
    assert third.result == first.result


def test_one_owner_has_only_so_many_calculations_waiting(alone: Queue) -> None:
    alone.limits = Limits(seconds=600, waiting=2)
    blocked = occupied(alone)
    kept = [alone.submit("greedy", Call(operator.add, (rank, 0))) for rank in range(2)]
    refused = alone.submit("greedy", Call(os.getpid))
    assert [ticket.state for ticket in kept] == [State.WAITING, State.WAITING]
    assert refused.failure is not None
    assert refused.failure.kind is Kind.LIMIT
    assert refused.words.startswith("Le calcul n'a pas été pris : 2 des vôtres attendent déjà")
    other = alone.submit("modest", Call(operator.add, (10, 0)))
    kept[0].cancel()
    again = alone.submit("greedy", Call(operator.add, (7, 0)))
    blocked.cancel()
    assert all(ticket.wait(LONG) for ticket in (kept[1], other, again))
    assert [ticket.result for ticket in (kept[1], other, again)] == [1, 10, 7]


def test_who_may_not_ask_more_leaves_the_same_calculation_of_another_alone(alone: Queue) -> None:
    alone.limits = Limits(seconds=600, waiting=1)
    blocked = occupied(alone)
    other = alone.submit("other", Decide("d", tutorial()))
    mine = alone.submit("greedy", Call(os.getpid))
    refused = alone.submit("greedy", Decide("d", tutorial()))
    assert [other.state, mine.state, refused.state] == [State.WAITING, State.WAITING, State.FAILED]
    twice = alone.submit("other", Decide("d", tutorial()))
    assert twice.job is other.job, "what waits already does not count twice"
    blocked.cancel()
    assert other.wait(LONG)
    assert other.state is State.DONE


def test_the_limits_are_those_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOCATOR_LONGEST_CALCULATION_SECONDS", "60")
    monkeypatch.setenv("ALLOCATOR_MOST_WAITING_CALCULATIONS", "3")
    assert limits() == Limits(60, 3)
    monkeypatch.delenv("ALLOCATOR_LONGEST_CALCULATION_SECONDS")
    monkeypatch.delenv("ALLOCATOR_MOST_WAITING_CALCULATIONS")
    assert limits() == Limits(1800, 20)
